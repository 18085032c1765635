/** Which open questions tickets may have something to say to. Too many do no harm, since each is asked of the record again; too few would leave a file with a person. */
import { nameKey } from '../../../shared/name-key.ts';
import { readSigns } from '../intake/name-signs.ts';
import type { JobRow, OpenQuestion } from '../store/store.ts';
import type { FlowParts } from './flow-parts.ts';
import { numberIn, subFolder, withoutNumber } from './whose.ts';

/** `folderPath`: where they lay; null for one that came by the API. `jobIds`: those they are on record for. */
export type TicketsCame = { readonly folderPath: string | null; readonly jobIds: readonly number[] };

/** A longer list may touch anything: reading all its jobs would cost more than asking. */
const mostJobs = 500;
/** Read in one go. */
const portion = 10;

export async function touchedBy({ store, floor, breathe }: FlowParts, came: TicketsCame): Promise<(asked: OpenQuestion) => boolean> {
  if (came.jobIds.length > mostJobs) return () => true;
  const jobs: JobRow[] = [];
  for (let at = 0; at < came.jobIds.length; at += portion) {
    await breathe();
    jobs.push(...(await store.read.jobRows(came.jobIds.slice(at, at + portion))));
  }
  const ids = new Set(jobs.map(({ id }) => id));
  const orders = new Set(jobs.map(({ order }) => order));
  const names = new Set(jobs.flatMap(({ ticketFiles, files }) => [...ticketFiles, ...files.map(({ name }) => name)].map(nameKey)));
  const contents = new Set(jobs.flatMap(({ files }) => files.map(({ sha256 }) => sha256)));
  const folder = came.folderPath === null ? null : subFolder(came.folderPath, floor());
  return ({ name, folder: lay, sha256, question }) => {
    const order = numberIn(name, floor())?.order;
    return (
      (order !== undefined && orders.has(order)) ||
      (folder !== null && lay === folder) ||
      [name, withoutNumber(name, floor()), readSigns(name).bare].some((one) => names.has(nameKey(one))) ||
      (sha256 !== null && contents.has(sha256)) ||
      question.candidates.some(({ jobId }) => ids.has(jobId))
    );
  };
}
