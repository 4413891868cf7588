// A client that asks a service through the load balancer, again and again, and keeps count.
export interface Traffic {
  stop(): Promise<TrafficReport>;
}
export interface TrafficReport {
  readonly answers: number;
  readonly failures: readonly string[];
  /** Answers by the version that gave them. */
  readonly versions: Readonly<Record<string, number>>;
}

/** Asks `url` one request after the other, pausing between them, until it is stopped. */
export function startTraffic(url: string, pauseMs = 10): Traffic {
  const stop = new AbortController();
  const versions: Record<string, number> = {};
  const failures: string[] = [];
  let answers = 0;
  const ask = async (): Promise<void> => {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
      const body = await response.text();
      if (!response.ok) {
        failures.push(`${response.status} ${body.slice(0, 100)}`);
        return;
      }
      const { version } = JSON.parse(body) as { version: string };
      answers += 1;
      versions[version] = (versions[version] ?? 0) + 1;
    } catch (error) {
      failures.push(String(error));
    }
  };
  const loop = (async () => {
    while (!stop.signal.aborted) {
      await ask();
      await new Promise((resolve) => {
        setTimeout(resolve, pauseMs);
      });
    }
  })();
  return {
    async stop() {
      stop.abort();
      await loop;
      return { answers, failures, versions };
    },
  };
}
