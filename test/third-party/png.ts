// Just enough of PNG to ask what is on a screenshot (W3C "Portable Network Graphics"): 8 bits, RGB or RGBA, not interlaced.
import { inflateSync } from 'node:zlib';

/** How many pixels have which colour, `#rrggbb`. */
export function coloursOf(png: Buffer): ReadonlyMap<string, number> {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const channels = png.readUInt8(25) === 6 ? 4 : 3;
  const rows = inflateSync(Buffer.concat(dataChunks(png)));
  const stride = width * channels;
  const colours = new Map<number, number>();
  let above = Buffer.alloc(stride);
  for (let y = 0; y < height; y += 1) {
    const at = y * (stride + 1);
    const row = unfilter(rows[at] ?? 0, rows.subarray(at + 1, at + 1 + stride), above, channels);
    for (let x = 0; x < stride; x += channels) {
      const colour = row.readUIntBE(x, 3);
      colours.set(colour, (colours.get(colour) ?? 0) + 1);
    }
    above = row;
  }
  return new Map([...colours].map(([colour, count]) => [`#${colour.toString(16).padStart(6, '0')}`, count]));
}

function dataChunks(png: Buffer): readonly Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') chunks.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return chunks;
}

function unfilter(filter: number, line: Buffer, above: Buffer, channels: number): Buffer<ArrayBuffer> {
  const row = Buffer.alloc(line.length);
  for (let x = 0; x < line.length; x += 1) {
    const left = row[x - channels] ?? 0;
    const up = above[x] ?? 0;
    const corner = x < channels ? 0 : (above[x - channels] ?? 0);
    const guess = predict(filter, left, up, corner);
    row[x] = ((line[x] ?? 0) + guess) & 0xff;
  }
  return row;
}

function predict(filter: number, left: number, up: number, corner: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return up;
  return filter === 3 ? Math.floor((left + up) / 2) : paeth(left, up, corner);
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const a = Math.abs(guess - left);
  const b = Math.abs(guess - up);
  const c = Math.abs(guess - corner);
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}
