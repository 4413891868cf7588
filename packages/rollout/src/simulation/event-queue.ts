// What happens next: a heap of times. Entries that are out of date are skipped by whoever takes them.

export interface QueueEntry {
  readonly at: number;
  readonly kind: 'task' | 'service';
  readonly key: string;
}

interface Numbered extends QueueEntry {
  readonly order: number;
}

/** Earliest first; of two at one time, the one that was added first. */
export class EventQueue {
  readonly #heap: Numbered[] = [];
  #order = 0;

  add(entry: QueueEntry): void {
    this.#heap.push({ ...entry, order: this.#order++ });
    this.#up(this.#heap.length - 1);
  }

  first(): QueueEntry | undefined {
    return this.#heap[0];
  }

  take(): QueueEntry | undefined {
    const first = this.#heap[0];
    const last = this.#heap.pop();
    if (first !== undefined && last !== undefined && this.#heap.length > 0) {
      this.#heap[0] = last;
      this.#down();
    }
    return first;
  }

  clear(): void {
    this.#heap.length = 0;
  }

  #before(left: Numbered | undefined, right: Numbered | undefined): boolean {
    if (left === undefined || right === undefined) return left !== undefined;
    return left.at < right.at || (left.at === right.at && left.order < right.order);
  }

  #swap(left: number, right: number): void {
    const [a, b] = [this.#heap[left], this.#heap[right]];
    if (a === undefined || b === undefined) return;
    this.#heap[left] = b;
    this.#heap[right] = a;
  }

  #up(index: number): void {
    let at = index;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#before(this.#heap[at], this.#heap[parent])) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #down(): void {
    let at = 0;
    for (;;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      let least = at;
      if (this.#before(this.#heap[left], this.#heap[least])) least = left;
      if (this.#before(this.#heap[right], this.#heap[least])) least = right;
      if (least === at) return;
      this.#swap(at, least);
      at = least;
    }
  }
}
