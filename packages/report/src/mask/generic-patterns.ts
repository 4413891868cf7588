// Credentials that are known by their shape: masked although nobody declared them as secrets.

interface Pattern {
  readonly find: RegExp;
  /** `$1` is what stays readable. */
  readonly replace: string;
}

export const replacement = '********';

const token = String.raw`[^\s"'\\,;&<>]+`;

/**
 * Each is linear in the length of the text. Names of the headers and query parameters: AWS "Authenticating Requests
 * (AWS Signature Version 4)", JFrog "Artifactory REST API" (X-JFrog-Art-Api).
 */
export const genericPatterns: readonly Pattern[] = [
  // A password in an address: ://user:password@host. The user stays.
  { find: /(:\/\/[^\s/?#"'<>@:]*:)[^\s/?#"'<>]*@/gu, replace: `$1${replacement}@` },
  // Authorization: Basic …, "authorization": "Bearer …"
  {
    find: new RegExp(
      String.raw`\b((?:proxy-)?authorization\b\\?["']?\s*[:=]\s*\\?["']?(?:(?:basic|bearer|digest|negotiate|token)\s+)?)${token}`,
      'giu',
    ),
    replace: `$1${replacement}`,
  },
  // The schemes alone, when what follows has the looks of a credential and not of a word ("Basic authentication").
  {
    find: /\b([Bb]asic|[Bb]earer)(\s+)(?=[A-Za-z0-9._~+/-]*(?:\d|=|[a-z][A-Z]))[A-Za-z0-9._~+/-]{8,}={0,2}/gu,
    replace: `$1$2${replacement}`,
  },
  {
    find: new RegExp(
      String.raw`\b((?:x-amz-security-token|x-amz-signature|x-jfrog-art-api)\\?["']?\s*[:=]\s*\\?["']?)${token}`,
      'giu',
    ),
    replace: `$1${replacement}`,
  },
  { find: /\b(Signature=)[0-9a-f]{16,}/gu, replace: `$1${replacement}` },
  {
    find: new RegExp(
      String.raw`\b((?:aws_?)?(?:secret_?access_?key|session_?token)\\?["']?\s*[:=]\s*\\?["']?)${token}`,
      'giu',
    ),
    replace: `$1${replacement}`,
  },
  // Session tokens of AWS STS begin with an encoded "…aws" or "origin_ec".
  { find: /\b(?:F[wQ]oGZXIvYXdz|IQoJb3JpZ2lu)(?:[A-Za-z0-9+/=_-]|%[0-9A-Fa-f]{2})+/gu, replace: replacement },
  // JSON Web Tokens: header and payload are JSON objects, so both begin with "eyJ".
  { find: /\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{2,}\.[A-Za-z0-9_-]*/gu, replace: replacement },
  {
    find: /(-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----)[^-]*(?:-(?!----)[^-]*)*(-----END [A-Z ]{0,40}PRIVATE KEY-----)/gu,
    replace: `$1${replacement}$2`,
  },
];
