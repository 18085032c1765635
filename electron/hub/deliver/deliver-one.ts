/**
 * One delivery: the verified copy, the hand-over, the record. Every step is written down before or after, so that dying
 * anywhere ends in a file delivered once. Never sees a queue; what a fault means is decided in settle.ts.
 */

import { said } from '../../../shared/words/say.ts';
import { crashPoint } from '../crash-point.ts';
import { asDiskFault, type DiskFault, found } from '../disk/fault.ts';
import type { Live } from '../disk/live.ts';
import type { Disk } from '../disk/operations.ts';
import type { DeliveryRow, HotFolderRow, Writer } from '../store/store.ts';
import { backToQueue } from './back-to-queue.ts';
import { isBehind } from './behind.ts';
import { type HandOverVerdict, judgeContent, judgeHandOver, readMark, writeMark } from './hand-over.ts';
import { finalPathOf, tempPathOf } from './places.ts';
import { type RecordParts, recordDelivered, recordUncertain } from './record.ts';
import { stepDelivery } from './step.ts';

/** `folder`: with the place this goes to, which need not be where the hot folder is now. */
export type DeliverContext = RecordParts & {
  readonly disk: Disk;
  /** By what the folder is known to be the one it goes to. */
  readonly live: Live;
  /** Removes a copy that is of no more use, now or when it can be. */
  readonly drop: (tempPath: string) => Promise<void>;
  /** May it go to a printer now? Asked in the transaction that sends it on its last step. */
  readonly mayGo: (tx: Writer, delivery: DeliveryRow) => Promise<boolean>;
  /** Does the folder take one more, this one counted? */
  readonly hasRoom: () => boolean;
  /** What follows for its job, in the transaction that ends it. Answers the hot folders to wake. */
  readonly onCancelled: (tx: Writer, jobId: number) => Promise<readonly number[]>;
  readonly wakeFolder: (hotFolderId: number) => void;
  /** Another name, for a disk that finds its name too long; null where there is none. `folder`: with the place it goes to. */
  readonly shorterName: (tx: Writer, folder: HotFolderRow, delivery: DeliveryRow) => Promise<string | null>;
  /** Ids of files in the printer's outcome folders that might be taken for this one. */
  readonly idsBefore: (delivery: DeliveryRow) => Promise<readonly string[] | null>;
  /** From this size on the record says that copying has begun, bytes. */
  readonly slowFrom: number;
};

export type Delivered =
  | { readonly kind: 'delivered' }
  /** It may not go now. Nothing of it is left on the disk. */
  | { readonly kind: 'held' }
  /** Cancelled, or left to a person. */
  | { readonly kind: 'over' }
  | { readonly kind: 'startAgain' }
  /**
   * - `nothing`: nothing was handed over, and no verified copy is left
   * - `ready`: nothing was handed over, and the verified copy still waits
   * - `unknown`: it may lie there already; it stays on record as being handed over until the folder has been looked at
   */
  | { readonly kind: 'fault'; readonly fault: DiskFault; readonly handedOver: 'nothing' | 'ready' | 'unknown' };

/** Below this size copying is over before anybody looks. Bytes. */
export const slowFrom = 50 * 1024 * 1024;

/** May it go to a printer now, and from here? A copy may take minutes, and meanwhile somebody finds the wrong paper in the press. */
async function goesNow({ folder, mayGo }: DeliverContext, tx: Writer, delivery: DeliveryRow): Promise<boolean> {
  const now = await tx.delivery(delivery.id);
  if (now?.placeId !== folder.place.id) return false;
  const isPaused = (await tx.hotFolder(now.hotFolderId))?.paused === true;
  return !isPaused && !(await isBehind(tx, now)) && (await mayGo(tx, now));
}

/** A copy of a large file is not made to find out at its end what a look tells at once. @throws DiskFault `NameTaken` */
async function checkNameFree({ disk, folder }: DeliverContext, delivery: DeliveryRow): Promise<void> {
  const finalPath = finalPathOf(folder.place, delivery);
  const { final } = await disk.lookAtHandOver(tempPathOf(folder.place, delivery), finalPath);
  if (final !== null) throw found('NameTaken', said('found.nameThere'), finalPath);
}

/** Delivers a waiting delivery. `sources`: where the original may lie, the likeliest first. */
export async function deliverOne(context: DeliverContext, delivery: DeliveryRow, sources: readonly string[]): Promise<Delivered> {
  const { store, disk, live, folder } = context;
  const { place } = folder;
  const tempPath = tempPathOf(place, delivery);
  let mark: string;
  try {
    if (delivery.reasonCode === 'NameTaken') await checkNameFree(context, delivery);
    if (delivery.size >= context.slowFrom) {
      const goes = await store.write(
        async (tx) => (await goesNow(context, tx, delivery)) && (await stepDelivery(tx, delivery.id, 'copying')) !== null,
      );
      if (!goes && delivery.state === 'waiting') return { kind: 'held' };
    }
    const copied = await disk.copyVerified(sources, tempPath, delivery, live, place.location === 'network');
    mark = writeMark({ ...copied, before: await context.idsBefore(delivery) });
    const allowed = await store.write(
      async (tx) => (await goesNow(context, tx, delivery)) && (await stepDelivery(tx, delivery.id, 'publishing', { mark })) !== null,
    );
    if (!allowed) {
      await context.drop(tempPath);
      return { kind: 'held' };
    }
  } catch (error) {
    return { kind: 'fault', fault: asDiskFault(error), handedOver: 'nothing' };
  }
  crashPoint('publishing-recorded');
  return await handOver(context, { ...delivery, state: 'publishing', mark });
}

