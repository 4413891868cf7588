// S3 writes checksums in base64, the port in hex.

/** Null for what is no SHA-256 of the whole object; that of a multipart upload ends in `-<parts>`. */
export function hexOf(base64: string | undefined): string | null {
  const bytes = Buffer.from(base64 ?? '', 'base64');
  return bytes.length === 32 && !base64?.includes('-') ? bytes.toString('hex') : null;
}
