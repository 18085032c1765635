/**
 * Ends a try after which nothing was handed over. Promises: what was cancelled meanwhile is over, and what that sets going for its job is in the same
 * transaction.
 */
import type { DeliveryChange, DeliveryRow, Writer } from '../store/store.ts';
import { releaseBehind } from './behind.ts';
import type { DeliverContext } from './deliver-one.ts';
import { stepDelivery, stillHere } from './step.ts';

/** `later`: what waiting again means. Answers where it stands now; null where it is elsewhere already. */
export async function backToQueue(
  context: Pick<DeliverContext, 'store' | 'onCancelled' | 'wakeFolder'>,
  { id, placeId }: DeliveryRow,
  later: Pick<DeliveryChange, 'tries' | 'reasonCode' | 'raw' | 'nextTryAt'> = {},
): Promise<'waiting' | 'cancelled' | null> {
  const back = async (tx: Writer) => {
    if ((await stillHere(tx, { id, placeId })) === null) return null;
    if ((await stepDelivery(tx, id, 'waiting', { ...later, mark: null })) !== null) return { state: 'waiting', wake: [] } as const;
    // What waits already has no last step to be cancelled in.
    if ((await tx.delivery(id))?.state !== 'withdrawing') return null;
    const cancelled = await stepDelivery(tx, id, 'cancelled', { mark: null });
    if (cancelled === null) return null;
    const wake = [...(await releaseBehind(tx, cancelled)), ...(await context.onCancelled(tx, cancelled.jobId))];
    return { state: 'cancelled', wake } as const;
  };
  const ended = await context.store.write(back);
  for (const hotFolderId of ended?.wake ?? []) context.wakeFolder(hotFolderId);
  return ended?.state ?? null;
}
