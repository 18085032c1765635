/** A file that explains one delivery explains no other. */
import type { DeliveryState } from '../../../shared/delivery.ts';
import type { DeliveryRow, Writer } from '../store/store.ts';
import { readMark, writeMark } from './hand-over.ts';
import { type Found, resembles } from './outcomes.ts';

/** One in its last step is looked for in the outcome folders too, as soon as it is delivered. */
const looksFor: ReadonlySet<DeliveryState> = new Set<DeliveryState>([
  'publishing',
  'withdrawing',
  'delivered',
  'lying',
  'uncertain',
  'taken',
]);

/**
 * The file is this delivery's. In the transaction that says so: what others have on record of it is read there, since two files may be given in one look.
 *
 * @param followed what else is followed and may be known by nothing but its name
 */
export async function giveTo(
  tx: Writer,
  folderPath: string,
  delivery: DeliveryRow,
  found: Found,
  followed: readonly DeliveryRow[],
): Promise<void> {
  const ids = new Set([
    ...(await tx.deliveriesOfSize(folderPath, found.size)).map(({ id }) => id),
    ...(await tx.deliveriesNamed(folderPath, found.name)).map(({ id }) => id),
    ...followed.filter((other) => resembles(found, other)).map(({ id }) => id),
  ]);
  ids.delete(delivery.id);
  for (const id of ids) {
    const other = await tx.delivery(id);
    const mark = other !== null && looksFor.has(other.state) ? readMark(other.mark) : null;
    if (mark?.before != null && !mark.before.includes(found.ino))
      await tx.changeDelivery(id, { mark: writeMark({ ...mark, before: [...mark.before, found.ino] }) });
  }
}
