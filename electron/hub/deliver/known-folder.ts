/**
 * By what the loop of a place knows its folder again. Promises: another folder that lies at its path never passes for it. What a person has accepted, or a disk
 * with new ids and our marker on it, is taken for it only after what was delivered to the folder before has been looked after.
 */

import { said } from '../../../shared/words/say.ts';
import { found } from '../disk/fault.ts';
import { readFolderId } from '../disk/folder-id.ts';
import type { Live } from '../disk/live.ts';
import type { Disk } from '../disk/operations.ts';
import type { PlaceRow, Store } from '../store/store.ts';
import { liveOf } from './places.ts';

export type KnownFolder = {
  live(): Live;
  /** The place was read anew: a person may have said that what lies there is the folder. */
  reread(place: PlaceRow): void;
  /** It was seen alive, and is the one we know. @throws DiskFault `OtherFolder` when what was there before is not looked after yet */
  saw(folderId: string): Promise<void>;
  /** @throws DiskFault `OtherFolder` and whatever keeps the folder from being seen */
  knowAgain(): Promise<void>;
};

/** @param leaveMissing what was delivered and does not lie there now is left to people: nobody saw what became of it */
export function makeKnownFolder(store: Store, disk: Disk, place: PlaceRow, leaveMissing: () => Promise<void>): KnownFolder {
  const { id: placeId, folderPath } = place;
  const base = liveOf(place);
  let known = place.folderId === null ? null : readFolderId(place.folderId);

  const know = async (folderId: string): Promise<void> => {
    if (known === null || known.accepted || known.folderId !== folderId) await store.write((tx) => tx.knowFolder(placeId, folderId));
    known = { folderId, accepted: false };
  };
  const live = (): Live => ({ ...base, folderId: known?.folderId ?? null });

  return {
    live,
    reread: (row) => {
      // Only a person's word is news: what we saw ourselves we know better than a row that was read before.
      const word = row.folderId === null ? null : readFolderId(row.folderId);
      if (word?.accepted === true && word.folderId !== known?.folderId) known = word;
    },
    saw: async (folderId) => {
      if (known?.accepted === true) throw found('OtherFolder', said('found.beforeNotLookedAfter'), folderPath);
      await know(folderId);
    },
    knowAgain: async () => {
      const { folderId, verdict } = await disk.whichFolder(live());
      if (verdict === 'another') throw found('OtherFolder', said('found.otherFolderId', { id: folderId }), folderPath);
      if (verdict === 'renumbered' || known?.accepted === true) await leaveMissing();
      await know(folderId);
    },
  };
}
