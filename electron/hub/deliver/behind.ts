/**
 * A file was sent again while it was in its last step. Promises: what is sent then goes out only once it is known that the first did not; where it did, or
 * nobody can tell, it is not sent, and a person is asked about the first.
 */

import { isInLastStep } from '../../../shared/job/sending.ts';
import type { ReasonCode } from '../../../shared/reason.ts';
import type { DeliveryRow, Writer } from '../store/store.ts';
import { heldForMs } from './hold-or-cancel.ts';

const waitsForFirst: ReasonCode = 'WaitsForFirst';

function isWaiting({ state, reasonCode }: DeliveryRow): boolean {
  return (state === 'waiting' || state === 'copying') && reasonCode === waitsForFirst;
}

async function othersOf(tx: Writer, { id, jobId, fileId }: DeliveryRow): Promise<readonly DeliveryRow[]> {
  return fileId === null ? [] : (await tx.deliveriesOf(jobId)).filter((other) => other.fileId === fileId && other.id !== id);
}

/** Asked of each file that is sent: those that wait for no other cost nothing. */
export async function isBehind(tx: Writer, delivery: DeliveryRow): Promise<boolean> {
  return isWaiting(delivery) && (await othersOf(tx, delivery)).some(({ state }) => isInLastStep(state));
}

/** What was just planned of these files waits where an earlier one is in its last step. */
export async function putBehind(tx: Writer, jobId: number, fileIds: ReadonlySet<number>, at: number): Promise<void> {
  const its = (await tx.deliveriesOf(jobId)).filter(({ fileId }) => fileId !== null && fileIds.has(fileId));
  const inLastStep = new Set(its.flatMap(({ fileId, state }) => (isInLastStep(state) ? [fileId] : [])));
  for (const { id, fileId, state } of its)
    if (state === 'waiting' && inLastStep.has(fileId))
      await tx.changeDelivery(id, { reasonCode: waitsForFirst, nextTryAt: at + heldForMs });
}

/** A fault of a try does not make it forget that it waits. */
export function stillBehind<Change extends { readonly reasonCode: ReasonCode }>(
  delivery: DeliveryRow,
  change: Change,
): Change | Omit<Change, 'reasonCode'> {
  const { reasonCode: _, ...others } = change;
  return isWaiting(delivery) ? others : change;
}

/** It is known now that this one did not go out: what waits for that goes. Answers the hot folders to wake. */
export async function releaseBehind(tx: Writer, first: DeliveryRow): Promise<number[]> {
  const behind = (await othersOf(tx, first)).filter(isWaiting);
  for (const { id } of behind) await tx.changeDelivery(id, { reasonCode: null, nextTryAt: null });
  return behind.map(({ hotFolderId }) => hotFolderId);
}

/** It went out, or may have: what waited for that is not sent. Answers whether there was any. */
export async function cancelBehind(tx: Writer, first: DeliveryRow): Promise<boolean> {
  const behind = (await othersOf(tx, first)).filter(isWaiting);
  for (const { id } of behind) await tx.changeDelivery(id, { state: 'cancelled', nextTryAt: null });
  return behind.length > 0;
}

/** Does a file wait for what becomes of an earlier send? */
export function waitsForEarlier(fileId: number, deliveries: readonly DeliveryRow[]): boolean {
  return deliveries.some((delivery) => delivery.fileId === fileId && isWaiting(delivery));
}
