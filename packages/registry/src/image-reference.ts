// Image references as Docker and ECS read them: `[host[:port]/]name[:tag][@digest]`.
// Grammar: github.com/distribution/reference, reference.go and regexp.go; Docker Hub's short names: normalize.go there.
import type { Problem, Result } from '@bamboo-ecs/release';

export interface ImageReference {
  /** As it was given. */
  readonly text: string;
  /** As it was written, without tag and digest: `registry.example.com:5000/team/web`, `nginx`. */
  readonly repository: string;
  /** The registry to ask, with its port: `registry.example.com:5000`; `registry-1.docker.io` for Docker Hub. */
  readonly host: string;
  /** The repository's name in the registry: `team/web`, `library/nginx`. */
  readonly name: string;
  /** `latest` when neither tag nor digest is given; null when there is only a digest. */
  readonly tag: string | null;
  /** `sha256:…` */
  readonly digest: string | null;
}

export const dockerHub = 'registry-1.docker.io';

const hostLabel = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const hostPattern = new RegExp(
  String.raw`^(?:${hostLabel}(?:\.${hostLabel})*|\[[0-9A-Fa-f:.]{2,45}\])(?::(\d{1,5}))?$`,
);
const componentPattern = /^[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*$/;
const tagPattern = /^\w[\w.-]{0,127}$/;
const digestPattern = /^sha256:[0-9a-f]{64}$/;
/** Characters of the name, host included (reference.go: NameTotalLengthMax). */
const maxName = 255;
/** Host, name, tag and digest at their longest. */
const maxReference = 512;

export function parseImageReference(text: string): Result<ImageReference> {
  if (text.trim() === '') return refuse(text, 'it is empty');
  if (text.length > maxReference) return refuse(text, `it has more than ${maxReference} characters`);
  if (/\s/.test(text)) return refuse(text, 'there is white space in it');
  if (/^[a-z]+:\/\//i.test(text))
    return refuse(text, 'it begins like a web address', 'Leave out "https://".');

  const [named = '', digest = null, ...rest] = text.split('@');
  if (rest.length > 0) return refuse(text, 'there is more than one "@" in it');
  if (digest !== null && !digestPattern.test(digest)) {
    return refuse(text, 'what follows the "@" is not sha256: and 64 hexadecimal digits in lower case');
  }

  const { repository, tag } = splitTag(named);
  if (tag !== null && !tagPattern.test(tag))
    return refuse(text, `"${shorten(tag)}" cannot be a tag`, tagHint);
  if (repository.length > maxName) return refuse(text, `its name has more than ${maxName} characters`);

  const { host, name } = splitHost(repository);
  const port = hostPattern.exec(host);
  if (!port) return refuse(text, `"${shorten(host)}" cannot be the name of a host`);
  if (port[1] !== undefined && (Number(port[1]) < 1 || Number(port[1]) > 65_535))
    return refuse(text, `there is no port ${port[1]}`);
  const bad = name.split('/').find((component) => !componentPattern.test(component));
  if (bad !== undefined)
    return refuse(
      text,
      bad === '' ? 'a part of its name is empty' : `"${shorten(bad)}" cannot be a part of a name`,
      nameHint,
    );
  return {
    ok: true,
    value: { text, repository, host, name, tag: tag ?? (digest === null ? 'latest' : null), digest },
  };
}

const tagHint = 'Tags have letters, digits, `_`, `.` and `-`, at most 128 of them.';
const nameHint = 'Names of repositories have small letters and digits, with `.`, `_` or `-` between.';

/**
 * `registry.example.com/team/web:1.0.15.RELEASE` → `registry.example.com/team/web@sha256:…`. The tag goes: ECS takes
 * one of them, and the digest is what was tested.
 */
export function withDigest(reference: string, digest: string): string {
  const [named = ''] = reference.split('@');
  return `${splitTag(named).repository}@${digest}`;
}

/** A colon after the last slash begins the tag, one before it a port. */
function splitTag(named: string): { repository: string; tag: string | null } {
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  if (colon === -1) return { repository: named, tag: null };
  return { repository: named.slice(0, colon), tag: named.slice(colon + 1) };
}

/** The first part is a host when it looks like one: a dot, a colon, capitals, or `localhost`; otherwise it is Docker Hub. */
function splitHost(repository: string): { host: string; name: string } {
  const slash = repository.indexOf('/');
  const first = repository.slice(0, Math.max(slash, 0));
  const isHost = /[.:A-Z]/.test(first) || first === 'localhost';
  if (slash !== -1 && isHost && !/^(?:index\.)?docker\.io$/.test(first)) {
    return { host: first, name: repository.slice(slash + 1) };
  }
  const name = isHost ? repository.slice(slash + 1) : repository;
  return { host: dockerHub, name: name.includes('/') ? name : `library/${name}` };
}

function refuse(text: string, why: string, hint = 'Write it as `registry/name:tag`.'): Result<never> {
  const problem: Problem = {
    severity: 'error',
    code: 'image-reference',
    message: `${JSON.stringify(shorten(text))} is not an image reference: ${why}`,
    hint,
  };
  return { ok: false, problems: [problem] };
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
