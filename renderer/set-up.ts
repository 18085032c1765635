/**
 * The admin at a screen that works under a station's key: signed in for the set-up, and for no longer than that. It ends when it is let go of, when nobody has
 * touched the screen for a while, with the tab, and when the hub says so; the key is kept in this tab alone. Knows nothing of the hub.
 */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { forget, keep, readKeptJson } from './kept.ts';

const keptAs = 'printfloor.set-up';
/** As long as somebody may be away to look something up. */
export const untouchedMinutes = 15;
const untouchedMs = untouchedMinutes * 60_000;
const lookEveryMs = 5000;
/** Touches that follow one another faster are one: whoever types would else have each key kept on the disk. */
const touchEveryMs = 1000;

/** `endsAt`: of a key that ends by itself, however often the screen is touched; epoch ms. */
export type SetUp = { readonly key: string; readonly endsAt: number | null; readonly touchedAt: number };

/** Whether it goes on. Pure. A clock that was set back ends it: nobody knows how long ago the last touch was. */
export function goesOn({ endsAt, touchedAt }: SetUp, now: number): boolean {
  return endsAt === null ? now >= touchedAt && now - touchedAt < untouchedMs : now < endsAt;
}

function readSetUp(): SetUp | null {
  const kept = readKeptJson('tab', keptAs);
  const { key, endsAt = null, touchedAt }: Readonly<Record<string, unknown>> = typeof kept === 'object' && kept !== null ? { ...kept } : {};
  if (typeof key !== 'string' || typeof touchedAt !== 'number' || (endsAt !== null && typeof endsAt !== 'number')) return null;
  const setUp = { key, endsAt, touchedAt };
  return goesOn(setUp, Date.now()) ? setUp : null;
}

const store = createStore<SetUp | null>(readSetUp);

/** The key of the admin who is signed in for the set-up; null when nobody is. */
export function setUpKey(): string | null {
  return store.getState()?.key ?? null;
}

/** For a screen that says so. */
export function useSetUp(): SetUp | null {
  return useStore(store);
}

export function keepSetUp(key: string, endsAt: number | null): void {
  const setUp = { key, endsAt, touchedAt: Date.now() };
  keep('tab', keptAs, JSON.stringify(setUp));
  store.setState(setUp, true);
}

export function forgetSetUp(): void {
  forget('tab', keptAs);
  store.setState(null, true);
}

/** Starts once, for the life of the page. `ended`: it is over by the time alone. */
export function watchSetUp(ended: () => void): void {
  const touched = (): void => {
    const setUp = store.getState();
    // What came too late is no touch: the key is gone before whoever came back can use it.
    const now = Date.now();
    if (setUp !== null && goesOn(setUp, now) && Math.abs(now - setUp.touchedAt) >= touchEveryMs) keepSetUp(setUp.key, setUp.endsAt);
  };
  for (const kind of ['pointerdown', 'keydown'] as const) addEventListener(kind, touched, { capture: true, passive: true });
  const look = (): void => {
    const setUp = store.getState();
    if (setUp !== null && !goesOn(setUp, Date.now())) ended();
  };
  setInterval(look, lookEveryMs);
  // A computer that slept runs no timer.
  addEventListener('visibilitychange', look);
}
