/** A ticket arrives, by file or by API: it makes a job, completes one that a file began, or corrects one. Everything in one transaction. */
import type { Command } from '../../../shared/job/command.ts';
import { isApprovalVoid } from '../../../shared/job/decide-arrival.ts';
import type { Mover } from '../../../shared/job/mover.ts';
import { shownNumber } from '../../../shared/job-number.ts';
import type { Ticket } from '../../../shared/ticket.ts';
import { matchTicket } from '../intake/match.ts';
import { sameName } from '../intake/name-signs.ts';
import type { JobRow, Writer } from '../store/store.ts';
import { missingFiles } from './decide.ts';
import type { FlowParts } from './flow-parts.ts';
import { putQuestion } from './questions.ts';
import { gatherForTicket, subFolder, type TicketPlace } from './whose.ts';

/** `jobId` null: a person is asked which job it takes over. */
export type TicketRecorded = { readonly jobId: number | null; readonly hotFolderIds: readonly number[] };

function joined(names: readonly string[], more: readonly string[]): string[] {
  const all = [...names];
  for (const name of more) if (!all.some((known) => sameName(known, name))) all.push(name);
  return all;
}

/** A later ticket adds to the files of its job. What one fulfilled under another name stays fulfilled. */
function stillMissing(job: JobRow, ticket: Ticket): string[] {
  const news = ticket.files.filter((name) => !job.ticketFiles.some((known) => sameName(known, name)));
  return joined(job.missing, missingFiles(news, job.files));
}

async function addJob(tx: Writer, ticket: Ticket, at: number): Promise<number> {
  const { order, job } = ticket;
  const title = ticket.title ?? ticket.product ?? shownNumber(order, job);
  return await tx.addJob({ order, job, title, named: true, ticket, letter: null }, at);
}

type Recorded = { readonly jobId: number; readonly hotFolderIds: readonly number[] };

/** Puts a ticket on record for the job it takes over, or for a new one (`found` null). The same ticket again changes nothing. */
export async function recordTicketFor(parts: FlowParts, tx: Writer, found: JobRow | null, ticket: Ticket, mover: Mover): Promise<Recorded> {
  const at = parts.now();
  const id = found?.id ?? (await addJob(tx, ticket, at));
  if (found !== null) await tx.describeJob(id, ticket, at);
  const job = await tx.job(id);
  if (job === null) throw new Error(`job ${id} is gone in the transaction that made it`);
  const missing = stillMissing(job, ticket);
  await tx.setMissing(id, missing, joined(job.ticketFiles, ticket.files));
  const isMore = found?.hasTicket === true && missing.some((name) => !found.missing.some((known) => sameName(known, name)));
  const command: Command = {
    kind: 'ticketCame',
    jobId: id,
    ticket,
    isFirst: found?.hasTicket !== true,
    isNew: found === null,
    numberBefore: found?.number ?? null,
    missing,
    missedBefore: found?.missing ?? [],
    files: job.files.filter((file) => file.current),
    approved: isMore && isApprovalVoid(await tx.history(id), true),
  };
  const { hotFolderIds } = await parts.door.applyIn(tx, command, mover);
  return { jobId: id, hotFolderIds };
}

/** Finds the job of a ticket and puts it on record there, or asks a person which of several it takes over; nobody is asked about one by the API (`place` null). */
export async function recordTicket(
  parts: FlowParts,
  tx: Writer,
  ticket: Ticket,
  place: TicketPlace | null,
  mover: Mover,
): Promise<TicketRecorded> {
  const known = await tx.jobByNumber(ticket.order, ticket.job);
  if (known !== null) return await recordAt(parts, tx, known, ticket, place, mover);
  const [floor, at] = [parts.floor(), parts.now()];
  const { facts, jobs } = await gatherForTicket(tx, floor, ticket, place, at);
  const match = matchTicket(facts, jobs);
  if (match.kind === 'ask' && place !== null) {
    const newNumber = shownNumber(ticket.order, ticket.job);
    const { name, folderPath: folder } = place;
    if (!(await isAsked(tx, ticket)))
      await putQuestion(parts, tx, { match, newNumber, size: null, ticket, name, folder, at, path: null, sha256: null });
    return { jobId: null, hotFolderIds: [] };
  }
  const found = match.kind === 'job' ? await tx.job(match.jobId) : null;
  return await recordAt(parts, tx, found, ticket, place, mover);
}

/** The very same ticket waits for an answer already. */
async function isAsked(tx: Writer, ticket: Ticket): Promise<boolean> {
  return (await tx.openQuestions()).some(({ question }) => JSON.stringify(question.ticket) === JSON.stringify(ticket));
}

async function recordAt(
  parts: FlowParts,
  tx: Writer,
  found: JobRow | null,
  ticket: Ticket,
  place: TicketPlace | null,
  mover: Mover,
): Promise<Recorded> {
  const recorded = await recordTicketFor(parts, tx, found, ticket, mover);
  const folder = place === null ? null : subFolder(place.folderPath, parts.floor());
  if (folder !== null) await tx.noteTicketFolder(folder, recorded.jobId, ticket.order);
  return recorded;
}
