import type { Clock } from '@bamboo-ecs/rollout';

/** The real time; `sleep` ends early, without an error, when its signal aborts. */
export const systemClock: Clock = {
  now: Date.now,
  async sleep(ms, signal) {
    if (signal?.aborted) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal?.addEventListener('abort', done, { once: true });
    });
  },
};
