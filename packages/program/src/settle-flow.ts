// Brings a flow to an ending, whatever happens in it: a refusal, a mistake of ours, a signal.
import { RunContext, stoppedEnding } from './context.ts';
import { FileTrouble } from './file-read.ts';
import type { Program } from './run-program.ts';
import { RunStopped, type Ending } from './stop.ts';

/** How long a flow may go on after a signal: Bamboo kills 5 s later, and the record must be written before (docs BAM-26106). */
const graceMs = 1500;

/** Runs the flow; never throws. */
export async function settleFlow(
  context: RunContext,
  program: Program,
  crashed?: Promise<never>,
): Promise<Ending> {
  try {
    return await Promise.race([program.flow(context), afterGrace(context), ...(crashed ? [crashed] : [])]);
  } catch (error) {
    return endingOf(error, context, program);
  }
}

function afterGrace(context: RunContext): Promise<Ending> {
  return new Promise((resolve) => {
    const onAbort = (): void => {
      const timer = setTimeout(() => resolve(stoppedEnding(context)), graceMs);
      timer.unref();
    };
    if (context.signal.aborted) onAbort();
    else context.signal.addEventListener('abort', onAbort, { once: true });
  });
}

function endingOf(error: unknown, context: RunContext, program: Program): Ending {
  if (error instanceof RunStopped) {
    if (error.problems.length > 0) context.emit({ kind: 'problems', problems: error.problems });
    return error.ending;
  }
  if (context.signal.aborted) return stoppedEnding(context);
  const explained = program.explain(error, context);
  // The summary follows at once and says it.
  if (explained) return explained;
  if (error instanceof FileTrouble)
    return {
      exitCode: 2,
      outcome: 'misconfigured',
      sentence: `outputs: ${error.message}`,
      todo: 'Remove what another user or tool has left there, or set out to another folder.',
    };
  context.say(error instanceof Error ? (error.stack ?? error.message) : String(error), 'error');
  return {
    exitCode: 1,
    outcome: 'bug',
    sentence: `a mistake in ${program.name} itself: ${error instanceof Error ? error.message : String(error)}`,
    todo: `Please report it with the lines above, the command, and the version: ${program.name} ${program.version}.`,
  };
}
