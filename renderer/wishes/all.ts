/**
 * All wishes of this browser as this window knows them: what is kept, and what could not be. Whatever one window changes the others hear. Promises that `kept`
 * is only said of what is on the disk, and that nothing is forgotten before it has come to its end.
 */
import { floor } from '../floor/floor.ts';
import { forget, keep } from '../kept.ts';
import { inOrder } from './next.ts';
import { readKeptWish } from './read-kept.ts';
import { change, put, readAll } from './store.ts';
import type { Done, KeptWish, Wish } from './wish.ts';

/** What the browser's database does not take is kept in the tab as long as that lives. */
export const inTabAs = 'printfloor.wishes';

type Told = { readonly kind: 'changed' } | { readonly kind: 'done'; readonly jobId: number; readonly done: Done };
const windows = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('printfloor.wishes');
/** What ended here: what was read of it before is not brought back. */
const ended = new Set<string>();

export function tell(told: Told): void {
  windows?.postMessage(told);
}

export function asKept({ kept: _, ...wish }: Wish): KeptWish {
  return wish;
}

export function wishes(): readonly Wish[] {
  return floor.getState().wishes;
}

function show(all: readonly Wish[]): void {
  floor.setState({ wishes: inOrder(all) });
  const loose = all.filter(({ kept }) => kept === 'no');
  if (loose.length === 0) forget('tab', inTabAs);
  else keep('tab', inTabAs, JSON.stringify(loose.map(asKept)));
}

/** Shows it as it is now, whether it is kept yet or not. */
function showOne(wish: Wish): void {
  show([...wishes().filter(({ actionId }) => actionId !== wish.actionId), wish]);
}

/** Keeps it as it is now; `kept` is what the window may say of it then. */
export async function keepWish(wish: Wish): Promise<Wish> {
  showOne({ ...wish, kept: wish.kept === 'yes' ? 'yes' : 'trying' });
  let kept: Wish['kept'] = 'yes';
  try {
    await put(asKept(wish));
    tell({ kind: 'changed' });
  } catch (error) {
    console.info('A wish could not be kept:', error);
    kept = 'no';
  }
  const after = { ...wish, kept };
  if (!ended.has(wish.actionId)) showOne(after);
  return after;
}

/** Changes it where it is kept, if it still is as `to` expects; null where it is not there, or not so. */
export async function changeWish(
  { actionId, kept }: Pick<Wish, 'actionId' | 'kept'>,
  durability: IDBTransactionDurability,
  to: (wish: KeptWish) => KeptWish | null,
): Promise<Wish | null> {
  const shown = wishes().find((one) => one.actionId === actionId);
  if (kept !== 'yes') {
    const after = shown === undefined ? null : to(asKept(shown));
    return after === null ? null : keepWish({ ...after, kept });
  }
  let after: KeptWish | null = null;
  await change(actionId, durability, (entry) => {
    const read = readKeptWish(entry);
    after = read.kind === 'wish' ? to(read.wish) : null;
    return after ?? undefined;
  });
  // Set in a callback, which the compiler does not follow.
  const changed = after as KeptWish | null;
  return changed === null ? null : { ...changed, kept };
}

export function showChanged(wish: Wish): void {
  if (!ended.has(wish.actionId)) showOne(wish);
  tell({ kind: 'changed' });
}

/** It has come to its end. Where that cannot be written it is sent once more later, and the hub knows its action id. */
export async function endWish({ actionId }: Pick<Wish, 'actionId'>): Promise<void> {
  ended.add(actionId);
  show(wishes().filter((one) => one.actionId !== actionId));
  try {
    await change(actionId, 'relaxed', () => null);
  } catch {
    // Nothing was kept where nothing may be kept.
  }
  tell({ kind: 'changed' });
}

/** Removes it if it still is as `may` allows; false where it is not. */
export async function removeIf(wish: Wish, may: (wish: KeptWish) => boolean): Promise<boolean> {
  if (wish.kept === 'yes') {
    const removed = await change(wish.actionId, 'strict', (entry) => {
      const read = readKeptWish(entry);
      return read.kind === 'wish' && may(read.wish) ? null : undefined;
    });
    if (!removed) return false;
  }
  await endWish(wish);
  return true;
}

let reading: Promise<void> | null = null;
let readAgain = false;

async function readKept(): Promise<void> {
  const read = (await readAll()).map(readKeptWish);
  const kept = read.flatMap((one): Wish[] => (one.kind === 'wish' ? [{ ...one.wish, kept: 'yes' }] : []));
  const known = new Set(kept.map(({ actionId }) => actionId));
  const own = wishes().filter(({ actionId, kept: how }) => how !== 'yes' && !known.has(actionId));
  floor.setState({ laterWishes: read.filter(({ kind }) => kind === 'later').length });
  show([...kept, ...own].filter(({ actionId }) => !ended.has(actionId)));
}

/** Reads what is kept; what could not be kept stays beside it. Never throws. */
export function readWishes(): Promise<void> {
  if (reading !== null) {
    readAgain = true;
    return reading;
  }
  reading = (async () => {
    try {
      do {
        readAgain = false;
        await readKept();
      } while (readAgain);
    } catch {
      // The browser refuses it, which is told of each wish that is not kept.
    } finally {
      reading = null;
    }
  })();
  return reading;
}

/** Hears what other windows of this browser did. */
export function hearWindows(changed: () => void, done: (jobId: number, answer: Done) => void): void {
  windows?.addEventListener('message', ({ data }: MessageEvent<Told>) => {
    if (data.kind === 'done') done(data.jobId, data.done);
    else void readWishes().then(changed);
  });
}
