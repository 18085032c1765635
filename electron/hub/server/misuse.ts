/** Wrong tokens, refused rights and foreign requests on their way into the security record: gathered for some seconds, so that whoever tries a thousand times costs a few statements. */
import type { NewSecurity, Store } from '../store/store.ts';

export type Misuse = Pick<NewSecurity, 'actor' | 'address' | 'about'> & {
  readonly kind: 'tokenWrong' | 'tokenEnded' | 'rightRefused' | 'foreignRequest';
};

export type Misuses = {
  note(misuse: Misuse): void;
  /** Writes down what is still gathered. */
  stop(): Promise<void>;
};

const gatherMs = 2000;
/** Kinds of misuse told apart in one gathering. */
const mostGathered = 100;

export function gatherMisuses(store: Pick<Store, 'write'>, now: () => number): Misuses {
  let gathered = new Map<string, { readonly misuse: Misuse; times: number }>();
  let timer: NodeJS.Timeout | null = null;

  const write = async (): Promise<void> => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const taken = [...gathered.values()];
    gathered = new Map();
    if (taken.length === 0) return;
    // What cannot be recorded at present is told elsewhere.
    await store
      .write(async (tx) => {
        for (const { misuse, times } of taken) await tx.countSecurity({ ...misuse, changes: [] }, now(), times);
      })
      .catch(() => undefined);
  };
  return {
    note: (misuse) => {
      const { kind, actor, address, about } = misuse;
      const own = JSON.stringify([kind, actor, address, about]);
      const told = gathered.has(own) || gathered.size < mostGathered ? misuse : { kind, actor: null, address: null, about: '' };
      const key = told === misuse ? own : kind;
      const entry = gathered.get(key) ?? { misuse: told, times: 0 };
      entry.times += 1;
      gathered.set(key, entry);
      timer ??= setTimeout(() => void write(), gatherMs);
    },
    stop: write,
  };
}
