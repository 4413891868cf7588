// The WWW-Authenticate header: which proof the registry asks for (RFC 9110, 11.6.1; for Bearer the Distribution
// project's "Token Authentication Specification").

export interface Challenge {
  /** Lower case. */
  readonly scheme: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const longestHeader = 8192;
const scheme = /\s*,?\s*([A-Za-z][\w-]*)(?=\s|$|,)\s*/y;
const parameter = /\s*,?\s*([A-Za-z_][\w-]*)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",]+))/y;

/** Several challenges may stand in one header, separated by commas like their parameters. What cannot be read ends the list. */
export function parseChallenges(header: string | undefined): Challenge[] {
  const text = (header ?? '').slice(0, longestHeader);
  const challenges: Challenge[] = [];
  let at = 0;
  for (;;) {
    scheme.lastIndex = at;
    const found = scheme.exec(text);
    if (!found?.[1]) return challenges;
    at = scheme.lastIndex;
    const parameters = new Map<string, string>();
    for (;;) {
      parameter.lastIndex = at;
      const pair = parameter.exec(text);
      if (!pair?.[1]) break;
      at = parameter.lastIndex;
      parameters.set(pair[1].toLowerCase(), pair[2]?.replaceAll(/\\(.)/g, '$1') ?? pair[3] ?? '');
    }
    challenges.push({ scheme: found[1].toLowerCase(), parameters });
  }
}
