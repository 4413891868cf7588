// The requests that were made, for tests and for a person who looks.

export interface LoggedRequest {
  readonly number: number;
  /** Milliseconds since the epoch, by the simulation's clock. */
  readonly at: number;
  /** `DescribeServices` */
  readonly operation: string;
  readonly status: number | null;
  /** AWS's error code, when it was refused. */
  readonly error?: string;
  /** Its first 64 Ki characters. */
  readonly body: string;
}

const kept = 10_000;

export class RequestLog {
  #number = 0;
  readonly #entries: LoggedRequest[] = [];

  next(): number {
    return ++this.#number;
  }

  add(entry: LoggedRequest): void {
    this.#entries.push(entry);
    if (this.#entries.length > kept) this.#entries.shift();
  }

  /** Oldest first, the latest ten thousand. */
  list(): readonly LoggedRequest[] {
    return this.#entries;
  }

  /** Operation → number of requests. */
  counts(): Readonly<Record<string, number>> {
    const counts = new Map<string, number>();
    for (const { operation } of this.#entries) counts.set(operation, (counts.get(operation) ?? 0) + 1);
    return Object.fromEntries(counts);
  }

  clear(): void {
    this.#entries.length = 0;
  }
}
