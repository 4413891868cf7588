// From paths of the port to addresses of Artifactory's REST API.
import type { ArtifactoryAddress } from '@bamboo-ecs/repository';
import { fileSegments, pathSegments, RepositoryError } from '@bamboo-ecs/repository';

export interface Locator {
  /** The file, with matrix properties when it is deployed. */
  file(path: string, properties?: Readonly<Record<string, string>>): string;
  /** Storage info: free in every edition, unlike `?list`. */
  storage(path: string): string;
  /** Storage info of the repository itself, without the prefix. */
  root(): string;
}

/** Artifactory keeps at most 2,400 characters of a property's value, and a server's line at most about 8,000. */
const longestValue = 500;

export function makeLocator(address: ArtifactoryAddress): Locator {
  const prefix = address.prefix === '' ? [] : address.prefix.split('/');
  const join = (base: string, segments: readonly string[]) =>
    [base, address.repository, ...prefix, ...segments]
      .map((part, index) => (index === 0 ? part : encode(part)))
      .join('/');
  return {
    file: (path, properties = {}) => join(address.base, fileSegments(path)) + matrix(properties),
    storage: (path) => join(`${address.base}/api/storage`, pathSegments(path)),
    root: () => `${address.base}/api/storage/${encode(address.repository)}`,
  };
}

/**
 * `;build.name=HID-GEN;vcs.branch=feature%2Fx`. Values are form-decoded by the server: `+` must be `%2B`. An empty value
 * would be refused ("Properties value cannot be empty"), so it is left out; a long one is cut,
 * and control characters become spaces.
 */
function matrix(properties: Readonly<Record<string, string>>): string {
  return Object.entries(properties)
    .filter(([, value]) => value !== '')
    .map(([key, value]) => `;${encode(checkKey(key))}=${encode(cut(value))}`)
    .join('');
}

function checkKey(key: string): string {
  if (/^[A-Za-z][\w.-]{0,99}$/.test(key)) return key;
  throw new RepositoryError(
    'misconfigured',
    `${JSON.stringify(key)} cannot be the name of a property in Artifactory.`,
    'Use letters, digits, ".", "_" and "-", a letter first.',
  );
}

function cut(value: string): string {
  const line = value.toWellFormed().replace(/\p{Cc}+/gu, ' ');
  return line.slice(0, longestValue).toWellFormed();
}

/** encodeURIComponent leaves `!'()*` alone; in a path that is as good. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
