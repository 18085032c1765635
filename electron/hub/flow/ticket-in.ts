/** A ticket arrives, by file or by API: it makes a job, completes one that a file began, or corrects one. Everything in one transaction. */
import { changesBetween, saysOtherwise } from '../../../shared/job/changes.ts';
import type { Command } from '../../../shared/job/command.ts';
import { engine, type Mover } from '../../../shared/job/mover.ts';
import { shownNumber } from '../../../shared/job-number.ts';
import { nameKey } from '../../../shared/name-key.ts';
import type { Ticket } from '../../../shared/ticket.ts';
import { matchTicket, type TicketMatch } from '../intake/match.ts';
import type { JobRow, Writer } from '../store/store.ts';
import type { FlowParts } from './flow-parts.ts';
import { refuseTooLarge } from './job-size.ts';
import { joinJobs } from './join-jobs.ts';
import { putQuestion } from './questions.ts';
import { missingFiles } from './relate-file.ts';
import { followChange, isOtherNow } from './way-changed.ts';
import { gatherForTicket, subFolder, type TicketPlace } from './whose.ts';

/** `jobId` null: a person is asked which job it takes over. */
export type TicketRecorded = { readonly jobId: number | null; readonly hotFolderIds: readonly number[] };

function keysOf(names: readonly string[]): Set<string> {
  return new Set(names.map(nameKey));
}

function joined(names: readonly string[], more: readonly string[]): string[] {
  const all = new Map(names.map((name) => [nameKey(name), name]));
  for (const name of more) if (!all.has(nameKey(name))) all.set(nameKey(name), name);
  return [...all.values()];
}

/** A later ticket adds to the files of its job. What one fulfilled under another name stays fulfilled. */
function stillMissing(job: JobRow, ticket: Ticket): string[] {
  const known = keysOf(job.ticketFiles);
  const news = ticket.files.filter((name) => !known.has(nameKey(name)));
  return joined(job.missing, missingFiles(news, job.files));
}

async function addJob(tx: Writer, ticket: Ticket, at: number): Promise<number> {
  const { order, job } = ticket;
  const title = ticket.title ?? ticket.product ?? shownNumber(order, job);
  return await tx.addJob({ order, job, title, named: true, ticket, letter: null }, at);
}

type Recorded = { readonly jobId: number; readonly hotFolderIds: readonly number[] };

/**
 * Puts a ticket on record for the job it takes over, or for a new one (`found` null). The same ticket again changes nothing.
 *
 * @param joining jobs without a number whose files are this ticket's too
 * @throws Refusal `JobTooLarge`
 */
export async function recordTicketFor(
  parts: FlowParts,
  tx: Writer,
  found: JobRow | null,
  ticket: Ticket,
  mover: Mover,
  joining: readonly JobRow[] = [],
): Promise<Recorded> {
  refuseTooLarge(found, ticket, joining);
  const at = parts.now();
  const id = found?.id ?? (await addJob(tx, ticket, at));
  if (found !== null) await tx.describeJob(id, ticket, at);
  const woken: number[] = [];
  for (const other of joining) woken.push(...(await joinJobs(parts, tx, other, id, engine)));
  const job = await tx.job(id);
  if (job === null) throw new Error(`job ${id} is gone in the transaction that made it`);
  const missing = stillMissing(job, ticket);
  await tx.setMissing(id, missing, joined(job.ticketFiles, ticket.files));
  const missedBefore = keysOf(found?.missing ?? []);
  const isMissedSince = (name: string): boolean => !missedBefore.has(nameKey(name));
  const changes = found?.hasTicket === true ? changesBetween(found, job) : [];
  const command: Command = {
    kind: 'ticketCame',
    jobId: id,
    ticket,
    ...(found !== null && found.approval !== null && { approvalBefore: found.approval }),
    startBefore: found?.startAt == null ? null : Date.parse(found.startAt),
    isFirst: found?.hasTicket !== true,
    isNew: found === null,
    numberBefore: found?.number ?? null,
    missing,
    missedBefore: found?.missing ?? [],
    files: job.files.filter((file) => file.current),
    changes,
    adds: found?.hasTicket === true ? missing.filter(isMissedSince) : [],
  };
  const { events, hotFolderIds } = await parts.door.applyIn(tx, command, mover);
  woken.push(...hotFolderIds);
  const isMoved = events.some(({ track }) => track === 'intake');
  if (found !== null && (command.isFirst || joining.length > 0 || isMoved || isOtherNow(found, job)))
    woken.push(...(await followChange(parts, tx, id, changes)));
  return { jobId: id, hotFolderIds: woken };
}