/** The last step alone, for a copy that is verified and recorded as being handed over. */
async function handOver(context: DeliverContext, delivery: DeliveryRow): Promise<Delivered> {
  const { disk, live, folder } = context;
  try {
    const { size, sha256 } = delivery;
    const [tempPath, finalPath] = [tempPathOf(folder.place, delivery), finalPathOf(folder.place, delivery)];
    await disk.publish(tempPath, finalPath, live, readMark(delivery.mark), { size, sha256 });
  } catch (error) {
    const fault = asDiskFault(error);
    if (fault.code === 'NameTaken' || fault.code === 'CopyDiffers') return { kind: 'fault', fault, handedOver: 'nothing' };
    return await lookAfterFault(context, delivery, fault);
  }
  return await finish(context, delivery);
}

async function finish(context: DeliverContext, delivery: DeliveryRow): Promise<Delivered> {
  await recordDelivered(context, delivery);
  crashPoint('delivery-recorded');
  return { kind: 'delivered' };
}

/** It was found under its name: what may have been left out, or failed, between the name and the record is done first. */
async function finishAnew(context: DeliverContext, delivery: DeliveryRow): Promise<Delivered> {
  const { disk, folder } = context;
  try {
    await disk.flushFolder(folder.place.folderPath);
  } catch (error) {
    return { kind: 'fault', fault: asDiskFault(error), handedOver: 'unknown' };
  }
  await context.drop(tempPathOf(folder.place, delivery));
  return await finish(context, delivery);
}

/** The last step failed: what lies there says whether it failed before or behind the moment that counts. */
async function lookAfterFault(context: DeliverContext, delivery: DeliveryRow, fault: DiskFault): Promise<Delivered> {
  const verdict = await findOut(context, delivery).catch(() => null);
  switch (verdict) {
    case null:
      return { kind: 'fault', fault, handedOver: 'unknown' };
    case 'notYet':
      return { kind: 'fault', fault, handedOver: 'ready' };
    case 'startAgain':
      return { kind: 'fault', fault, handedOver: 'nothing' };
    case 'handedOver':
      return await finishAnew(context, delivery);
    case 'uncertain':
      return await leaveToPerson(context, delivery);
    default:
      return verdict satisfies never;
  }
}

/** Only after the record the copy goes: without it there would be nothing to doubt by, should we die before. */
async function leaveToPerson(context: DeliverContext, delivery: DeliveryRow): Promise<Delivered> {
  await recordUncertain(context, delivery, 'DeliveryUncertain');
  await context.drop(tempPathOf(context.folder.place, delivery));
  return { kind: 'over' };
}

async function findOut(
  { disk, live, folder: { place } }: DeliverContext,
  delivery: DeliveryRow,
): Promise<Exclude<HandOverVerdict, 'compare'>> {
  const finalPath = finalPathOf(place, delivery);
  await disk.checkLive(live);
  const mark = readMark(delivery.mark);
  if (mark === null) return 'startAgain';
  const seen = await disk.lookAtHandOver(tempPathOf(place, delivery), finalPath);
  const verdict = judgeHandOver(mark, seen, delivery.size, place.stagingPath !== place.folderPath);
  if (verdict !== 'compare') return verdict;
  const { sha256 } = await disk.inspect(finalPath, Number.MAX_SAFE_INTEGER);
  return judgeContent(sha256 === delivery.sha256, delivery.send);
}

/** Goes on with a delivery whose last step was begun: by a run that died, before the folder went away, or before somebody cancelled it. */
export async function resumeOne(context: DeliverContext, delivery: DeliveryRow): Promise<Delivered> {
  const { store, folder } = context;
  const tempPath = tempPathOf(folder.place, delivery);
  try {
    const verdict = await findOut(context, delivery);
    switch (verdict) {
      case 'handedOver':
        return await finishAnew(context, delivery);
      case 'uncertain':
        return await leaveToPerson(context, delivery);
      case 'notYet':
      case 'startAgain': {
        // Much may have been said since it was begun.
        const goes = await store.write(
          async (tx) => (await tx.delivery(delivery.id))?.state === 'publishing' && (await goesNow(context, tx, delivery)),
        );
        if (goes && verdict === 'notYet' && context.hasRoom()) return await handOver(context, delivery);
        // Without its copy, what is on record as being handed over counts as gone out.
        const stands = await backToQueue(context, delivery);
        crashPoint('taken-back');
        await context.drop(tempPath);
        if (stands === 'cancelled') return { kind: 'over' };
        return { kind: goes ? 'startAgain' : 'held' };
      }
      default:
        return verdict satisfies never;
    }
  } catch (error) {
    return { kind: 'fault', fault: asDiskFault(error), handedOver: 'unknown' };
  }
}
