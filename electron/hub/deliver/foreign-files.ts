/** Files in a hot folder that no delivery explains by its name: watched until they lie still, then told apart once. */

import type { Entry } from '../disk/look.ts';
import { type Stamp, sameStamp } from '../disk/stamp.ts';

/** A file in the hot folder that we did not put there, lying still. */
export type ForeignFile = Stamp & { readonly name: string; readonly path: string };

/** Seen so often with the same stamp, or settled: on record for a job, a file nobody knows, or one of ours under another name. */
type Sight = (Stamp & { readonly looks: number }) | 'recorded' | 'unknown' | 'ours';

export type ForeignFiles = {
  /** Names that are not settled yet; what is not among `names` any more is forgotten. */
  unsettled(names: ReadonlySet<string>): readonly string[];
  isSettled(name: string): boolean;
  /** One more look at an unsettled one. `settle` is asked once it lies still. */
  see(entry: Entry, settle: (entry: Entry) => Promise<'recorded' | 'unknown' | 'ours'>): Promise<void>;
  unknown(): readonly string[];
};

const enoughLooks = 3;
/** An empty file may be one that is just being written; one that stays empty is not waited for any longer. */
const emptyLooks = 30;
/** Names told to screens; the folder itself shows the rest. */
const toldNames = 100;

export function makeForeignFiles(): ForeignFiles {
  const sights = new Map<string, Sight>();
  return {
    unsettled: (names) => {
      for (const known of sights.keys()) if (!names.has(known)) sights.delete(known);
      return [...names].filter((name) => typeof sights.get(name) !== 'string');
    },
    isSettled: (name) => typeof sights.get(name) === 'string',
    see: async (entry, settle) => {
      const { name, size, mtimeMs, ino } = entry;
      const before = sights.get(name);
      const looks = typeof before === 'object' && sameStamp(before, entry) ? before.looks + 1 : 1;
      const still = looks >= (size === 0 ? emptyLooks : enoughLooks);
      sights.set(name, still ? await settle(entry) : { size, mtimeMs, ino, looks });
    },
    unknown: () => {
      const names: string[] = [];
      for (const [name, sight] of sights) if (sight === 'unknown' && names.push(name) >= toldNames) break;
      return names;
    },
  };
}
