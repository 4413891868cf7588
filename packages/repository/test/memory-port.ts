// A repository in memory whose every step can be watched, delayed by another's deed, or broken.
import { sha256Hex } from '@bamboo-ecs/release';
import { RepositoryError } from '../src/index.ts';
import type { RepositoryPort, WriteOptions } from '../src/index.ts';

export interface Step {
  readonly kind: 'read' | 'stat' | 'write' | 'list';
  readonly path: string;
}

export class MemoryPort implements RepositoryPort {
  readonly address = 'memory:';
  readonly files = new Map<string, { bytes: Buffer; options: WriteOptions }>();
  readonly steps: Step[] = [];
  /** Called before each step; may throw, or change `files` as another publisher would. */
  before: (step: Step, count: number) => void = () => undefined;
  /** As a server that does not tell checksums. */
  tellsChecksums = true;
  /** As a place that cannot write conditionally. */
  knowsExclusive = true;

  async read(path: string, maxBytes: number): Promise<Uint8Array | null> {
    this.#step('read', path);
    const bytes = this.files.get(path)?.bytes;
    if (bytes && bytes.length > maxBytes) throw new RepositoryError('foreign', 'too large', 'look');
    return bytes ?? null;
  }

  async stat(path: string) {
    this.#step('stat', path);
    const bytes = this.files.get(path)?.bytes;
    if (!bytes) return null;
    return this.tellsChecksums
      ? { sha256: sha256Hex(bytes), size: bytes.length }
      : { sha256: null, size: null };
  }

  async write(path: string, bytes: Uint8Array, options: WriteOptions): Promise<void> {
    this.#step('write', path);
    const there = this.files.get(path)?.bytes;
    if (this.knowsExclusive && options.exclusive && there && !there.equals(bytes)) {
      throw new RepositoryError('conflict', `${path} is there already`, 'look');
    }
    this.files.set(path, { bytes: Buffer.from(bytes), options });
  }

  async list(folder: string): Promise<readonly string[]> {
    this.#step('list', folder);
    const start = folder === '' ? '' : `${folder}/`;
    const below = Array.from(this.files.keys()).filter((path) => path.startsWith(start));
    return Array.from(new Set(below.map((path) => path.slice(start.length).split('/')[0] ?? ''))).sort();
  }

  put(path: string, content: string): void {
    this.files.set(path, { bytes: Buffer.from(content), options: { properties: {} } });
  }

  text(path: string): string | undefined {
    return this.files.get(path)?.bytes.toString('utf8');
  }

  #step(kind: Step['kind'], path: string): void {
    const step = { kind, path };
    this.steps.push(step);
    this.before(step, this.steps.length);
  }
}
