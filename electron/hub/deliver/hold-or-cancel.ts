/**
 * What happens to the deliveries of a job that is held, released or cancelled: in the transaction of whatever caused it. Only the record is changed
 * here; the loops of the hot folders do the rest, and ask again before they hand anything over.
 */
import { type DeliveryState, mayBecome } from '../../../shared/delivery.ts';
import type { DeliveryRow, Writer } from '../store/store.ts';
import { longestWaitMs } from './retry.ts';

/** A held delivery is looked at again this late, unless somebody releases it. */
export const heldForMs = 3_600_000;

/** Puts off what waits. What is being handed over stays due: whether it went out must be found out. */
export async function holdDeliveries(tx: Writer, jobId: number, at: number): Promise<void> {
  for (const { id, state } of await tx.deliveriesOf(jobId))
    if (state === 'waiting' || state === 'copying') await tx.changeDelivery(id, { nextTryAt: at + heldForMs });
}

/** A wish was said of the job as it stood then. One that is being handed over is no longer wished either: if it did not go out, it asks again. */
export async function endWishes(tx: Writer, jobId: number): Promise<void> {
  for (const { id, state, wished } of await tx.deliveriesOf(jobId))
    if (wished && cancellable.includes(state)) await tx.changeDelivery(id, { wished: false });
}

/** Deliveries that waited, for a release or for their next try, are due now. Answers the hot folders to wake. */
export async function releaseDeliveries(tx: Writer, jobId: number): Promise<number[]> {
  const hotFolderIds: number[] = [];
  for (const { id, state, nextTryAt, hotFolderId } of await tx.deliveriesOf(jobId)) {
    if (nextTryAt === null || !(state === 'waiting' || state === 'copying' || state === 'publishing')) continue;
    await tx.changeDelivery(id, { nextTryAt: null });
    hotFolderIds.push(hotFolderId);
  }
  return hotFolderIds;
}

/** What was put off because its job could not go goes on with the job, whatever lets it go on. Answers the hot folders to wake. */
export async function releaseHeld(tx: Writer, deliveries: readonly DeliveryRow[], at: number): Promise<number[]> {
  const held = deliveries.filter(
    ({ state, nextTryAt }) => (state === 'waiting' || state === 'copying') && nextTryAt !== null && nextTryAt > at + longestWaitMs,
  );
  for (const { id } of held) await tx.changeDelivery(id, { nextTryAt: null });
  return held.map(({ hotFolderId }) => hotFolderId);
}

/** One that asks a person stays as it is: the person has not answered. */
const cancellable: readonly DeliveryState[] = ['waiting', 'copying', 'publishing', 'failed'];

/**
 * Cancels what has not gone out, of a whole job or of `which`. One that is being handed over at this moment is handed over no more, and whether
 * it went out is found out. What lies in a hot folder stays there. Answers the hot folders to wake.
 *
 * @param which also decides on those that ask a person, when it is given
 */
export async function cancelDeliveries(tx: Writer, jobId: number, which?: (delivery: DeliveryRow) => boolean): Promise<number[]> {
  const hotFolderIds: number[] = [];
  for (const delivery of await tx.deliveriesOf(jobId)) {
    const { id, state, hotFolderId } = delivery;
    if (!(which === undefined ? cancellable.includes(state) : which(delivery))) continue;
    const next = state === 'publishing' ? 'withdrawing' : 'cancelled';
    // Cancelled in its last step already: whether it went out is still to be found out.
    if (state === 'withdrawing' || !mayBecome(state, next)) continue;
    await tx.changeDelivery(id, { state: next, nextTryAt: null });
    hotFolderIds.push(hotFolderId);
  }
  return hotFolderIds;
}
