// An image reference as people read it: the name, the tag, the digest, each for itself.

export interface ImageParts {
  /** `registry.example.com/hid-generator` */
  readonly name: string;
  readonly tag: string | null;
  /** `sha256:…` */
  readonly digest: string | null;
}

/** Splits a reference; the text is the user's, so nothing is refused. */
export function imageParts(reference: string): ImageParts {
  const [named, digest = null] = splitOnce(reference, reference.indexOf('@'));
  const colon = named.lastIndexOf(':');
  // A colon before the last slash is that of a port: `localhost:5000/web`.
  const [name, tag = null] = splitOnce(named, colon > named.lastIndexOf('/') ? colon : -1);
  return { name, tag, digest };
}

function splitOnce(text: string, at: number): readonly [string, string?] {
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** Both digests in short, unless that would make them look alike. */
export function shortDigests(
  from: string | null,
  to: string | null,
): readonly [string | null, string | null] {
  const before = from === null ? null : shortDigest(from);
  const after = to === null ? null : shortDigest(to);
  return before === after ? [from, to] : [before, after];
}

/** `sha256:0123456789ab…` */
function shortDigest(digest: string): string {
  const [algorithm, hex = ''] = splitOnce(digest, digest.indexOf(':'));
  return hex.length > 12 ? `${algorithm}:${hex.slice(0, 12)}…` : digest;
}
