/**
 * A person says that pieces of a job must be printed again. That becomes a job of its own: with its number, its history, and its own delivery of the same originals to the
 * press that had them. Promises: all of it stands in one transaction, or nothing; no file finds the new job, since it waits for none and has no ticket.
 */

import { type DeliveryState, sentStates } from '../../../shared/delivery.ts';
import type { JobEvent } from '../../../shared/event.ts';
import { isTaken, mostReprints, reprintNumber } from '../../../shared/job/decide-reprint.ts';
import { newestOf } from '../../../shared/job/sending.ts';
import type { Job } from '../../../shared/job.ts';
import { shownNumber } from '../../../shared/job-number.ts';
import { said } from '../../../shared/words/say.ts';
import { answeredBefore, askedBy } from '../jobs/answers.ts';
import { moverOf, partOfAnother } from '../jobs/door.ts';
import { type Caller, Refusal, type ReprintRequest } from '../parts.ts';
import type { DeliveryRow, FileRow, JobRow, Writer } from '../store/store.ts';
import type { FlowParts } from './flow-parts.ts';
import { planDeliveries } from './plan-deliveries.ts';
import { whyNotPlanned } from './request-delivery.ts';

type Made = { readonly jobId: number; readonly hotFolderIds: readonly number[] };

/** The job that an event of the first says was made. */
function reprintIn(events: readonly JobEvent[]): number {
  const id = events[0]?.data['reprint'];
  if (typeof id !== 'number') throw new Error('a reprint was answered without its job');
  return id;
}

const had: ReadonlySet<DeliveryState> = new Set(sentStates);

/**
 * Those named; or those a printer has had, and all where none is known to: then it was made without one. What was printed is printed again: a newer version that
 * no printer has had is another thing, and a person decides about that first.
 */
function filesToReprint(
  { number }: Pick<Job, 'number'>,
  files: readonly FileRow[],
  deliveries: readonly DeliveryRow[],
  fileIds: readonly number[] | undefined,
): readonly FileRow[] {
  const current = files.filter((file) => file.current);
  if (current.length === 0) throw new Refusal('NOT_NOW', said('refusals.noPrintFile', { number }));
  const unknown = fileIds?.find((id) => !current.some((file) => file.id === id));
  if (unknown !== undefined) throw new Refusal('BAD_REQUEST', said('refusals.noCurrentFile', { number, file: unknown }));
  const wasSent = ({ id }: FileRow): boolean => deliveries.some(({ fileId, state }) => fileId === id && had.has(state));
  const newer = current.find((file) => file.version > 1 && !wasSent(file));
  if (fileIds === undefined && newer !== undefined && files.some((file) => !file.current && wasSent(file)))
    throw new Refusal('NOT_NOW', said('refusals.reprintNewer', { name: newer.name }));
  const named = fileIds ?? current.filter(wasSent).map(({ id }) => id);
  const chosen = named.length === 0 ? current : current.filter(({ id }) => named.includes(id));
  const unkept = chosen.find(({ filed }) => !filed);
  if (unkept !== undefined) throw new Refusal('NOT_NOW', said('refusals.reprintNotKept', { name: unkept.name }));
  return chosen;
}

async function lastReprintOf(tx: Writer, job: JobRow): Promise<JobEvent | undefined> {
  const last = job.reprints.at(-1);
  return last === undefined ? undefined : (await tx.history(job.id)).findLast(({ data }) => data['reprint'] === last.id);
}

/** The files of the new job, and where they go. */
async function addFiles(tx: Writer, jobId: number, files: readonly FileRow[], deliveries: readonly DeliveryRow[], at: number) {
  const added: FileRow[] = [];
  const wentTo = new Map<number, number>();
  for (const file of files) {
    const { name, size, sha256, type, archivePath } = file;
    const its = { jobId, name, size, sha256, type, sourcePath: archivePath, archivePath, arrivedAt: at, replaces: null, sameAs: file };
    const one = await tx.addFile(its);
    const press = newestOf(file.id, deliveries)?.hotFolderId;
    if (press !== undefined) wentTo.set(one.id, press);
    added.push(one);
  }
  return { added, wentTo };
}

async function makeReprint(parts: FlowParts, tx: Writer, job: JobRow, request: ReprintRequest, caller: Caller): Promise<Made> {
  const at = parts.now();
  const { quantity, reason } = request;
  const { id: jobId, number, order } = job;
  const deliveries = await tx.deliveriesOf(jobId);
  const files = filesToReprint(job, await tx.files(jobId), deliveries, request.fileIds);
  if (job.reprints.length >= mostReprints) throw new Refusal('NOT_NOW', said('refusals.tooManyReprints', { number, most: mostReprints }));
  const own = reprintNumber(job.orderedAs, await tx.jobNumbersOf(order));
  const made = await tx.addReprint(job, { job: own, quantity }, at);
  const becomes = { jobId: made, number: shownNumber(order, own), fileIds: files.map(({ id }) => id) };
  const lastReprint = await lastReprintOf(tx, job);
  const facts = { becomes, wasTaken: isTaken(deliveries), ordered: job.quantity ?? undefined, lastReprint };
  await parts.door.applyIn(tx, { kind: 'reprint', jobId, ...request, ...facts }, moverOf(caller));
  const { added, wentTo } = await addFiles(tx, made, files, deliveries, at);
  const of = { jobId, number };
  await parts.door.applyIn(tx, { kind: 'reprintMade', jobId: made, of, quantity, reason, files: added }, moverOf(caller));
  const fileIds = new Set(added.map(({ id }) => id));
  const hotFolderIds = await planDeliveries(tx, parts.floor(), made, at, { folder: null, fileIds, wentTo });
  const again = await tx.job(made);
  // A rule may send it to production without a hot folder, as it did the first.
  const isSkipped = again?.tracks.production?.code === 'CopyToHotFolderSkipped';
  if (again !== null && hotFolderIds.length === 0 && !isSkipped) throw await whyNotPlanned(tx, again, []);
  return { jobId: made, hotFolderIds };
}

/** Answers the new job; the same action id does it once. */
export async function requestReprint(parts: FlowParts, jobId: number, request: ReprintRequest, caller: Caller): Promise<number> {
  const asked = askedBy({ kind: 'reprint', jobId, ...request });
  const made = await parts.store.write(async (tx): Promise<Made> => {
    // Before anything is looked at: what was made stays, whatever became of the first job since.
    const before = asked === null ? null : await answeredBefore(tx, asked);
    if (before !== null) return { jobId: reprintIn(before.events), hotFolderIds: [] };
    await tx.lockOrder(jobId);
    const job = await tx.job(jobId);
    if (job === null) throw new Refusal('NOT_FOUND', said('refusals.jobToSend'));
    if (job.partOf !== null) throw partOfAnother((await tx.wholeJob(jobId))?.number ?? '');
    return await makeReprint(parts, tx, job, request, caller);
  });
  for (const id of new Set(made.hotFolderIds)) parts.wakeFolder(id);
  return made.jobId;
}
