// The setting `repository`, read.
import type { Problem, Result, Tag } from '@bamboo-ecs/release';
import type { RepositoryAddress } from './address.ts';
import { redactAddress } from '../redact.ts';
import { parseArtifactoryAddress } from './artifactory-address.ts';
import { parseFileAddress } from './file-address.ts';
import { placeholderProblems } from './placeholder.ts';
import { addressProblem } from './problem.ts';
import { parseS3Address } from './s3-address.ts';
import { unknownScheme } from './scheme.ts';

/**
 * Reads `https://host/artifactory/<repo>[/<prefix>]`, `s3://bucket[/prefix]`, `file:/dir`. `{tag}` becomes `release` or
 * `milestone`. Returns every problem that can be told at once; no message repeats credentials that stand in the text.
 */
export function parseRepositoryAddress(text: string, tag: Tag): Result<RepositoryAddress> {
  const trimmed = text.trim();
  if (trimmed === '') {
    return refused([
      addressProblem(
        'repository-missing',
        'No repository is set.',
        'Set it to https://host/artifactory/<repo>[/<prefix>], s3://bucket[/prefix] or file:/dir.',
      ),
    ]);
  }
  // Before anything is echoed: what stands before an `@` may be a password.
  const early = [...credentialProblems(trimmed), ...controlProblems(trimmed)];
  if (early.length > 0) return refused(early);
  const placeholders = placeholderProblems(trimmed);
  if (placeholders.length > 0) return refused(placeholders);
  return parseByScheme(trimmed.replaceAll('{tag}', tag.toLowerCase()));
}

function parseByScheme(address: string): Result<RepositoryAddress> {
  const scheme = /^(https?|s3|file):/i.exec(address)?.[1]?.toLowerCase();
  if (scheme === 'file') return parseFileAddress(address);
  const extras = queryProblems(address);
  const plain = address.replace(/[?#].*$/s, '');
  const parsed =
    scheme === undefined
      ? refused([unknownScheme(plain)])
      : scheme === 's3'
        ? parseS3Address(plain)
        : parseArtifactoryAddress(plain);
  if (extras.length === 0) return parsed;
  return refused(parsed.ok ? extras : [...extras, ...parsed.problems]);
}

function refused(problems: readonly Problem[]): { ok: false; problems: readonly Problem[] } {
  return { ok: false, problems };
}

/** An `@` in the authority, or anywhere after `scheme:` when there is a colon before it: `https:ann:pw@host` counts too. */
function credentialProblems(address: string): readonly Problem[] {
  if (/^file:/i.test(address) && !/^file:\/\/[^/]+@/i.test(address)) return [];
  const authority = /^(?:[a-z][a-z0-9+.-]*:)?[/\\]*([^/\\?#]*)/i.exec(address)?.[1] ?? '';
  const everything = /^[^@]*:[^@]*:[^@]*@/.test(address);
  if (!authority.includes('@') && !everything) return [];
  return [
    addressProblem(
      'repository-credentials',
      `The address of the repository carries credentials: ${redactAddress(address)}`,
      'Take them out of the address (it is printed in logs) and set artifactory-user and artifactory-password.',
    ),
  ];
}

function controlProblems(address: string): readonly Problem[] {
  const bad = /[\p{Cc}\u2028\u2029]/u.test(address);
  if (!bad && address.isWellFormed()) return [];
  return [
    addressProblem(
      'repository-address',
      `The address of the repository contains a line break or another control character: ${redactAddress(address)}`,
      'Write it on one line.',
    ),
  ];
}

function queryProblems(address: string): readonly Problem[] {
  if (!/[?#]/.test(address)) return [];
  return [
    addressProblem(
      'repository-address',
      `The address of the repository has a part after "?" or "#": ${redactAddress(address)}`,
      'Take it off: an address ends with the repository and an optional path prefix.',
    ),
  ];
}
