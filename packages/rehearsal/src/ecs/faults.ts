// Faults on demand: what goes wrong between a client and ECS, set by a test or by the control API.

export interface Fault {
  /** Operation, `UpdateService`; `*` for any. */
  readonly operation: string;
  readonly kind:
    | 'deny'
    | 'throttle'
    | 'expired-token'
    /** HTTP 500 with a ServerException. */
    | 'error-500'
    /** HTTP 500 with a page instead of JSON. */
    | 'html-500'
    /** Any error: `code`, `message`, `status`. */
    | 'error'
    /** The connection is closed, the operation is not carried out. */
    | 'drop-before'
    /** The operation is carried out, then the connection is closed: the answer is lost. */
    | 'drop-after'
    /** The answer comes `ms` later. */
    | 'latency';
  /** Only the first n requests of the operation; default: all. */
  readonly times?: number;
  /** Not before n requests of the operation have passed. */
  readonly skip?: number;
  readonly ms?: number;
  readonly code?: string;
  readonly message?: string;
  readonly status?: number;
}

const kinds: readonly string[] = [
  'deny',
  'throttle',
  'expired-token',
  'error-500',
  'html-500',
  'error',
  'drop-before',
  'drop-after',
  'latency',
] satisfies Fault['kind'][];

const known = new Set(['operation', 'kind', 'times', 'skip', 'ms', 'code', 'message', 'status']);

interface Counted {
  readonly fault: Fault;
  seen: number;
}

/** The faults that are set, each with its count of requests. */
export class Faults {
  #faults: Counted[] = [];

  /** Replaces all. Throws a TypeError that names every mistake. */
  set(faults: unknown): void {
    this.#faults = checked(faults).map((fault) => ({ fault, seen: 0 }));
  }

  list(): readonly Fault[] {
    return this.#faults.map(({ fault }) => fault);
  }

  /** The faults that hit this request; each counts it. */
  hit(operation: string): readonly Fault[] {
    return this.#faults.flatMap((counted) => {
      const { fault } = counted;
      if (fault.operation !== '*' && fault.operation !== operation) return [];
      counted.seen += 1;
      const number = counted.seen - (fault.skip ?? 0);
      return number >= 1 && number <= (fault.times ?? Infinity) ? [fault] : [];
    });
  }
}

function checked(value: unknown): readonly Fault[] {
  if (!Array.isArray(value)) throw new TypeError('The faults must be a list.');
  const problems = (value as unknown[]).flatMap((item, index) =>
    problemsOf(item).map((text) => `[${index}]${text}`),
  );
  if (problems.length > 0) throw new TypeError(`These faults cannot be set:\n${problems.join('\n')}`);
  return structuredClone(value) as Fault[];
}

function problemsOf(item: unknown): string[] {
  if (typeof item !== 'object' || item === null) return [': must be an object'];
  const fault = item as Record<string, unknown>;
  const problems: string[] = [];
  if (typeof fault['operation'] !== 'string' || fault['operation'] === '') {
    problems.push('.operation: must be the name of an operation, or *');
  }
  if (!kinds.includes(String(fault['kind']))) problems.push(`.kind: must be one of ${kinds.join(', ')}`);
  for (const member of ['times', 'skip', 'ms', 'status']) {
    const number = fault[member];
    if (number !== undefined && !(Number.isInteger(number) && (number as number) >= 0)) {
      problems.push(`.${member}: must be a whole number, 0 or more`);
    }
  }

  for (const key of Object.keys(fault)) if (!known.has(key)) problems.push(`.${key}: unknown`);
  return problems;
}
