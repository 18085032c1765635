/** A bell: rung when something changed, heard by one who waits. A ring while nobody listens is kept, many rings count as one. */

export type Bell = {
  ring(): void;
  /** Resolves at the next ring (at once if one was kept), after `ms`, or when `signal` aborts. Never rejects. True when it rang. */
  heard(signal: AbortSignal, ms?: number): Promise<boolean>;
};

export function makeBell(): Bell {
  let rung = false;
  let wake: (() => void) | null = null;
  const take = (): boolean => {
    const was = rung;
    rung = false;
    return was;
  };
  return {
    ring() {
      rung = true;
      wake?.();
    },
    heard(signal, ms) {
      if (rung || signal.aborted) return Promise.resolve(take());
      return new Promise((resolve) => {
        const timer = ms === undefined ? undefined : setTimeout(() => wake?.(), ms);
        wake = () => {
          wake = null;
          clearTimeout(timer);
          signal.removeEventListener('abort', onAbort);
          resolve(take());
        };
        const onAbort = (): void => wake?.();
        signal.addEventListener('abort', onAbort, { once: true });
      });
    },
  };
}
