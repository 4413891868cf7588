// A tar archive (POSIX ustar) of a few files, the same bytes for the same files.

export interface TarEntry {
  /** Relative, without a leading slash; at most 100 bytes. */
  readonly name: string;
  /** Absent: a folder. */
  readonly content?: Buffer | string;
  /** Target of a symbolic link; then there is no content. */
  readonly link?: string;
  readonly mode?: number;
}

const block = 512;

export function tar(entries: readonly TarEntry[]): Buffer {
  const parts = entries.flatMap((entry) => {
    const content = Buffer.from(entry.content ?? '');
    const padding = Buffer.alloc((block - (content.length % block)) % block);
    return [header(entry, content.length), content, padding];
  });
  return Buffer.concat([...parts, Buffer.alloc(2 * block)]);
}

function header({ name, content, link, mode }: TarEntry, size: number): Buffer {
  const bytes = Buffer.alloc(block);
  const text = (value: string, at: number, length: number): void => {
    if (Buffer.byteLength(value) > length)
      throw new Error(`${value} is longer than the ${length} bytes of a tar header`);
    bytes.write(value, at, length, 'utf8');
  };
  const octal = (value: number, at: number, length: number): void =>
    text(`${value.toString(8).padStart(length - 1, '0')}\0`, at, length);
  const folder = content === undefined && link === undefined;
  text(name, 0, 100);
  octal(mode ?? (folder ? 0o755 : 0o644), 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(0, 136, 12);
  text(' '.repeat(8), 148, 8);
  text(link === undefined ? (folder ? '5' : '0') : '2', 156, 1);
  text(link ?? '', 157, 100);
  text('ustar\0', 257, 6);
  text('00', 263, 2);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  text(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 8);
  return bytes;
}
