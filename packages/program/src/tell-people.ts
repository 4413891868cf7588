// Tells people how a run ended, within seconds, and never as a reason for anything.
import type { RunRecord } from '@bamboo-ecs/report';
import type { RunContext } from './context.ts';
import { patience } from './patience.ts';

/** What came of it: who was told, and one or two sentences for each who could not be. */
export interface Told {
  readonly told: readonly string[];
  readonly troubles: readonly string[];
}

/** Tells whoever the settings name. `recordAddress`: where the record was published, if it was. */
export type Notifier = (
  context: RunContext,
  record: RunRecord,
  recordAddress: string | null,
) => Promise<Told>;

/** How long people may hold up the end of a run; less when it was told to stop: Bamboo kills seconds later. */
const tellMs = 8000;
const tellAfterSignalMs = 600;

/** Whatever happens here is a warning in the log. */
export async function tellPeople(
  context: RunContext,
  notify: Notifier | undefined,
  record: RunRecord,
  recordAddress: string | null,
): Promise<void> {
  if (notify === undefined) return;
  const { over, end } = patience(context.signal, tellMs, tellAfterSignalMs);
  const limit = over.then((ms): Told => ({
    told: [],
    troubles: [`Nobody could be told of this run within ${ms / 1000} s.`],
  }));
  try {
    const { told, troubles } = await Promise.race([notify(context, record, recordAddress), limit]);
    if (told.length > 0) context.row('Told', told.join(', '));
    for (const trouble of troubles) context.say(trouble, 'warning');
  } catch (error) {
    context.say(
      `Nobody was told of this run: ${error instanceof Error ? error.message : String(error)}`,
      'warning',
    );
  } finally {
    end();
  }
}
