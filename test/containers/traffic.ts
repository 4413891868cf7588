// Clients that ask through a load balancer at a fixed rate, however slowly it answers, and keep count of every request.
import http from 'node:http';
import type { LoadBalancer } from './load-balancer.ts';

export interface Failure {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly text: string;
}

export interface Counted {
  readonly answers: number;
  readonly failures: readonly Failure[];
  /** Answers by what they say: the version of the image. */
  readonly versions: Readonly<Record<string, number>>;
  /** Asked: answers may come in bursts on a machine that is busy. */
  readonly perSecond: number;
  /** Milliseconds, of the slowest answer. */
  readonly slowest: number;
}

export interface Traffic extends AsyncDisposable {
  /** What was asked since the last time; waits for the answers that are still to come. */
  readonly take: () => Promise<Counted>;
}

/** Milliseconds. A machine that is busy answers late: that is slow, not lost. */
const longestWait = 120_000;

/** Half of the requests by connections that stay open, half each by one of its own. */
export function startTraffic(balancer: LoadBalancer, perSecond: number): Traffic {
  const { hostname, port } = new URL(balancer.url);
  const kept = new http.Agent({ keepAlive: true, maxSockets: 32 });
  const tally = new Tally();
  let pending: Promise<void>[] = [];
  let sent = 0;
  const ask = (agent: http.Agent | false): Promise<void> =>
    new Promise((resolve) => {
      const at = Date.now();
      const failed = (text: string): void => {
        tally.failed(at, text);
        resolve();
      };
      const headers = { host: balancer.host, ...(agent === false && { connection: 'close' }) };
      const request = http.get({ hostname, port, agent, headers, timeout: longestWait }, (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (body += chunk));
        response.on('error', (error) => failed(`broken off: ${error.message}`));
        response.on('end', () => {
          if (response.statusCode !== 200) return failed(`${response.statusCode} ${body.slice(0, 200)}`);
          tally.answered(at, body);
          resolve();
        });
      });
      request.on('timeout', () => request.destroy(new Error('no answer within 2 min')));
      request.on('error', (error) => failed(error.message));
    });
  const startedAt = performance.now();
  let takenAt = startedAt;
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - startedAt) / 1000) * perSecond);
    for (; sent < due; sent += 1) pending.push(ask(sent % 2 === 0 ? kept : false));
  }, 5);
  return {
    async take() {
      const waited = pending;
      pending = [];
      const seconds = (performance.now() - takenAt) / 1000;
      takenAt = performance.now();
      await Promise.all(waited);
      return { ...tally.take(), perSecond: Math.round(waited.length / seconds) };
    },
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await Promise.all(pending);
      kept.destroy();
    },
  };
}

class Tally {
  #answers = 0;
  #slowest = 0;
  #failures: Failure[] = [];
  #versions: Record<string, number> = {};

  answered(at: number, version: string): void {
    this.#answers += 1;
    this.#slowest = Math.max(this.#slowest, Date.now() - at);
    this.#versions[version] = (this.#versions[version] ?? 0) + 1;
  }

  failed(at: number, text: string): void {
    this.#failures.push({ at, text });
  }

  take(): Omit<Counted, 'perSecond'> {
    const counted = {
      answers: this.#answers,
      failures: this.#failures,
      versions: this.#versions,
      slowest: this.#slowest,
    };
    this.#answers = 0;
    this.#slowest = 0;
    this.#failures = [];
    this.#versions = {};
    return counted;
  }
}
