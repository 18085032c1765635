/** A file that explains one delivery explains no other. */
import type { DeliveryState } from '../../../shared/delivery.ts';
import type { DeliveryRow, Writer } from '../store/store.ts';
import { readMark, writeMark } from './hand-over.ts';
import { mostNoted } from './outcome-folders.ts';
import { type Found, resembles } from './outcomes.ts';

/** One in its last step is looked for in the outcome folders too, as soon as it is delivered. */
export const looksFor: ReadonlySet<DeliveryState> = new Set<DeliveryState>([
  'publishing',
  'withdrawing',
  'delivered',
  'lying',
  'uncertain',
  'taken',
]);

/** The file is not to be taken for this delivery's any more. */
export async function noteFound(tx: Writer, id: number, found: Pick<Found, 'ino'>): Promise<void> {
  const delivery = await tx.delivery(id);
  const mark = delivery !== null && looksFor.has(delivery.state) ? readMark(delivery.mark) : null;
  if (mark?.before == null || mark.before.includes(found.ino)) return;
  const before = mark.before.length < mostNoted ? [...mark.before, found.ino] : null;
  await tx.changeDelivery(id, { mark: writeMark({ ...mark, before }) });
}

/** Read at once; a shop's files may all be of one size. */
const readAtOnce = 200;

/** Of this size, sent to the hot folder at this path, and still looked for. */
export async function lookedForOfSize(tx: Pick<Writer, 'deliveriesOfSize'>, path: string, size: number): Promise<DeliveryRow[]> {
  const found: DeliveryRow[] = [];
  for (let last: DeliveryRow | null | undefined = null; last !== undefined; ) {
    const some: readonly DeliveryRow[] = await tx.deliveriesOfSize(path, size, last, readAtOnce);
    found.push(...some.filter(({ state }) => looksFor.has(state)));
    last = some.length < readAtOnce ? undefined : some.at(-1);
  }
  return found;
}

/**
 * The file is this delivery's. In the transaction that says so: what others have on record of it is read there, since two files may be given in one look.
 *
 * @param folderPaths of the hot folders whose printers show there
 * @param followed what else is followed and may be known by nothing but its name
 */
export async function giveTo(
  tx: Writer,
  folderPaths: readonly string[],
  delivery: DeliveryRow,
  found: Found,
  followed: readonly DeliveryRow[],
): Promise<void> {
  const ids = new Set(followed.filter((other) => resembles(found, other)).map(({ id }) => id));
  for (const path of folderPaths)
    for (const { id } of [...(await lookedForOfSize(tx, path, found.size)), ...(await tx.deliveriesNamed(path, found.name))]) ids.add(id);
  ids.delete(delivery.id);
  for (const id of ids) await noteFound(tx, id, found);
}
