/** A ticket arrives, by file or by API: it makes a job, completes one that a file began, or corrects one. */

import type { NewEvent } from '../../../shared/event.ts';
import { shownNumber } from '../../../shared/job-number.ts';
import type { Ticket } from '../../../shared/ticket.ts';
import type { JobRow, Writer } from '../store/store.ts';
import { missingFiles, outputEvents, startStatus } from './decide.ts';
import { type Floor, system } from './flow-parts.ts';
import { planDeliveries } from './plan-deliveries.ts';

export type TicketTaken = { readonly jobId: number; readonly hotFolderIds: readonly number[] };

/** A file without a number of its own may have come first and become a job we numbered: the ticket that names it adopts that job. */
async function findJob(tx: Writer, ticket: Ticket): Promise<JobRow | null> {
  const known = await tx.jobByNumber(ticket.order, ticket.job);
  if (known !== null) return known;
  for (const name of ticket.files) {
    const orphan = await tx.unnamedJobWithFile(name);
    if (orphan !== null) return orphan;
  }
  return null;
}

/** A ticket may bring a job forward from the basket or an approval, never take it back out of production. */
function intakeEvents(job: JobRow, ticket: Ticket, at: number, actor: string): NewEvent[] {
  const status = startStatus(ticket, at);
  const stands = job.tracks.intake?.code;
  const begun = job.tracks.production !== undefined || job.tracks.fulfilment !== undefined;
  if (stands === status || (begun && stands === 'Ordered')) return [];
  const events: NewEvent[] = [
    { code: status, at, actor, reason: status === 'FutureOrder' ? `To be started on ${ticket.startAt ?? ''}.` : null },
  ];
  if (ticket.approval === 'given') events.push({ code: 'Approved', at, actor, reason: 'Approved before it came here.' });
  return events;
}

/** Puts one ticket on record. The same ticket again changes nothing. */
export async function takeTicket(tx: Writer, floor: Floor, ticket: Ticket, at: number, actor: string): Promise<TicketTaken> {
  const found = await findJob(tx, ticket);
  const id =
    found?.id ??
    (await tx.addJob(
      {
        order: ticket.order,
        job: ticket.job,
        title: ticket.title ?? ticket.product ?? shownNumber(ticket.order, ticket.job),
        named: true,
        ticket,
        letter: null,
      },
      at,
    ));
  if (found === null) await tx.record(id, [{ code: 'Creating', at, actor, reason: 'Its ticket arrived.' }]);
  else await tx.describeJob(id, ticket, at);
  const [job, files] = [await tx.job(id), await tx.files(id)];
  if (job === null) throw new Error(`job ${id} is gone in the transaction that made it`);
  const missing = missingFiles(ticket.files, files);
  await tx.setMissing(id, missing);
  const events: NewEvent[] = [];
  if (found !== null && found.number !== job.number)
    events.push({
      code: 'ActionRun',
      at,
      actor,
      reason: `The ticket gave this job its number; it was ${found.number} before.`,
      data: { before: found.number },
    });
  events.push(...intakeEvents(job, ticket, at, actor));
  if (missing.length > 0 && missing.join('\n') !== (found?.missing ?? []).join('\n')) {
    events.push({ code: 'AwaitingData', at, actor: system, reason: `Missing: ${missing.join(', ')}`, data: { missing } });
  }
  if (missing.length === 0 && job.tracks.review?.code === 'AwaitingData') {
    const current = files.filter((file) => file.current);
    events.push(
      { code: 'ArtworkUploaded', at, actor, reason: 'Nothing is missing any more.' },
      ...current.flatMap((file) => outputEvents(file, at, system)),
    );
  }
  if (events.length > 0) await tx.record(id, events);
  return { jobId: id, hotFolderIds: await planDeliveries(tx, floor, id, at) };
}
