/** Due times that lie too far ahead: they were written before the clock was set back, and the wait they meant is over. */
import { dueStates } from '../../../shared/delivery.ts';
import type { DeliveryRow, Store, Writer } from '../store/store.ts';
import { longestWaitMs } from './retry.ts';

/** What failed is never put off for longer than that. What is held, in any state that can be, is looked at again with its release. */
export async function bringForward(
  store: Store,
  placeId: number,
  now: number,
  mayGo: (tx: Writer, delivery: DeliveryRow) => Promise<boolean>,
): Promise<void> {
  const soon = now + longestWaitMs;
  if ((await store.read.nextDueAt(placeId, soon)) === null) return;
  await store.write(async (tx) => {
    for (const delivery of await tx.deliveriesIn(placeId, dueStates)) {
      const { id, state, nextTryAt } = delivery;
      if (nextTryAt === null || nextTryAt <= soon) continue;
      const isHeld = (state === 'waiting' || state === 'copying') && !(await mayGo(tx, delivery));
      if (!isHeld) await tx.changeDelivery(id, { nextTryAt: null });
    }
  });
}
