/**
 * What lies around of our own in the folders of a place: copies that runs before this one, or a share that went away, left half made, what could not be removed
 * at its time, and attempts that were cut short. A delivery in its last step still needs its copy; what is another hub's stays.
 */
import { join } from 'node:path';
import { dueStates } from '../../../shared/delivery.ts';
import type { Live } from '../disk/live.ts';
import type { Disk } from '../disk/operations.ts';
import type { DeliveryRow, PlaceRow, Store } from '../store/store.ts';
import { deliveryIdOf, isTempOf } from './places.ts';

export type Tidy = {
  /** Removes what may be left over; where something stays it is needed again. Never throws: what lies around is no trouble of the folder. */
  clearIfNeeded(): Promise<void>;
  /** Something may be left over. */
  needed(): void;
  /** Copies seen in the hot folder itself: one that is seen twice and is nobody's work was left there, as by a folder that was moved away and came back. */
  saw(copies: readonly number[]): void;
  /** Removes a copy that is of no more use, now or when it can be. */
  drop(tempPath: string): Promise<void>;
  /** Until nothing is being cleared: a new copy might be taken for a leftover. */
  atRest(): Promise<void>;
};

/** @param isFlying its copy is being made or handed over */
export function makeTidy(store: Store, disk: Disk, place: PlaceRow, live: () => Live, isFlying: (id: number) => boolean): Tidy {
  let isNeeded = true;
  let idleBefore: ReadonlySet<number> = new Set();
  let clearing: Promise<void> = Promise.resolve();

  /** Several hot folders may share a folder for copies: what another loop may need is its own to clear. That of a place which was left may have ended before it could. */
  const isNobodys = async ({ hotFolderId, placeId, state }: DeliveryRow): Promise<boolean> => {
    const there = (await store.read.hotFolder(hotFolderId))?.place;
    return there?.id === placeId ? there.stagingPath !== place.stagingPath : !dueStates.includes(state);
  };
  const isLeftover = async (name: string): Promise<boolean> => {
    const id = deliveryIdOf(name);
    if (id === null || isFlying(id)) return false;
    const delivery = await store.read.delivery(id);
    // Its record was lost with the power, before it was durable; or it is another hub's.
    if (delivery === null || !isTempOf(name, place, delivery)) return await disk.worksAlone(place.stagingPath);
    if (delivery.state === 'publishing' || delivery.state === 'withdrawing') return false;
    return delivery.placeId === place.id || (await isNobodys(delivery));
  };
  const clearAll = async (): Promise<void> => {
    const { stagingPath, folderPath, markerPath } = place;
    for (const { name } of await disk.names(stagingPath)) if (await isLeftover(name)) await disk.removeFile(join(stagingPath, name));
    await disk.clearMoments([stagingPath, folderPath], markerPath);
  };

  return {
    clearIfNeeded: async () => {
      if (!isNeeded) return;
      isNeeded = false;
      clearing = clearAll().catch(() => {
        isNeeded = true;
      });
      await clearing;
    },
    needed: () => {
      isNeeded = true;
    },
    saw: (copies) => {
      const idle = copies.filter((id) => !isFlying(id));
      if (idle.some((id) => idleBefore.has(id))) isNeeded = true;
      idleBefore = new Set(idle);
    },
    drop: async (tempPath) => {
      try {
        await disk.removeFile(tempPath);
        // In the empty mount point of a share that went away it is not there either.
        await disk.checkLive(live());
      } catch {
        isNeeded = true;
      }
    },
    atRest: () => clearing,
  };
}
