// Somebody who asks the service through the load balancer, again and again, and keeps count of the versions that answer.
import { setTimeout as sleep } from 'node:timers/promises';

export interface Visits {
  /** Answers by the version that gave them. */
  readonly versions: Readonly<Record<string, number>>;
  /** What came instead of an answer. */
  readonly lost: readonly string[];
}

export interface Visitor {
  stop(): Promise<Visits>;
}

/** A machine that is busy answers late: that is slow, not lost. */
const longestWaitMs = 30_000;

/** One answer of the service: its version, or what came instead. */
export async function visit(url: string): Promise<{ readonly version: string } | { readonly lost: string }> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(longestWaitMs) });
    const text = (await response.text()).trim();
    const version = /^orders (\S+)$/u.exec(text)?.[1];
    return response.ok && version !== undefined
      ? { version }
      : { lost: `${response.status} ${text.slice(0, 100)}` };
  } catch (error) {
    return { lost: String(error) };
  }
}

export function startVisitor(url: string, pauseMs = 50): Visitor {
  const stopped = new AbortController();
  const versions = new Map<string, number>();
  const lost: string[] = [];
  const loop = (async () => {
    while (!stopped.signal.aborted) {
      const answer = await visit(url);
      if ('lost' in answer) lost.push(answer.lost);
      else versions.set(answer.version, (versions.get(answer.version) ?? 0) + 1);
      await sleep(pauseMs);
    }
  })();
  return {
    async stop() {
      stopped.abort();
      await loop;
      return { versions: Object.fromEntries(versions), lost };
    },
  };
}

/** In one line. */
export function tellVisits({ versions, lost }: Visits): string {
  const answers = Object.entries(versions).map(([version, count]) => `${count} by ${version}`);
  const missing = lost.length === 0 ? 'none lost' : `${lost.length} lost (${lost[0]})`;
  return `the load balancer was asked meanwhile: ${answers.join(', ') || 'no answer'}, ${missing}`;
}
