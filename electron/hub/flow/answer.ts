/**
 * Somebody says whose file it is, or later evidence does. Promises: one answer counts, whoever comes second is told who was first; the answer, what it
 * does to the jobs and the end of the attention are one transaction; the same action id does it once.
 */

import { basename, dirname } from 'node:path';
import type { Arrival } from '../../../shared/api.ts';
import type { Mover } from '../../../shared/job/mover.ts';
import type { Ticket } from '../../../shared/ticket.ts';
import { said } from '../../../shared/words/say.ts';
import { asDiskFault } from '../disk/fault.ts';
import type { Disk } from '../disk/operations.ts';
import { folderOf } from '../disk/spelling.ts';
import { type Stamp, stampOf } from '../disk/stamp.ts';
import { sameName } from '../intake/name-signs.ts';
import { doOnce } from '../jobs/answers.ts';
import { moverOf } from '../jobs/door.ts';
import { type Caller, Refusal } from '../parts.ts';
import { typeOf } from '../prepare/file-types.ts';
import type { AskedArrival, JobRow, KeptAnswer, Writer } from '../store/store.ts';
import { type ArrivingFile, type FileRecorded, recordFile, type Target } from './file-in.ts';
import type { FlowParts } from './flow-parts.ts';
import { joinJobs } from './join-jobs.ts';
import { putAway } from './left-behind.ts';
import { fileAway } from './print-file.ts';
import { endQuestion } from './questions.ts';
import { findFiles, nextNumber, recordTicket, recordTicketFor } from './ticket-in.ts';
import type { TicketsCame } from './touched-by.ts';
import { followChange } from './way-changed.ts';
import { subFolder } from './whose.ts';

export type AnswerWish = { readonly jobId: number | 'new' | 'reject'; readonly actionId: string };

/** What the answer is about, as it lies there now. */
type Subject =
  | { readonly kind: 'file'; readonly file: ArrivingFile }
  | { readonly kind: 'ticket'; readonly target: Target }
  /** `stamp` null: nothing lies there any more. */
  | { readonly kind: 'rejection'; readonly stamp: Stamp | null };

type Effects = { readonly recorded: FileRecorded | null; readonly hotFolderIds: readonly number[]; readonly jobId: number | null };

const noEffects: Effects = { recorded: null, hotFolderIds: [], jobId: null };

export function noSuchQuestion(): Refusal {
  return new Refusal('NOT_FOUND', said('refusals.nothingAsked'));
}

function noSuchJob(): Refusal {
  return new Refusal('NOT_FOUND', said('refusals.jobToChoose'));
}

async function refuseSecond(tx: Writer, { answer }: AskedArrival): Promise<void> {
  if (answer === null) return;
  const job = answer.jobId === null ? null : await tx.job(answer.jobId);
  const { by, at } = answer;
  const words =
    answer.what === 'reject'
      ? said('refusals.answeredNowhere', { by, at })
      : job === null
        ? said('refusals.answeredNew', { by, at })
        : said('refusals.answeredJob', { by, at, number: job.number });
  throw new Refusal('CONFLICT', words, { by, at, belongsTo: job?.number ?? null });
}

/** By which disk process a place of the record is asked. */
export function diskFor({ disks, floor }: FlowParts, path: string): Disk {
  const watched = folderOf(path, floor().settings.incoming);
  return watched === undefined ? disks.local : disks.of(watched);
}

/** The file as it lies safe, read again: nobody prints what is not what was asked about. */
export async function keptFile(parts: FlowParts, asked: AskedArrival, target: Target, mover: Mover): Promise<ArrivingFile> {
  const { id, name, path, folder, sha256 } = asked;
  const gone = new Refusal('NOT_NOW', said('refusals.keptGone', { name }));
  if (path === null || sha256 === null) throw gone;
  const found = await diskFor(parts, path)
    .inspect(path, Number.MAX_SAFE_INTEGER)
    .catch((error: unknown) => {
      parts.log`Asked about, and not to be read: ${name} (${asDiskFault(error)})`;
      throw gone;
    });
  if (found.sha256 !== sha256) throw gone;
  return { name, path, folderPath: folder, stamp: stampOf(found), sha256, type: typeOf(name), target, mover, arrivalId: id };
}

async function stampAt(parts: FlowParts, path: string | null): Promise<Stamp | null> {
  if (path === null) return null;
  const [entry] = await diskFor(parts, path)
    .entries(dirname(path), [basename(path)])
    .catch(() => []);
  return entry === undefined ? null : stampOf(entry);
}

