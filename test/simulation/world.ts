/**
 * Time, order and chance of a simulated floor. Nothing here sleeps: when no code can go on, the next due call is made and the clock stands at its time.
 * Promises: the same seed gives the same order of everything, to the last line of the trace.
 */
import { makeRandom, type Random } from '../random.ts';

type Due = { readonly at: number; readonly order: number; readonly call: () => void; off: boolean };

export type World = {
  readonly random: Random;
  /** True with this chance. */
  readonly happens: (chance: number) => boolean;
  /** Ms since the beginning. */
  readonly monotonic: () => number;
  /** Epoch ms as the hub's computer believes it. */
  readonly now: () => number;
  /** Somebody sets the clock of the hub's computer. */
  readonly setClock: (byMs: number) => void;
  /** Calls after `ms`; answers how to call it off. */
  readonly after: (ms: number, call: () => void) => () => void;
  readonly pause: (ms: number) => Promise<void>;
  /** Lives until `untilMs` or until `ended` says so; `ended` is asked after every step. */
  readonly live: (untilMs: number, ended: () => boolean) => Promise<void>;
  readonly say: (who: string, what: string) => void;
  readonly count: (what: string) => void;
  readonly counts: ReadonlyMap<string, number>;
  readonly trace: readonly string[];
};

/** A Tuesday morning. */
const beginning = Date.UTC(2026, 10, 24, 7);

/** All promises that can go on have gone on when this resolves. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** The call that is due first, kept in a heap. */
function makeQueue() {
  const heap: Due[] = [];
  const before = (a: Due | undefined, b: Due | undefined): boolean =>
    a !== undefined && b !== undefined && (a.at < b.at || (a.at === b.at && a.order < b.order));
  const swap = (a: number, b: number): void => {
    const [one, other] = [heap[a], heap[b]];
    if (one === undefined || other === undefined) return;
    heap[a] = other;
    heap[b] = one;
  };
  return {
    first: (): Due | undefined => heap[0],
    add: (due: Due): void => {
      heap.push(due);
      for (let at = heap.length - 1; at > 0; ) {
        const parent = (at - 1) >> 1;
        if (!before(heap[at], heap[parent])) break;
        swap(at, parent);
        at = parent;
      }
    },
    take: (): Due | undefined => {
      const [top] = heap;
      const last = heap.pop();
      if (top === undefined || last === undefined || heap.length === 0) return top;
      heap[0] = last;
      for (let at = 0; ; ) {
        const [left, right] = [2 * at + 1, 2 * at + 2];
        let least = at;
        if (before(heap[left], heap[least])) least = left;
        if (before(heap[right], heap[least])) least = right;
        if (least === at) return top;
        swap(at, least);
        at = least;
      }
    },
  };
}

/** `verbose` keeps the trace; without it a run is much faster. */
export function makeWorld(seed: number, verbose: boolean): World {
  const random = makeRandom(seed);
  const queue = makeQueue();
  const counts = new Map<string, number>();
  const trace: string[] = [];
  let clock = 0;
  let set = 0;
  let order = 0;

  const after: World['after'] = (ms, call) => {
    const due: Due = { at: clock + Math.max(0, ms), order: order++, call, off: false };
    queue.add(due);
    return () => {
      due.off = true;
    };
  };
  return {
    random,
    happens: (chance) => chance > 0 && random.next() < chance,
    monotonic: () => clock,
    now: () => Math.floor(beginning + clock + set),
    setClock: (byMs) => {
      set += byMs;
    },
    after,
    pause: (ms) => new Promise((resolve) => after(ms, resolve)),
    live: async (untilMs, ended) => {
      await settled();
      for (;;) {
        const due = queue.first();
        if (due === undefined || due.at > untilMs) {
          clock = Math.max(clock, untilMs);
          return;
        }
        queue.take();
        if (due.off) continue;
        clock = due.at;
        due.call();
        await settled();
        if (ended()) return;
      }
    },
    say: (who, what) => {
      if (verbose) trace.push(`${(clock / 1000).toFixed(3).padStart(9)}  ${who.padEnd(12)} ${what}`);
    },
    count: (what) => counts.set(what, (counts.get(what) ?? 0) + 1),
    counts,
    trace,
  };
}
