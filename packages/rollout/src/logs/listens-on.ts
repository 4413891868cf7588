// What a program says about where it listens.
import type { LogTail } from '../diagnosis.ts';

const pattern =
  /(?:listening|listen|started|running|serving|ready|bound)\b.{0,60}?(?:port(?:\(s\))?[\s:=(]*|(?:\/\/|\s)(\[?[\w.:-]*\]?|\*):|\s:)(\d{2,5})\b/iu;

/** The port of the newest such line, or null. */
export function listensOn(tails: readonly LogTail[]): number | null {
  return place(tails)?.port ?? null;
}

/** Whether that is on localhost only. */
export function listensLocally(tails: readonly LogTail[]): boolean {
  return /^(?:127\.\d+\.\d+\.\d+|localhost|\[?::1\]?)$/iu.test(place(tails)?.host ?? '');
}

function place(tails: readonly LogTail[]): { readonly host: string; readonly port: number } | null {
  for (const { lines } of tails) {
    for (const { text } of lines.toReversed()) {
      const match = pattern.exec(text.slice(0, 1000));
      const port = Number(match?.[2]);
      if (port > 0 && port < 65_536) return { host: match?.[1] ?? '', port };
    }
  }
  return null;
}
