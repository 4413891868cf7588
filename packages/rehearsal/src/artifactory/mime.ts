// Content types by extension, those that a publisher of descriptors meets.

const types = new Map([
  ['json', 'application/json'],
  ['xml', 'application/xml'],
  ['pom', 'application/x-maven-pom+xml'],
  ['html', 'text/html'],
  ['txt', 'text/plain'],
  ['properties', 'text/plain'],
  ['yaml', 'application/x-yaml'],
  ['yml', 'application/x-yaml'],
  ['jar', 'application/java-archive'],
  ['zip', 'application/zip'],
  ['gz', 'application/x-gzip'],
  ['tgz', 'application/x-gzip'],
  ['tar', 'application/x-tar'],
]);

export function mimeTypeOf(name: string): string {
  const extension = /\.([^./]+)$/u.exec(name)?.[1]?.toLowerCase() ?? '';
  return types.get(extension) ?? 'application/octet-stream';
}
