// Faults on demand: what goes wrong on the way, or in the server, so that a client can be seen to survive it.
import { wildcard } from './aql/matching.ts';

export type FaultKind =
  /** Wait `ms` before answering; goes together with another fault. */
  | 'latency'
  /** Answer `status` without doing anything: JSON, or a page of a proxy with `page: true`; `retryAfter` in seconds. */
  | 'status'
  /** Break the connection off before anything is done. */
  | 'drop'
  /** Do it, then break the connection off without an answer. */
  | 'lost-response'
  /** Announce the whole length and break off in the middle. */
  | 'truncated'
  /** Answer other bytes of the same length, with the headers of the right ones. */
  | 'wrong-bytes'
  /** Answer right bytes with wrong checksums in the headers. */
  | 'wrong-checksum'
  /** 301 to the same address under https, as a proxy in front does. */
  | 'redirect-https'
  /** 302 to a signed address of another origin, which refuses credentials, as cloud storage does. */
  | 'redirect-storage'
  /** A 404 in place of a 403, as "hide existence of unauthorized resources" makes it. */
  | 'masked-404';

export const faultKinds: readonly FaultKind[] = [
  'latency',
  'status',
  'drop',
  'lost-response',
  'truncated',
  'wrong-bytes',
  'wrong-checksum',
  'redirect-https',
  'redirect-storage',
  'masked-404',
];

export interface Fault {
  readonly kind: FaultKind;
  /** How many requests it spoils; default 1; 0 for all until the faults are cleared. */
  readonly times?: number;
  /** Only this method; default any. */
  readonly method?: string;
  /** Only addresses like this, behind `/artifactory/`, with `*` and `?`; default any. */
  readonly path?: string;
  /** For `latency`. */
  readonly ms?: number;
  /** For `status`; default 500. */
  readonly status?: number;
  readonly retryAfter?: number;
  readonly page?: boolean;
}

/** The faults that are still to happen, in the order in which they were set. */
export class Faults {
  #waiting: { fault: Fault; left: number }[] = [];

  add(faults: readonly Fault[]): void {
    for (const fault of faults) {
      this.#waiting.push({ fault, left: fault.times === 0 ? Infinity : (fault.times ?? 1) });
    }
  }

  clear(): void {
    this.#waiting = [];
  }

  list(): readonly Fault[] {
    return this.#waiting.map(({ fault, left }) => ({ ...fault, times: left === Infinity ? 0 : left }));
  }

  /** Takes what this request meets: every latency that fits, and the first other fault that fits. */
  take(method: string, path: string): { delay: number; fault: Fault | undefined } {
    const fits = this.#waiting.filter(({ fault }) => applies(fault, method, path));
    const latencies = fits.filter(({ fault }) => fault.kind === 'latency');
    const other = fits.find(({ fault }) => fault.kind !== 'latency');
    for (const each of other === undefined ? latencies : [...latencies, other]) each.left--;
    this.#waiting = this.#waiting.filter(({ left }) => left > 0);
    return {
      delay: latencies.reduce((sum, { fault }) => sum + (fault.ms ?? 0), 0),
      fault: other?.fault,
    };
  }
}

function applies(fault: Fault, method: string, path: string): boolean {
  const rightMethod = fault.method === undefined || fault.method.toUpperCase() === method;
  return rightMethod && (fault.path === undefined || wildcard(fault.path, path));
}

/** Checks what came as JSON; the message says what is wrong with it. */
export function parseFaults(body: string): { faults: readonly Fault[] } | { problem: string } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return { problem: 'the body is not JSON' };
  }
  const list: readonly unknown[] = Array.isArray(parsed) ? parsed : [parsed];
  const problem = list.map(problemOf).find((each) => each !== undefined);
  return problem === undefined ? { faults: list as readonly Fault[] } : { problem };
}

const types: ReadonlyMap<string, string> = new Map([
  ['kind', 'string'],
  ['times', 'number'],
  ['method', 'string'],
  ['path', 'string'],
  ['ms', 'number'],
  ['status', 'number'],
  ['retryAfter', 'number'],
  ['page', 'boolean'],
]);

function problemOf(fault: unknown): string | undefined {
  if (typeof fault !== 'object' || fault === null || Array.isArray(fault)) return 'a fault must be an object';
  if (!('kind' in fault) || !faultKinds.includes(fault.kind as FaultKind)) {
    return `"kind" must be one of ${faultKinds.join(', ')}`;
  }
  for (const [name, value] of Object.entries(fault)) {
    const type = types.get(name);
    if (type === undefined) return `unknown member "${name}": known are ${[...types.keys()].join(', ')}`;
    if (typeof value !== type || (typeof value === 'number' && !(value >= 0)))
      return `"${name}" must be a ${type}`;
  }
  return undefined;
}