async function subjectOf(parts: FlowParts, asked: AskedArrival, { jobId }: AnswerWish, mover: Mover): Promise<Subject> {
  if (jobId === 'reject') return { kind: 'rejection', stamp: await stampAt(parts, asked.path) };
  const target: Target = jobId === 'new' ? { kind: 'new' } : { kind: 'job', jobId };
  return asked.question.about === 'ticket'
    ? { kind: 'ticket', target }
    : { kind: 'file', file: await keptFile(parts, asked, target, mover) };
}

type Answering = {
  readonly tx: Writer;
  readonly parts: FlowParts;
  readonly asked: AskedArrival;
  readonly mover: Mover;
  readonly at: number;
};

async function settle(
  { tx, parts, asked, mover, at }: Answering,
  what: KeptAnswer['what'],
  settled: Pick<Arrival, 'outcome' | 'jobId' | 'path'>,
): Promise<void> {
  const answer: KeptAnswer = { what, jobId: settled.jobId, by: mover.actor, at };
  await tx.settleArrival(asked.id, { ...settled, answer });
  const job = settled.jobId === null ? null : await tx.job(settled.jobId);
  await endQuestion(parts, tx, asked, job?.number ?? null, mover);
}

export async function answerForFile(answering: Answering, file: ArrivingFile): Promise<Effects> {
  const { tx, parts, asked, at } = answering;
  if (file.target?.kind === 'job' && (await tx.job(file.target.jobId)) === null) throw noSuchJob();
  const recorded = await recordFile(tx, parts, file, at);
  // Later evidence named the job, and still not what the file is to it.
  if (recorded.outcome === 'asked') throw new Refusal('NOT_NOW', said('refusals.stillUnclear'));
  const filed = 'file' in recorded;
  if (filed) await tx.forgetLeft(file.path);
  const path = filed ? recorded.file.archivePath : asked.path;
  await settle(answering, file.target?.kind ?? 'job', { outcome: recorded.outcome, jobId: recorded.jobId, path });
  return { recorded, hotFolderIds: [], jobId: recorded.jobId };
}

async function answerForTicket(answering: Answering, target: Target): Promise<Effects> {
  const { tx, asked } = answering;
  const { ticket, recordedAs, why } = asked.question;
  if (ticket === null) throw new Error(`arrival ${asked.id} has no ticket`);
  const chosen = target.kind === 'job' ? await tx.wholeJob(target.jobId) : null;
  if (target.kind === 'job' && chosen === null) throw noSuchJob();
  // Its number may have got a job meanwhile: then that is the one.
  const known = recordedAs === undefined ? await tx.jobByNumber(ticket.order, ticket.job) : await tx.job(recordedAs);
  const isOther = chosen !== null && chosen.id !== known?.id;
  if (isOther && (chosen.named || why === 'sameCount'))
    throw new Refusal('NOT_NOW', said('refusals.hasItsNumber', { number: chosen.number }));
  if (why === 'sameCount') return await answerForCount(answering, ticket, chosen);
  const joining = isOther && known !== null ? [chosen] : [];
  const { jobId, hotFolderIds } =
    recordedAs !== undefined && known !== null
      ? { jobId: known.id, hotFolderIds: await joinAnswered(answering, joining, known.id) }
      : await recordAsAnswered(answering, ticket, known ?? chosen, joining);
  await settle(answering, target.kind, { outcome: 'ticket', jobId, path: asked.path });
  return { recorded: null, hotFolderIds, jobId };
}

/** It changes the job that another list counted, or is another of its order: it gets a number that no job has. */
async function answerForCount(answering: Answering, ticket: Ticket, chosen: JobRow | null): Promise<Effects> {
  const { counted: _, ...said } = ticket;
  const { tx, parts, asked, mover } = answering;
  const place = { name: asked.name, folderPath: asked.folder, sharedNames: new Set<string>() };
  const numbered = chosen === null ? { ...ticket, job: await nextNumber(tx, ticket) } : said;
  const { jobId, hotFolderIds } = await recordTicket(parts, tx, numbered, place, mover);
  await settle(answering, chosen === null ? 'new' : 'job', { outcome: 'ticket', jobId, path: asked.path });
  return { recorded: null, hotFolderIds, jobId };
}

/** The ticket is on record: the files of the jobs chosen become its, wherever they are by now. */
async function joinAnswered({ tx, parts, mover }: Answering, chosen: readonly JobRow[], jobId: number): Promise<number[]> {
  const hotFolderIds: number[] = [];
  for (const one of chosen) hotFolderIds.push(...(await joinJobs(parts, tx, one, jobId, mover)));
  if (chosen.length > 0) hotFolderIds.push(...(await followChange(parts, tx, jobId)));
  return hotFolderIds;
}

