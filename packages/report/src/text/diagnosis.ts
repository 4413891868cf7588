import type { Diagnosis, Evidence, LogTail } from '@bamboo-ecs/rollout';
import { withoutService } from '../timeline/service-event.ts';
import { clockTime, utc } from './duration.ts';
import { hanging } from './layout.ts';
import { logTailLines } from './log-tails.ts';
import type { Paint } from './paint.ts';
import { plain } from './plain.ts';

/** More evidence than this is for the record: the newest counts for little when the first fifty say the same. */
const mostEvidence = 50;

/** The likely cause, what speaks for it, and what to do. `startedAt` is zero of the times, when it is known. */
export function diagnosisLines(
  service: string,
  diagnosis: Diagnosis,
  startedAt: number | undefined,
  paint: Paint,
): readonly string[] {
  const shown = diagnosis.evidence.slice(0, mostEvidence);
  const more = diagnosis.evidence.length - shown.length;
  return [
    `  ${paint.heading(`Diagnosis of ${plain(service)}`)} (${headingOf(diagnosis)})`,
    ...hanging('    Likely cause: ', diagnosis.sentence),
    ...(shown.length > 0 ? ['    Evidence:'] : []),
    ...shown.flatMap((evidence) => evidenceLines(evidence, service, startedAt)),
    ...(more > 0 ? [`      and ${more} more in the record`] : []),
    ...hanging('    What to do:   ', diagnosis.advice),
    ...logTailLines((diagnosis.logs ?? []).filter(tellsMore(diagnosis)), startedAt, '    '),
  ];
}

/** Where the output is stands in what to do already, where that is all that is known of it. */
function tellsMore({ advice }: Diagnosis): (tail: LogTail) => boolean {
  return ({ lines, note }) => lines.length > 0 || note === undefined || !advice.includes(note);
}

/** `crash-loop, certain` */
function headingOf({ cause, confidence }: Diagnosis): string {
  return [plain(cause), ...(confidence ? [confidence] : [])].join(', ');
}

function evidenceLines(
  { kind, at, text }: Evidence,
  service: string,
  startedAt: number | undefined,
): readonly string[] {
  const time =
    at === undefined ? '' : startedAt === undefined ? `${utc(at)} ` : `${timeLabel(at - startedAt)} `;
  return hanging(
    `      ${time.padStart(startedAt === undefined ? 0 : 7)}${kind.padEnd(10)} `,
    withoutService(text, service),
  );
}

/** Evidence of before the change has a minus. */
function timeLabel(milliseconds: number): string {
  return milliseconds <= -1000 ? `-${clockTime(-milliseconds)}` : `+${clockTime(milliseconds)}`;
}
