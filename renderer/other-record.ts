/**
 * The hub may come back with another record than the one this page knows: a new data folder, another hub at its address, or an older copy put
 * back. Job ids and event numbers then mean other things. Promises: nothing that was meant for the old record is ever sent to the new one; what
 * was not sent is told; and the page begins anew, so that nothing old is left on it.
 */
import type { Health } from '../shared/api.ts';
import { forgetAdding } from './adding/adding.ts';
import { floor } from './floor/floor.ts';
import { forget, keep, readKeptJson } from './kept.ts';
import { letGoAll } from './settings-draft.ts';

export const keptAs = 'printfloor.record';

type Met = { readonly hub: string | null; readonly seq: number };

function keptRecord(): Met {
  const kept = readKeptJson('tab', keptAs);
  const { hub, seq }: Readonly<Record<string, unknown>> = typeof kept === 'object' && kept !== null ? { ...kept } : {};
  return { hub: typeof hub === 'string' ? hub : null, seq: typeof seq === 'number' && Number.isSafeInteger(seq) ? seq : 0 };
}

/** To be called whenever something is kept that speaks of this record. `seq`: an event of it. */
export function noteRecord(seq = 0): void {
  const { health, seq: heard } = floor.getState();
  const known = keptRecord();
  keep('tab', keptAs, JSON.stringify({ hub: health?.hub ?? known.hub, seq: Math.max(seq, heard, known.seq) }));
}

/** Whether the hub that says this of itself has another record than `known`, which this page heard of before, or than what was kept in this tab. */
export function isOtherRecord({ hub, seq }: Pick<Health, 'hub' | 'seq'>, known: Met): boolean {
  const kept = keptRecord();
  const isOther = (before: string | null): boolean => before !== null && before !== '' && hub !== undefined && before !== hub;
  return isOther(known.hub) || isOther(kept.hub) || seq < Math.max(known.seq, kept.seq);
}

let isBeginning = false;

/**
 * Lets go of everything that speaks of the old record but wishes, which know theirs. `names`: what else is kept of it in this tab. Once: that the key has ended is
 * told by the hub and by the other windows in the same moment, and a page that is loaded anew twice at once has crashed (Chromium 156).
 */
export function beginAnew(names: readonly string[]): void {
  if (isBeginning) return;
  isBeginning = true;
  for (const name of [keptAs, ...names]) forget('tab', name);
  letGoAll();
  forgetAdding();
  location.reload();
}
