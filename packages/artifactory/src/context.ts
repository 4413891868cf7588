// What the errors need to know besides the answer.
import { RepositoryError } from '@bamboo-ecs/repository';
import type { RepositoryErrorKind } from '@bamboo-ecs/repository';
import type { Answer, Call, Client } from './client.ts';
import { shownUrl } from './client.ts';
import type { Reply } from './exchange.ts';
import type { Locator } from './locator.ts';
import type { Pacer, RetryPolicy } from './options.ts';
import { serverWords } from './server-words.ts';

export interface Context {
  readonly client: Client;
  readonly locator: Locator;
  readonly clock: Pacer;
  readonly retry: RetryPolicy;
  /** The key of the repository. */
  readonly repository: string;
  /** `user "ann"`, `an access token`, `anonymous` */
  readonly who: string;
  readonly hide: (text: string) => string;
}

/** What went wrong and what to do, before the address and the server's words are put to it. */
export interface Finding {
  readonly kind: RepositoryErrorKind;
  /** A sentence. */
  readonly lead: string;
  readonly hint: string;
}

/** `<lead> PUT https://host/artifactory/r/x: 403 Forbidden: "…"`, no secret in it. */
export function replyError(context: Context, call: Call, reply: Reply, finding: Finding): RepositoryError {
  const words = serverWords(reply, context.hide);
  const status = [reply.status, reply.statusText].filter(Boolean).join(' ');
  const from = shownUrl(reply.url) === shownUrl(call.url) ? '' : ` (from ${shownUrl(reply.url)})`;
  const who = reply.proxy === undefined ? 'the server' : 'the proxy';
  const said = words === '' ? '' : `, ${who} says: ${words}`;
  return makeError(
    context,
    finding,
    `${call.method} ${shownUrl(call.url)} was answered ${status}${from}${said}`,
    reply.status,
  );
}

export function makeError(
  context: Context,
  finding: Finding,
  where: string,
  status?: number,
): RepositoryError {
  return new RepositoryError(
    finding.kind,
    context.hide(`${finding.lead} ${where}`),
    context.hide(finding.hint),
    status === undefined ? {} : { status },
  );
}

/** `3 attempts` */
export function attemptsOf(answer: Answer): string {
  return answer.attempts === 1 ? 'one attempt' : `${answer.attempts} attempts`;
}
