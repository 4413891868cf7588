// Addresses: `/<repo>/<path>;matrix=parameters`.
import { Refusal } from './reply.ts';

/** Where an item is: `path` without a slash at either end, empty for the root of the repository. */
export interface RepoPath {
  readonly repo: string;
  readonly path: string;
}

export type Properties = ReadonlyMap<string, readonly string[]>;

export interface Target extends RepoPath {
  /** Matrix parameters: form-decoded, a repeated key has several values. */
  readonly properties: Properties;
  /** A slash at the end: a folder is meant. */
  readonly folder: boolean;
}

/** `raw` is the undecoded part of the address behind `/artifactory/` or behind `/api/storage/`. The path is cut at its first `;`. */
export function parseTarget(raw: string): Target {
  const cut = raw.indexOf(';');
  const pathPart = cut < 0 ? raw : raw.slice(0, cut);
  const segments = pathPart
    .split('/')
    .filter((segment) => segment !== '')
    .map(decodeSegment);
  const [repo = '', ...rest] = segments;
  return {
    repo,
    path: rest.join('/'),
    properties: cut < 0 ? new Map() : parseMatrix(raw.slice(cut + 1)),
    folder: pathPart.endsWith('/'),
  };
}

/** `repo:path`, as Artifactory's messages have it. */
export function show({ repo, path }: RepoPath): string {
  return `${repo}:${path}`;
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Empty for an item right under the root. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Encoded for an address. */
export function encodePath({ repo, path }: RepoPath): string {
  return [repo, ...path.split('/')]
    .filter((segment) => segment !== '')
    .map(encodeURIComponent)
    .join('/');
}

function decodeSegment(segment: string): string {
  const decoded = decode(segment);
  // `.` and `..` never come from an honest client: clients resolve them before they send.
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (decoded === '.' || decoded === '..' || /[/\\\u0000-\u001f\u007f]/u.test(decoded)) {
    throw new Refusal(400, `Invalid path: '${segment}'`);
  }
  return decoded;
}

function parseMatrix(raw: string): Properties {
  const properties = new Map<string, string[]>();
  for (const parameter of raw.split(';')) {
    if (parameter === '') continue;
    const equals = parameter.indexOf('=');
    const key = decodeForm(equals < 0 ? parameter : parameter.slice(0, equals));
    const value = equals < 0 ? '' : decodeForm(parameter.slice(equals + 1));
    const values = properties.get(key) ?? [];
    if (!values.includes(value)) values.push(value);
    properties.set(key, values);
  }
  return properties;
}

/** In parameters, unlike in the path, a `+` is a space. */
export function decodeForm(value: string): string {
  return decode(value.replaceAll('+', ' '));
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw new Refusal(400, `Invalid percent-encoding in '${value}'`);
  }
}
