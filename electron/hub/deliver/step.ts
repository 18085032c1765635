/** One step in the life of a delivery, if it still may be taken: somebody else may have been quicker. */
import type { DeliveryState } from '../../../shared/delivery.ts';
import type { DeliveryChange, DeliveryRow, Writer } from '../store/store.ts';

/** Answers the delivery as it was just before, or null when this step leads nowhere from where it stands now. */
export async function stepDelivery(
  tx: Writer,
  id: number,
  to: DeliveryState,
  change: Omit<DeliveryChange, 'state'> = {},
): Promise<DeliveryRow | null> {
  return await tx.stepDelivery(id, { ...change, state: to });
}
