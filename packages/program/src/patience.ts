// How long the end of a run waits for others, who must not hold it up when it is told to stop.

export interface Patience {
  /** Resolves when it is at its end, with the milliseconds that were granted. */
  readonly over: Promise<number>;
  /** To be called when nothing is waited for any more. */
  readonly end: () => void;
}

/** `usualMs`; from the moment of a signal on, whether it comes before or meanwhile, no more than `hurriedMs`. */
export function patience(signal: AbortSignal, usualMs: number, hurriedMs: number): Patience {
  let timer: NodeJS.Timeout | undefined;
  let hurry = (): void => {};
  const over = new Promise<number>((resolve) => {
    const wait = (ms: number): void => {
      clearTimeout(timer);
      timer = setTimeout(() => resolve(ms), ms);
    };
    hurry = () => wait(hurriedMs);
    if (signal.aborted) hurry();
    else wait(usualMs);
  });
  signal.addEventListener('abort', hurry, { once: true });
  return {
    over,
    end: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', hurry);
    },
  };
}
