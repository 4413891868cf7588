// What was found before an installation, and how its rollout is foretold.
import type { Finding, Forecast, Plan } from '@bamboo-ecs/rollout';
import { duration } from './duration.ts';
import { hanging } from './layout.ts';
import type { Paint } from './paint.ts';

/** A course of more steps is for the record. */
const mostSteps = 6;

/** A rollout that gets stuck, refused for that: the error that follows says why and what would help. */
export function isRefusedFor(
  forecast: Forecast | null | undefined,
  findings: readonly Finding[] | undefined,
): boolean {
  return (
    forecast?.outcome === 'stuck' &&
    (findings ?? []).some(({ level, message }) => level === 'error' && message.startsWith(forecast.sentence))
  );
}

export function forecastLines(
  { forecast, findings }: Pick<Plan, 'forecast' | 'findings'>,
  paint: Paint,
): readonly string[] {
  if (forecast === undefined) return [];
  if (isRefusedFor(forecast, findings))
    return ['    forecast: it gets stuck, see the error below'].map(paint.careful);
  const { outcome, sentence, steps, lowest, expectedMs, change, otherChanges = [] } = forecast;
  const plus = forecast.expectedPlus === undefined ? '' : `, plus ${forecast.expectedPlus}`;
  const text = outcome === 'stuck' ? `it gets stuck. ${sentence}` : sentence;
  const lines = hanging('    forecast: ', text);
  return [
    ...(outcome === 'stuck' ? lines.map(paint.careful) : lines),
    ...(outcome === 'finishes' && steps.length <= mostSteps ? steps.flatMap(stepLine) : []),
    ...(lowest === undefined || outcome !== 'finishes'
      ? []
      : [`      lowest capacity: ${lowest.running} of ${lowest.desired}${share(lowest)}`]),
    ...(expectedMs === undefined ? [] : [`      expected duration: ${duration(expectedMs)}${plus}`]),
    ...(change === undefined ? [] : hanging('      smallest change that works: ', change)),
    ...otherChanges.flatMap((other) => hanging('      or: ', other)),
  ];
}

function stepLine({ text }: Forecast['steps'][number], index: number): readonly string[] {
  return hanging(`      ${index + 1}. `, text);
}

function share({ running, desired }: { readonly running: number; readonly desired: number }): string {
  return desired > 0 ? ` tasks (${Math.round((running / desired) * 100)} %)` : ' tasks';
}

/**
 * Warnings and notes; errors follow as problems. What a forecast of its own says already is not said twice.
 */
export function findingLines(
  findings: readonly Finding[] | undefined,
  forecast: Forecast | undefined,
  paint: Paint,
): readonly string[] {
  return (findings ?? []).flatMap(({ check, level, message, hint }) => {
    if (level === 'error') return [];
    const said = forecast?.outcome === 'stuck' && message.startsWith(forecast.sentence);
    const text = said ? message.slice(forecast.sentence.length).trim() : message;
    const lines = hanging(`    ${level} (${check}): `, text === '' ? message : text);
    return [
      ...(level === 'warning' ? lines.map(paint.careful) : lines),
      ...(hint === undefined || said ? [] : hanging('      -> ', hint)),
    ];
  });
}
