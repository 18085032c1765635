/**
 * What lies around of our own in the folders of a place: copies that runs before this one, or a share that went away, left half made, what could not be removed
 * at its time, and attempts that were cut short. A delivery in its last step still needs its copy; what is another hub's stays.
 */
import type { Disk } from '../disk/operations.ts';
import type { PlaceRow, Store } from '../store/store.ts';
import { deliveryIdOf, isTempOf, tempPathOf } from './places.ts';

export type Tidy = {
  /** Removes what is left over. Nothing is sent until it ends. @throws DiskFault when something stays */
  clear(): Promise<void>;
  /** Clears where something may be left over, as often as it takes. */
  clearIfNeeded(): Promise<void>;
  /** Something may be left over. */
  needed(): void;
  /** Removes a copy that is of no more use, now or when it can be. */
  drop(tempPath: string): Promise<void>;
  /** Until no copy is in danger of being taken for a leftover. */
  atRest(): Promise<void>;
};

/** @param isFlying its copy is being made or handed over */
export function makeTidy(store: Store, disk: Disk, place: PlaceRow, isFlying: (id: number) => boolean): Tidy {
  let isNeeded = true;
  let clearing: Promise<void> = Promise.resolve();

  const clearAll = async (): Promise<void> => {
    const { stagingPath, folderPath, markerPath } = place;
    for (const { name } of await disk.names(stagingPath)) {
      const id = deliveryIdOf(name);
      const delivery = id === null || isFlying(id) ? null : await store.read.delivery(id);
      if (delivery === null || delivery.state === 'publishing' || delivery.state === 'withdrawing') continue;
      if (isTempOf(name, place, delivery)) await disk.removeFile(tempPathOf(place, delivery));
    }
    await disk.clearMoments([stagingPath, folderPath], markerPath);
  };
  const clear = async (): Promise<void> => {
    isNeeded = false;
    clearing = clearAll();
    try {
      await clearing;
    } catch (error) {
      isNeeded = true;
      throw error;
    }
  };

  return {
    clear,
    clearIfNeeded: async () => {
      if (isNeeded) await clear().catch(() => undefined);
    },
    needed: () => {
      isNeeded = true;
    },
    drop: async (tempPath) => {
      await disk.removeFile(tempPath).catch(() => {
        isNeeded = true;
      });
    },
    atRest: () => clearing.catch(() => undefined),
  };
}
