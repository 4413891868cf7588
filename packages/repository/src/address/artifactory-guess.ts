// Addresses that people copy out of a browser, and what they mean by them.

export interface Guess {
  readonly message: string;
  readonly hint: string;
}

/** Null when the segments read `…/artifactory/<repo>[/…]`. */
export function guessArtifactory(origin: string, segments: readonly string[]): Guess | null {
  const bucket = bucketOf(origin, segments);
  if (bucket) return { message: 'The address of the repository is one of Amazon S3', hint: did(bucket) };
  const at = segments.indexOf('artifactory');
  const context = segments.findIndex((segment) => segment.toLowerCase() === 'artifactory');
  const base = [origin, ...segments.slice(0, Math.max(context, 0)), 'artifactory'].join('/');
  const after = segments.slice(context + 1);
  const inPage = repositoryInPage(after);
  if (inPage) {
    return {
      message: "The address of the repository is a page of Artifactory's user interface or API",
      hint: did(`${base}/${inPage.join('/')}`),
    };
  }
  if (at < 0) {
    const rest = after.length > 0 ? after.join('/') : '<repo>';
    return {
      message: 'The address of the repository lacks the context /artifactory/',
      hint: did(`${base}/${rest}`),
    };
  }
  const [repository] = after;
  if (repository === undefined) {
    return {
      message: 'The address of the repository names a server and no repository',
      hint: `Add the repository's key: ${base}/<repo>.`,
    };
  }
  if (repository.toLowerCase() === 'artifactory') {
    return {
      message: 'The address of the repository has /artifactory/ twice',
      hint: did([base, ...after.slice(1)].join('/') + (after.length === 1 ? '/<repo>' : '')),
    };
  }
  if (repository.length > 64 || /\s/.test(repository)) {
    return {
      message: `"${repository}" cannot be the key of a repository`,
      hint: 'A key has at most 64 characters and no white space.',
    };
  }
  return null;
}

function did(address: string): string {
  return `Did you mean ${address}?`;
}

/** `ui/repos/tree/General/<repo>/…`, `ui/native/<repo>/…`, `webapp/…`, `api/storage/<repo>/…`: the part from the repository on. */
function repositoryInPage(after: readonly string[]): readonly string[] | null {
  const [first, second, third] = after;
  const named = (rest: readonly string[]) => (rest.length > 0 ? rest : ['<repo>']);
  if (first === 'ui' && second === 'repos' && third === 'tree') return named(after.slice(4));
  if (first === 'ui' && second === 'native') return named(after.slice(2));
  if (first === 'ui' || first === 'webapp' || first === 'router') return ['<repo>'];
  if (first === 'api') return second === 'storage' ? named(after.slice(2)) : ['<repo>'];
  return null;
}

function bucketOf(origin: string, segments: readonly string[]): string | null {
  const host = new URL(origin).hostname;
  const virtual = /^(.+)\.s3[.-](?:[a-z0-9-]+\.)?amazonaws\.com(?:\.cn)?$/.exec(host)?.[1];
  if (virtual) return ['s3:/', virtual, ...segments].join('/');
  if (/^s3[.-](?:[a-z0-9-]+\.)?amazonaws\.com(?:\.cn)?$/.test(host)) return ['s3:/', ...segments].join('/');
  return null;
}
