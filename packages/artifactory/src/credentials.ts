// The three ways to say who we are (docs.jfrog.com, "Authentication" of the REST API).
import type { Auth } from './options.ts';

export interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  /** For messages: `user "ann"`, `an access token`, `anonymous`. */
  readonly who: string;
  /** What must never be printed, in every form in which it is sent. */
  readonly secrets: readonly string[];
}

export interface Who {
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly auth?: Auth | undefined;
}

/** The headers, or what is wrong with the settings. */
export function makeCredentials({
  user,
  password,
  auth = 'auto',
}: Who): Credentials | { readonly fault: string } {
  const secret = password ?? '';
  const name = user ?? '';
  if (secret === '') {
    if (name !== '') return { fault: `There is a user (${JSON.stringify(name)}) without a password.` };
    if (auth !== 'auto') return { fault: `The authentication "${auth}" needs a password.` };
    return { headers: {}, who: 'anonymous', secrets: [] };
  }
  const chosen = auth === 'auto' ? choose(name, secret) : auth;
  if (chosen === 'basic') return basic(name, secret);
  const kind = chosen === 'bearer' ? 'access token' : 'API key';
  // Node refuses such a header with a message that shows it.
  if (!/^[\x21-\x7e]+$/.test(secret)) {
    return {
      fault: `The password, sent as an ${kind}, contains white space, a line break or a letter outside ASCII.`,
    };
  }
  return {
    headers: chosen === 'bearer' ? { authorization: `Bearer ${secret}` } : { 'x-jfrog-art-api': secret },
    who: `an ${kind}`,
    secrets: formsOf(secret),
  };
}

function choose(user: string, secret: string): Exclude<Auth, 'auto'> {
  if (user !== '') return 'basic';
  return secret.startsWith('AKCp') ? 'api-key' : 'bearer';
}

function basic(user: string, secret: string): Credentials | { readonly fault: string } {
  if (user === '') return { fault: 'The authentication "basic" needs a user.' };
  if (user.includes(':'))
    return { fault: 'A user with a colon in its name cannot be sent as Basic authentication.' };
  if (/[\r\n]/.test(secret)) return { fault: 'The password contains a line break.' };
  const pair = Buffer.from(`${user}:${secret}`, 'utf8').toString('base64');
  return {
    headers: { authorization: `Basic ${pair}` },
    who: `user ${JSON.stringify(user)}`,
    secrets: [...formsOf(secret), pair],
  };
}

/** The secret itself, as it stands in an address, in JSON, in base64. */
export function formsOf(secret: string): readonly string[] {
  const base64 = Buffer.from(secret, 'utf8').toString('base64');
  const forms = [
    secret,
    encodeURIComponent(secret.toWellFormed()),
    JSON.stringify(secret).slice(1, -1),
    base64,
  ];
  return [...new Set([...forms, base64.replace(/=+$/, '')])];
}