/** With one file's job chosen it may be clear whose the others are. */
async function recordAsAnswered(
  { tx, parts, asked, mover }: Answering,
  ticket: Ticket,
  found: JobRow | null,
  chosen: readonly JobRow[],
): Promise<{ readonly jobId: number; readonly hotFolderIds: readonly number[] }> {
  const taken = [...(found?.files ?? []), ...chosen.flatMap(({ files }) => files)];
  const left = ticket.files.filter((name) => !taken.some((file) => sameName(file.name, name)));
  const place = { name: asked.name, folderPath: asked.folder, sharedNames: new Set<string>() };
  const match = found === null || left.length === 0 ? null : await findFiles(parts, tx, { ...ticket, files: left }, found, place);
  const others = match?.kind === 'jobs' ? (await tx.jobRows(match.jobIds)).filter(({ id }) => id !== found?.id) : [];
  const recorded = await recordTicketFor(parts, tx, found, ticket, mover, [...chosen, ...others]);
  const folder = subFolder(asked.folder, parts.floor());
  if (folder !== null) await tx.noteTicketFolder(folder, recorded.jobId, ticket.order);
  return recorded;
}

async function answerNobody(answering: Answering, stamp: Stamp | null): Promise<Effects> {
  const { tx, asked } = answering;
  await settle(answering, 'reject', { outcome: 'rejected', jobId: null, path: asked.path });
  if (asked.path !== null && stamp !== null)
    await tx.leaveBehind({ place: asked.path, stamp, sha256: asked.sha256, arrivalId: asked.id, waits: false });
  return noEffects;
}

function record(answering: Answering, subject: Subject): Promise<Effects> {
  switch (subject.kind) {
    case 'file':
      return answerForFile(answering, subject.file);
    case 'ticket':
      return answerForTicket(answering, subject.target);
    case 'rejection':
      return answerNobody(answering, subject.stamp);
    default:
      return subject satisfies never;
  }
}

/** What the answer does outside of the record; done again at the next start where it is cut off. */
export async function finish(parts: FlowParts, { asked, subject, effects }: Answered): Promise<void> {
  const { id: arrivalId, name, path } = asked;
  if (subject.kind === 'file' && effects.recorded !== null)
    await fileAway(parts, diskFor(parts, subject.file.path), subject.file, effects.recorded);
  if (subject.kind === 'rejection' && path !== null && subject.stamp !== null)
    await putAway(parts, diskFor(parts, path), { name, path, stamp: subject.stamp, arrivalId });
  for (const id of new Set(effects.hotFolderIds)) parts.wakeFolder(id);
}

export type Answered = { readonly asked: AskedArrival; readonly subject: Subject; readonly effects: Effects };

/** Null when this very wish was answered before. */
async function recordAnswer(parts: FlowParts, id: number, wish: AnswerWish, caller: Caller): Promise<Answered | null> {
  const wished = { actionId: wish.actionId, fingerprint: JSON.stringify(['answer', id, wish.jobId]) };
  const before = await parts.store.read.askedArrival(id);
  if (before === null) throw noSuchQuestion();
  // Where it is answered already there is nothing to look at any more; the transaction says which of the cases it is.
  const subject = before.answer === null ? await subjectOf(parts, before, wish, moverOf(caller)) : null;
  return await parts.store.write(async (tx) => {
    const at = parts.now();
    return await doOnce(tx, wished, at, async () => {
      const asked = await stillAsked(tx, before);
      await refuseSecond(tx, asked);
      if (subject === null) throw noSuchQuestion();
      const effects = await record({ tx, parts, asked, mover: moverOf(caller), at }, subject);
      return { asked, subject, effects };
    });
  });
}

/** The question as it is in this transaction: somebody may have answered it since it was looked at, and its file may have been moved. */
export async function stillAsked(tx: Writer, before: AskedArrival): Promise<AskedArrival> {
  const asked = await tx.askedArrival(before.id);
  if (asked === null) throw noSuchQuestion();
  if (asked.answer === null && asked.path !== before.path)
    throw new Refusal('NOT_NOW', said('refusals.movedJustNow', { name: asked.name }));
  return asked;
}

/**
 * Answers what the tickets are that are on record by it, since files that waited for them may have become clear; null where there are none.
 * @throws Refusal when there is no such question, somebody answered it, or the file is gone
 */
export async function answerArrival(parts: FlowParts, id: number, wish: AnswerWish, caller: Caller): Promise<TicketsCame | null> {
  const answered = await parts.arrivalTurns(id, () => recordAnswer(parts, id, wish, caller));
  if (answered === null) return null;
  await finish(parts, answered);
  const { asked, effects } = answered;
  return asked.question.ticket === null || effects.jobId === null ? null : { folderPath: asked.folder, jobIds: [effects.jobId] };
}
