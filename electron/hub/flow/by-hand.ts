/**
 * A hand, or another program, has put a file of a job into a hot folder. Promises: what may be that very file is not sent beside it unless a person says so;
 * what is told from it, since it is like another file of the job, goes on.
 */
import { type DeliveryState, sentStates } from '../../../shared/delivery.ts';
import { engine } from '../../../shared/job/mover.ts';
import { nameKey } from '../../../shared/name-key.ts';
import { cancelDeliveries } from '../deliver/hold-or-cancel.ts';
import { tell } from '../jobs/tell.ts';
import type { DeliveryRow, FileRow, Reader, Writer } from '../store/store.ts';

type Like = Pick<FileRow, 'name' | 'size'>;

const sent: ReadonlySet<DeliveryState> = new Set(sentStates);
const notThereYet: ReadonlySet<DeliveryState> = new Set<DeliveryState>(['waiting', 'copying', 'publishing']);

/** Nobody has read what others put there: their size and name are all there is to tell by. */
function isLike(one: Like, other: Like): boolean {
  return one.size === other.size || nameKey(one.name) === nameKey(other.name);
}

/** Has somebody put this file, or one that may be it, into a hot folder already? */
export async function isThereByHand(read: Reader, file: FileRow, deliveries: readonly DeliveryRow[]): Promise<boolean> {
  const byHand = deliveries.filter(({ fileId, state }) => fileId === null && sent.has(state));
  if (byHand.length === 0) return false;
  const others = (await read.files(file.jobId)).filter(({ id }) => id !== file.id);
  return byHand.some((one) => isLike(one, file) || !others.some((other) => isLike(one, other)));
}

/**
 * What waits and may be the very file that was just found there stays, and a person is asked, whichever of the two came first. What a person sent goes. Answers the
 * hot folders to wake.
 */
export async function holdBesides(tx: Writer, found: DeliveryRow, at: number): Promise<number[]> {
  const { jobId } = found;
  const files = new Map((await tx.files(jobId)).map((file) => [file.id, file]));
  const held = new Map<number, FileRow>();
  for (const { id, fileId, state, wished } of await tx.deliveriesOf(jobId)) {
    const file = fileId === null ? undefined : files.get(fileId);
    if (file !== undefined && !wished && notThereYet.has(state) && isLike(found, file)) held.set(id, file);
  }
  const hotFolderIds = held.size === 0 ? [] : await cancelDeliveries(tx, jobId, ({ id }) => held.has(id));
  for (const { name } of held.values()) await tell(tx, { kind: 'notPlanned', jobId, problem: 'PutByHand', data: { name } }, engine, at);
  return hotFolderIds;
}
