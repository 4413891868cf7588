// Which variables stay out of templates: a descriptor is stored and shown in many places, a secret must not be in it.
import { environmentSpelling } from './template-name.ts';

/** The words by which Bamboo knows a secret (password, passphrase, secret, sshkey), and token. */
const secretWords = /password|passphrase|secret|sshkey|token/i;

/** Settings of the programs themselves, credentials among them, and the agent's capabilities (its paths and programs). */
const reservedPrefix = /^(?:ecs|capability)_/i;

export function looksSecret(name: string): boolean {
  return name !== 'clientToken' && secretWords.test(name);
}

export function isReserved(name: string): boolean {
  return reservedPrefix.test(environmentSpelling(name));
}
