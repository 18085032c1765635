/**
 * A ticket that came after its files says that those of a job without a number are those of another job. Promises: files, and deliveries wherever they
 * stand, are the other's from then on, and so is all that comes for the emptied job; what was seen of them at a printer is said of it too; nothing is sent twice; the emptied job says where they went.
 */
import type { DeliveryState } from '../../../shared/delivery.ts';
import type { Seen } from '../../../shared/job/command.ts';
import { engine, type Mover, printer } from '../../../shared/job/mover.ts';
import { openApproval } from '../../../shared/job/standing.ts';
import { isReasonCode } from '../../../shared/reason.ts';
import { factsOf, standings, tellOfOne } from '../deliver/record.ts';
import { sameName } from '../intake/name-signs.ts';
import { tell } from '../jobs/tell.ts';
import type { DeliveryRow, FileRow, JobRow, Writer } from '../store/store.ts';
import type { TaskKind } from '../work/tasks.ts';
import type { FlowParts } from './flow-parts.ts';
import { takeQuestionsOver } from './questions.ts';

type Sight = Seen extends infer One ? (One extends Seen ? Omit<One, 'kind' | 'jobId' | 'delivery'> : never) : never;

/** What a delivery came to beyond that it was delivered; null when there is nothing more to say. `states`: of all files of the job. */
function sightOf({ state, reasonCode, raw, tries }: DeliveryRow, path: string, states: readonly DeliveryState[]): Sight | null {
  switch (state) {
    case 'taken':
      return { what: 'taken', taken: states.filter((one) => one === 'taken' || one === 'printed').length, of: states.length };
    case 'printed':
      return { what: 'printed', left: states.filter((one) => one !== 'printed').length, note: null };
    case 'lying':
      return { what: 'lying' };
    case 'refused':
      return { what: 'refused', words: raw, path };
    case 'uncertain':
      return { what: 'uncertain', reasonCode: reasonCode === 'OutOfSight' ? reasonCode : 'DeliveryUncertain', raw };
    case 'failed': {
      const code = reasonCode !== null && isReasonCode(reasonCode) ? reasonCode : 'DiskError';
      return { what: 'failed', tries, reasonCode: code, raw: raw ?? code, errno: null, path };
    }
    default:
      return null;
  }
}

function hasSight(delivery: DeliveryRow, states: readonly DeliveryState[]): boolean {
  return delivery.deliveredAt !== null || sightOf(delivery, '', states) !== null;
}

/** Says of the job what was seen of a file before it was its. */
async function sayAgain(tx: Writer, jobId: number, delivery: DeliveryRow, states: readonly DeliveryState[], at: number): Promise<void> {
  const folder = await tx.hotFolder(delivery.hotFolderId);
  const seen = { kind: 'seen', jobId, delivery: factsOf(folder ?? { id: delivery.hotFolderId, name: '?' }, delivery) } as const;
  if (delivery.deliveredAt !== null) await tellOfOne(tx, { ...seen, what: 'delivered', tries: delivery.tries + 1 }, engine, at);
  const sight = sightOf(delivery, folder?.place.folderPath ?? delivery.name, states);
  const isByPrinter = delivery.state === 'taken' || delivery.state === 'printed' || delivery.state === 'refused';
  if (sight !== null) await tellOfOne(tx, { ...seen, ...sight }, isByPrinter ? printer(folder?.name ?? '?') : engine, at);
}

async function recordFileOf(parts: FlowParts, tx: Writer, jobId: number, file: FileRow, mover: Mover): Promise<readonly number[]> {
  const job = await tx.job(jobId);
  const missing = job?.missing.filter((name) => !sameName(name, file.name)) ?? [];
  if (missing.length !== job?.missing.length) await tx.setMissing(jobId, missing);
  // What its tickets named until now has been approved with it; the one that brings this file is not among them yet.
  const isMore = job?.hasTicket === true && !job.ticketFiles.some((name) => sameName(name, file.name));
  const { name, version, size, sha256 } = file;
  const came = { kind: 'fileCame', jobId, file: { name, version, size, sha256 }, replaces: null, isNew: false, missing, isMore } as const;
  return (await parts.door.applyIn(tx, came, mover)).hotFolderIds;
}

/** What is asked of its files, and not of a printer, is asked of the job that has them now. */
async function askAgain(parts: FlowParts, tx: Writer, from: JobRow, intoId: number, at: number): Promise<void> {
  const asked = new Set(from.attention.map(({ code }) => code));
  if (asked.has('WhoseFile')) await takeQuestionsOver(parts, tx, intoId);
  if (asked.has('TaskFails')) await tell(tx, { kind: 'notPlanned', jobId: intoId, problem: 'TaskFails', data: {} }, engine, at);
}

/** The job is at the presses its files went to, and the emptied one at none. */
async function movePresses(tx: Writer, from: JobRow, intoId: number, deliveries: readonly DeliveryRow[]): Promise<void> {
  let hotFolderId = (await tx.job(intoId))?.hotFolderId ?? null;
  for (const delivery of deliveries) {
    if (delivery.hotFolderId !== hotFolderId) await tx.setHotFolder(intoId, delivery.hotFolderId, hotFolderId);
    hotFolderId = delivery.hotFolderId;
  }
  await tx.setHotFolder(from.id, null);
}

/** What people had said against sending its files holds for the job that has them now. */
async function moveWords(parts: FlowParts, tx: Writer, { tracks: { hold, review } }: JobRow, jobId: number): Promise<void> {
  const words = [hold?.code === 'Blocked' ? hold : null, openApproval(review)].filter((word) => word !== null);
  for (const { code, reason, actor } of words)
    await parts.door.applyIn(tx, { kind: 'wordMoved', jobId, code, reason }, { kind: 'person', actor, station: null, isAdmin: false });
}

/** Answers the hot folders to wake. */
export async function joinJobs(parts: FlowParts, tx: Writer, from: JobRow, intoId: number, mover: Mover): Promise<number[]> {
  const at = parts.now();
  const [files, deliveries] = [await tx.files(from.id), await tx.deliveriesOf(from.id)];
  const current = files.filter((file) => file.current);
  const names = current.map(({ name }) => name);
  const { number = '' } = (await tx.job(intoId)) ?? {};
  await tell(tx, { kind: 'joined', jobId: from.id, into: { jobId: intoId, number }, names }, mover, at);
  await tx.moveFiles(from.id, intoId);
  await movePresses(tx, from, intoId, deliveries);
  await tx.moveTasks('fileOriginal' satisfies TaskKind, from.id, intoId);
  const hotFolderIds: number[] = [];
  for (const file of current) hotFolderIds.push(...(await recordFileOf(parts, tx, intoId, file, mover)));
  await moveWords(parts, tx, from, intoId);
  const states = await standings(tx, intoId);
  for (const { id } of current) {
    const newest = deliveries.findLast(
      (delivery) => delivery.fileId === id && delivery.state !== 'cancelled' && hasSight(delivery, states),
    );
    if (newest !== undefined) await sayAgain(tx, intoId, newest, states, at);
  }
  await askAgain(parts, tx, from, intoId, at);
  return hotFolderIds;
}
