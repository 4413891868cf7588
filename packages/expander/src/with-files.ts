// A pure decision that asks for files by name, over files that can only be read asynchronously.
import { whyUnread, type FileRead, type Files } from '@bamboo-ecs/program';
import type { ReadFile } from '@bamboo-ecs/release';

const maxBytes = 1024 * 1024;
/** A project file refers to a handful of others. */
const maxFiles = 50;

export interface Decided<T> {
  readonly value: T;
  /** Files that were asked for and are there but of no use, in the order asked: `is a folder, not a file`. */
  readonly unusable: ReadonlyMap<string, string>;
}

/**
 * Lets `decide` run over what is known of the files; what it asked for in vain is read, and it runs again, until it asks for
 * nothing new. So the decision itself stays pure, and nobody else needs to know which files it may want.
 */
export async function withFiles<T>(files: Files, decide: (read: ReadFile) => T): Promise<Decided<T>> {
  const texts = new Map<string, string | null>();
  const unusable = new Map<string, string>();
  for (;;) {
    const wanted = new Set<string>();
    const value = decide((name) => {
      const text = texts.get(name);
      if (text === undefined) wanted.add(name);
      return text ?? null;
    });
    if (wanted.size === 0 || texts.size >= maxFiles) return { value, unusable };
    for (const name of wanted) {
      const text = textOf(await files.read(name, maxBytes));
      texts.set(name, text.ok ? text.value : null);
      if (!text.ok && text.reason !== null) unusable.set(name, text.reason);
    }
  }
}

/** What is no UTF-8 is decoded with replacements: an author's name in Latin-1 does not hide the version. */
function textOf(read: FileRead): { ok: true; value: string } | { ok: false; reason: string | null } {
  if (read.kind === 'missing') return { ok: false, reason: null };
  if (read.kind !== 'file') return { ok: false, reason: whyUnread(read) };
  const [first, second] = read.bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    return { ok: false, reason: 'is written in UTF-16; save it as UTF-8' };
  return { ok: true, value: new TextDecoder().decode(read.bytes) };
}