/** Whose files the ticket speaks of that came before it. Of a job it has a number for, only names that are new to it matter. */
export async function findFiles(
  parts: FlowParts,
  tx: Writer,
  ticket: Ticket,
  known: JobRow | null,
  place: TicketPlace | null,
): Promise<TicketMatch> {
  const current = known?.files.flatMap((file) => (file.current ? [file.name] : [])) ?? [];
  const named = keysOf([...(known?.ticketFiles ?? []), ...current]);
  const files = ticket.files.filter((name) => !named.has(nameKey(name)));
  if (known !== null && files.length === 0) return { kind: 'none' };
  const { facts, jobs } = await gatherForTicket(tx, parts.floor(), { files }, place, parts.now());
  return matchTicket(facts, jobs);
}

/**
 * Finds the job of a ticket and puts it on record there, or asks a person which of several it takes over. One whose job there is, or that came by the API
 * (`place` null), is on record at once; a person is then asked whether files that came before are its.
 */
export async function recordTicket(
  parts: FlowParts,
  tx: Writer,
  ticket: Ticket,
  place: TicketPlace | null,
  mover: Mover,
): Promise<TicketRecorded> {
  const known = await tx.jobByNumber(ticket.order, ticket.job);
  if (known !== null && place !== null && meetsOtherCount(known, ticket)) return await askWhichOf(parts, tx, known, ticket, place);
  const match = await findFiles(parts, tx, ticket, known, place);
  if (match.kind !== 'ask') {
    const [first = null, ...others] = match.kind === 'jobs' ? await tx.jobRows(match.jobIds) : [];
    const joining = known === null || first === null ? others : [first, ...others];
    return await recordAt(parts, tx, known ?? first, ticket, place, mover, joining);
  }
  const isWaiting = known === null && place !== null;
  const recorded = isWaiting ? { jobId: null, hotFolderIds: [] } : await recordAt(parts, tx, known, ticket, place, mover, []);
  if (await tx.isTicketAsked(ticket)) return recorded;
  const { name = `${shownNumber(ticket.order, ticket.job)} (API)`, folderPath: folder = '' } = place ?? {};
  const [newNumber, at] = [shownNumber(ticket.order, ticket.job), parts.now()];
  const recordedAs = recorded.jobId === null ? {} : { recordedAs: recorded.jobId };
  await putQuestion(parts, tx, { match, newNumber, size: null, ticket, name, folder, at, path: null, sha256: null, ...recordedAs });
  return recorded;
}

/** Two lists without job numbers each begin to count at one: what says something else than the job of that count may be another job of the order. */
function meetsOtherCount(known: JobRow, ticket: Ticket): boolean {
  return ticket.counted === true && known.counted && saysOtherwise(known, ticket);
}

/** The first number of the order after this one that no job has. */
export async function nextNumber(tx: Writer, { order, job }: Pick<Ticket, 'order' | 'job'>): Promise<string> {
  const taken = new Set(await tx.jobNumbersOf(order));
  let next = Number(job) + 1;
  while (taken.has(String(next))) next += 1;
  return String(next);
}

async function askWhichOf(parts: FlowParts, tx: Writer, known: JobRow, ticket: Ticket, place: TicketPlace): Promise<TicketRecorded> {
  if (!(await tx.isTicketAsked(ticket))) {
    const match = { kind: 'ask', why: 'sameCount', candidates: [{ jobId: known.id, evidence: [] }] } as const;
    const newNumber = shownNumber(ticket.order, await nextNumber(tx, ticket));
    const [{ name, folderPath: folder }, at] = [place, parts.now()];
    await putQuestion(parts, tx, { match, newNumber, size: null, ticket, name, folder, at, path: null, sha256: null });
  }
  return { jobId: null, hotFolderIds: [] };
}

async function recordAt(
  parts: FlowParts,
  tx: Writer,
  found: JobRow | null,
  ticket: Ticket,
  place: TicketPlace | null,
  mover: Mover,
  joining: readonly JobRow[],
): Promise<Recorded> {
  const recorded = await recordTicketFor(parts, tx, found, ticket, mover, joining);
  const folder = place === null ? null : subFolder(place.folderPath, parts.floor());
  if (folder !== null) await tx.noteTicketFolder(folder, recorded.jobId, ticket.order);
  return recorded;
}
