/**
 * One delivery: the verified copy, the hand-over, the record. Every step is written down before or after, so that dying
 * anywhere ends in a file delivered once. Never sees a queue; whoever calls decides what a fault means.
 */
import { mayBeDelivered } from '../../../shared/job/may-be-delivered.ts';
import { crashPoint } from '../crash-point.ts';
import { asDiskFault, type DiskFault } from '../disk/fault.ts';
import type { Disk } from '../disk/operations.ts';
import type { DeliveryRow, HotFolderRow, Store } from '../store/store.ts';
import { type HandOverVerdict, judgeHandOver, readMark } from './hand-over.ts';
import { finalPathOf, liveOf, tempPathOf } from './places.ts';
import { recordDelivered, recordUncertain } from './record.ts';
import { stepDelivery } from './step.ts';

export type DeliverContext = { readonly store: Store; readonly disk: Disk; readonly now: () => number };

export type Delivered =
  | { readonly kind: 'delivered' }
  /** A person blocked or cancelled it meanwhile. */
  | { readonly kind: 'held' }
  | { readonly kind: 'uncertain' }
  | { readonly kind: 'startAgain' }
  /** `handingOver`: it may lie there already; it stays on record as being handed over until the folder has been looked at. */
  | { readonly kind: 'fault'; readonly fault: DiskFault; readonly handingOver: boolean };

/** From this size on the record says that copying has begun; below, it is over before anybody looks. Bytes. */
const slowFrom = 50 * 1024 * 1024;

/** Delivers a waiting delivery. `sources`: where the original may lie, the likeliest first. */
export async function deliverOne(
  context: DeliverContext,
  folder: HotFolderRow,
  delivery: DeliveryRow,
  sources: readonly string[],
): Promise<Delivered> {
  const { store, disk, now } = context;
  const tempPath = tempPathOf(folder.place, delivery);
  try {
    if (delivery.size >= slowFrom) await store.write((tx) => stepDelivery(tx, delivery.id, 'copying'));
    const mark = await disk.copyVerified(sources, tempPath, delivery, liveOf(folder.place), folder.location === 'network');
    const allowed = await store.write(async (tx) => {
      const [current, job] = [await tx.delivery(delivery.id), await tx.jobState(delivery.jobId)];
      const held = current?.nextTryAt != null && current.nextTryAt > now();
      if (held || job === null || !mayBeDelivered({ state: job, missing: [] }, true).ok) return false;
      return (await stepDelivery(tx, delivery.id, 'publishing', { mark: JSON.stringify(mark) })) !== null;
    });
    if (!allowed) {
      await disk.removeFile(tempPath);
      return { kind: 'held' };
    }
  } catch (error) {
    return { kind: 'fault', fault: asDiskFault(error), handingOver: false };
  }
  crashPoint('publishing-recorded');
  return await handOver(context, folder, delivery);
}

/** The last step alone, for a copy that is verified and recorded as being handed over. */
async function handOver({ store, disk, now }: DeliverContext, folder: HotFolderRow, delivery: DeliveryRow): Promise<Delivered> {
  const tempPath = tempPathOf(folder.place, delivery);
  try {
    await disk.publish(tempPath, finalPathOf(folder.place, delivery), liveOf(folder.place));
  } catch (error) {
    const fault = asDiskFault(error);
    const nothingHandedOver = fault.code === 'NameTaken' || fault.code === 'CopyDiffers';
    if (nothingHandedOver) {
      await store.write((tx) => stepDelivery(tx, delivery.id, 'waiting', { mark: null }));
      await disk.removeFile(tempPath).catch(() => undefined);
    }
    return { kind: 'fault', fault, handingOver: !nothingHandedOver };
  }
  await recordDelivered(store, folder, delivery, now());
  crashPoint('delivery-recorded');
  return { kind: 'delivered' };
}

async function findOut(
  { disk }: DeliverContext,
  folder: HotFolderRow,
  delivery: DeliveryRow,
): Promise<Exclude<HandOverVerdict, 'compare'>> {
  const finalPath = finalPathOf(folder.place, delivery);
  await disk.checkLive(liveOf(folder.place));
  const mark = readMark(delivery.mark);
  if (mark === null) return 'startAgain';
  const seen = await disk.lookAtHandOver(tempPathOf(folder.place, delivery), finalPath);
  const verdict = judgeHandOver(mark, seen, delivery.size, folder.place.stagingPath !== folder.place.folderPath);
  if (verdict !== 'compare') return verdict;
  const { sha256 } = await disk.inspect(finalPath, Number.MAX_SAFE_INTEGER);
  if (sha256 === delivery.sha256) return 'handedOver';
  return seen.temp === null ? 'uncertain' : 'notYet';
}

/** Asked anew at each attempt: much may have been said since the last. */
async function mayHandOver(store: Store, { id, jobId }: DeliveryRow): Promise<boolean> {
  const [delivery, job] = await Promise.all([store.read.delivery(id), store.read.job(jobId)]);
  return delivery?.state === 'publishing' && job !== null && job.tracks.hold?.code !== 'Blocked';
}

/** Nothing was handed over, and nothing is: the copy goes, and the delivery waits or is called off. */
async function takeBack({ store, disk }: DeliverContext, folder: HotFolderRow, delivery: DeliveryRow): Promise<void> {
  await disk.removeFile(tempPathOf(folder.place, delivery));
  await store.write(async (tx) => {
    const wasCalledOff = (await tx.delivery(delivery.id))?.state === 'withdrawing';
    await stepDelivery(tx, delivery.id, wasCalledOff ? 'cancelled' : 'waiting', { mark: null });
  });
}

/** Goes on with a delivery that was being handed over when the program or the folder went away. */
export async function resumeOne(context: DeliverContext, folder: HotFolderRow, delivery: DeliveryRow): Promise<Delivered> {
  const { store, disk, now } = context;
  const tempPath = tempPathOf(folder.place, delivery);
  try {
    const verdict = await findOut(context, folder, delivery);
    switch (verdict) {
      case 'handedOver':
        await disk.removeFile(tempPath);
        await recordDelivered(store, folder, delivery, now());
        return { kind: 'delivered' };
      case 'notYet':
        if (await mayHandOver(store, delivery)) return await handOver(context, folder, delivery);
        await takeBack(context, folder, delivery);
        return { kind: 'held' };
      case 'startAgain':
        if (!(await mayHandOver(store, delivery))) {
          await takeBack(context, folder, delivery);
          return { kind: 'held' };
        }
        await disk.removeFile(tempPath);
        await store.write((tx) => stepDelivery(tx, delivery.id, 'waiting', { mark: null }));
        return { kind: 'startAgain' };
      case 'uncertain':
        await recordUncertain(store, folder, delivery, now());
        // Only now: without the copy there would be nothing to doubt by, should we die before the record.
        await disk.removeFile(tempPath);
        return { kind: 'uncertain' };
      default:
        return verdict satisfies never;
    }
  } catch (error) {
    return { kind: 'fault', fault: asDiskFault(error), handingOver: true };
  }
}
