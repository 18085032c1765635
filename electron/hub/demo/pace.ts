/** How fast the demo lives, and the loop each of its actors runs. */
import type { Log } from '../log.ts';

export type Pace = { readonly speed: number; readonly random: () => number; readonly log: Log };

/** One of `items`; there must be at least one. */
export function pick<Item>(pace: Pick<Pace, 'random'>, items: readonly [Item, ...Item[]]): Item {
  return items[Math.floor(pace.random() * items.length)] ?? items[0];
}

/**
 * Runs `turn` again and again with a pause of `everyMs` (of shop time) and up to half as much again between the turns. A turn that fails is said and the next one
 * comes as usual: the hub may be stopping, or the folder be gone. Answers how to stop: the turn in hand is told by its signal, and waited for.
 */
export function startLoop(what: string, everyMs: number, pace: Pace, turn: (stopping: AbortSignal) => Promise<void>): () => Promise<void> {
  const stopping = new AbortController();
  let running = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const next = () => {
    if (stopping.signal.aborted) return;
    timer = setTimeout(
      () => {
        running = turn(stopping.signal)
          .catch((error: unknown) => {
            if (!stopping.signal.aborted) pace.log`Demo: ${what}: ${error}`;
          })
          .then(next);
      },
      (everyMs * (1 + pace.random() / 2)) / pace.speed,
    );
  };
  next();
  return async () => {
    stopping.abort();
    clearTimeout(timer);
    await running;
  };
}
