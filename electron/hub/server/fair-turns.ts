/**
 * Turns at work that takes long: so many at once, one for each token, and the next token's turn comes before the second of the same. Whoever leaves gives up his turn.
 * So who asks for very much waits for himself, and not the floor.
 */
export type FairTurns = <Result>(token: number | null, leaves: AbortSignal, work: () => Promise<Result>) => Promise<Result>;

type Waiting = { readonly start: () => void; readonly giveUp: () => void };

/** The result rejects with the reason of `leaves` when the asker has left before his turn came. Work that has begun goes to its end, and keeps the turn of its token until then. */
export function makeFairTurns(mostAtOnce: number): FairTurns {
  /** By token, whose turn is next first. */
  const queues = new Map<number | null, Waiting[]>();
  const busy = new Set<number | null>();

  const startNext = (): void => {
    while (busy.size < mostAtOnce) {
      const next = [...queues].find(([token]) => !busy.has(token));
      if (next === undefined) return;
      const [token, queue] = next;
      const first = queue.shift();
      if (queue.length === 0) queues.delete(token);
      if (first === undefined) continue;
      busy.add(token);
      first.start();
    }
  };
  const toTheEnd = (token: number | null): void => {
    const queue = queues.get(token);
    if (queue === undefined) return;
    queues.delete(token);
    queues.set(token, queue);
  };
  const drop = (token: number | null, waiting: Waiting): void => {
    const queue = queues.get(token);
    const at = queue?.indexOf(waiting) ?? -1;
    if (queue === undefined || at < 0) return;
    queue.splice(at, 1);
    if (queue.length === 0) queues.delete(token);
  };
  const turnOf = (token: number | null, leaves: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const waiting: Waiting = {
        start: () => {
          leaves.removeEventListener('abort', waiting.giveUp);
          resolve();
        },
        giveUp: () => {
          drop(token, waiting);
          reject(leaves.reason);
        },
      };
      leaves.addEventListener('abort', waiting.giveUp, { once: true });
      const queue = queues.get(token);
      if (queue === undefined) queues.set(token, [waiting]);
      else queue.push(waiting);
      startNext();
    });

  return async (token, leaves, work) => {
    leaves.throwIfAborted();
    await turnOf(token, leaves);
    try {
      return await work();
    } finally {
      busy.delete(token);
      toTheEnd(token);
      startNext();
    }
  };
}
