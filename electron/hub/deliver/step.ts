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

/** As it stands now, if it is still for the place it was tried at: given to another one meanwhile, it may be in its last step there, and no word of this one counts. */
export async function stillHere(tx: Writer, { id, placeId }: Pick<DeliveryRow, 'id' | 'placeId'>): Promise<DeliveryRow | null> {
  const current = await tx.delivery(id);
  return current?.placeId === placeId ? current : null;
}
