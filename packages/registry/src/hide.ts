// Nothing that is printed may contain a credential, whoever wrote it: registries echo what they were sent. Those of the
// Docker configuration are known here only: whoever masks the log never heard of them.
import type { Credentials } from './credentials.ts';

/** What an answer says in words; the rest of it is handed on. */
interface Words {
  readonly kind: string;
  readonly message?: string;
  readonly hint?: string;
}

export type Hide = <Answer extends Words>(answer: Answer) => Answer;

/** Shorter ones would hide half of a sentence. */
const shortest = 4;

/** Of a message; what a registry says may be endless. */
const longest = 500;

/** Replaces each secret in the words of an answer by `***`: as it is, in an address, in JSON, in base64 with its user. Cuts long messages, after that: half a secret would not be found. */
export function hideAll(credentials: readonly Credentials[]): Hide {
  const secrets = [...new Set(credentials.flatMap(formsOf))]
    .filter((form) => form.length >= shortest)
    .toSorted((one, other) => other.length - one.length);
  const hidden = (text: string): string =>
    secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
  return (answer) => ({
    ...answer,
    ...(answer.message === undefined ? {} : { message: shortened(hidden(answer.message)) }),
    ...(answer.hint === undefined ? {} : { hint: hidden(answer.hint) }),
  });
}

function shortened(text: string): string {
  return text.length > longest ? `${text.slice(0, longest).toWellFormed()}…` : text;
}

function formsOf(credentials: Credentials): readonly string[] {
  const secret = credentials.kind === 'basic' ? credentials.password : credentials.token;
  const pair = credentials.kind === 'basic' ? [base64(`${credentials.user}:${secret}`)] : [];
  return [
    secret,
    encodeURIComponent(secret.toWellFormed()),
    JSON.stringify(secret).slice(1, -1),
    base64(secret),
    ...pair,
  ];
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64').replace(/=+$/, '');
}
