// From an answer to the reply that a verb can work with; everything else is an error.
import { RepositoryError } from '@bamboo-ecs/repository';
import type { Answer, Call, Judge } from './client.ts';
import { shownUrl } from './client.ts';
import { makeError } from './context.ts';
import type { Context } from './context.ts';
import type { Reply } from './exchange.ts';
import { explainFailure } from './explain/failure.ts';
import { explainStatus } from './explain/status.ts';
import { headerOf } from './follow.ts';

export interface Settled {
  readonly reply: Reply;
  readonly answer: Answer;
}

/** Sends the call. Every status comes back, also 404; what is no whole, honest answer is thrown. */
export async function ask(context: Context, call: Call, judge?: Judge): Promise<Settled> {
  const answer = await context.client.send(call, judge);
  const { outcome } = answer;
  if (outcome.kind === 'failure') throw explainFailure(context, call, outcome, answer);
  if (outcome.kind === 'too-large') {
    const size = outcome.bytes === null ? 'more' : `${outcome.bytes} bytes`;
    throw makeError(
      context,
      {
        kind: 'foreign',
        lead: `The file is too large to be one of ours: ${size}, at most ${outcome.maxBytes} are read.`,
        hint: 'Look what lies at this address; bamboo-ecs has not published it.',
      },
      `${call.method} ${shownUrl(call.url)}`,
    );
  }
  if (answer.corrupt !== null) {
    throw makeError(
      context,
      {
        kind: 'corrupt',
        lead: `The file arrived changed: ${answer.corrupt}.`,
        hint: 'Run this again. If it stays so, look at the proxy in between and at the storage of Artifactory.',
      },
      `${call.method} ${shownUrl(call.url)}`,
      outcome.status,
    );
  }
  return { reply: outcome, answer };
}

/** The error for a status that the verb has no use for. */
export function refused(context: Context, call: Call, { reply, answer }: Settled): RepositoryError {
  return explainStatus(context, call, reply, answer);
}

/** A page instead of a file: a login page, a proxy's notice. `expected` is the path that was asked for. */
export function checkNoPage(context: Context, call: Call, reply: Reply, expected: string): void {
  const type = headerOf(reply, 'content-type') ?? '';
  if (/\.html?$/i.test(expected) || !/^\s*(text\/html|application\/xhtml)/i.test(type)) return;
  throw makeError(
    context,
    {
      kind: 'foreign',
      lead: 'The server answered with a web page instead of the file.',
      hint: 'This is what a login page or a proxy does: look whether the address of the repository is that of Artifactory (…/artifactory/<repo>), and whether HTTPS_PROXY and NO_PROXY are right.',
    },
    `${call.method} ${shownUrl(reply.url)} was answered ${reply.status} with ${type.split(';')[0]?.trim() ?? ''}`,
    reply.status,
  );
}
