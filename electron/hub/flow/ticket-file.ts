/** A ticket file arrives: read, on record, filed. Its jobs are on record before it is moved; a ticket that cannot be moved is taken once. */

import { cleanLine } from '../../../shared/clean-text.ts';
import { engine } from '../../../shared/job/mover.ts';
import { said, say, sentence } from '../../../shared/words/say.ts';
import type { Disk } from '../disk/operations.ts';
import { type Listed, longestTicket, tooLarge } from '../intake/tickets/limits.ts';
import type { Settled } from '../intake/watch/watch-options.ts';
import type { Wholeness } from '../prepare/check.ts';
import type { Rejection } from './file-away.ts';
import type { FlowParts } from './flow-parts.ts';
import { putAway } from './left-behind.ts';
import { reconsiderFor } from './reconsider.ts';
import { rejectFile, rejectionOf } from './reject.ts';
import { recordTicket, type TicketRecorded } from './ticket-in.ts';

type Found = Settled<Wholeness>;
type List = Extract<Listed, { readonly ok: true }>;

/** In one write, whichever comes first: everybody else waits meanwhile. */
const mostAtOnce = 50;
const longestAtOnceMs = 10;

/**
 * Some at a time, so that a list of twenty thousand rows does not keep every scan on the floor waiting. `recorded` grows by what is on record, also where the rest is
 * refused.
 */
async function recordTickets(parts: FlowParts, file: Found, { tickets, namedTwice }: List, recorded: TicketRecorded[]): Promise<void> {
  const { store, monotonic } = parts;
  const place = { name: cleanLine(file.name), folderPath: file.folderPath, sharedNames: new Set(namedTwice) };
  while (recorded.length < tickets.length) {
    const some = await store.write(async (tx) => {
      const from = monotonic();
      const results: TicketRecorded[] = [];
      for (const ticket of tickets.slice(recorded.length, recorded.length + mostAtOnce)) {
        results.push(await recordTicket(parts, tx, ticket, place, engine));
        if (monotonic() - from > longestAtOnceMs) break;
      }
      return results;
    });
    for (const id of new Set(some.flatMap((one) => one.hotFolderIds))) parts.wakeFolder(id);
    recorded.push(...some);
  }
}

/** A list that stopped in the middle: what stood before it stays. */
function partly(rejection: Rejection, taken: number, all: number): Rejection {
  const { said: why = null } = rejection;
  if (taken === 0 || why === null) return rejection;
  const words = said('rejections.listPartly', { taken, all, why });
  return { ...rejection, detail: sentence('en', words), said: words };
}

function ticketDetail(jobs: number, readAs: string | null): string | null {
  if (readAs === null) return jobs === 1 ? null : say('en', 'found.jobs', { count: jobs });
  return jobs === 1 ? say('en', 'found.readAs', { encoding: readAs }) : say('en', 'found.jobsReadAs', { count: jobs, encoding: readAs });
}

async function recordArrival(parts: FlowParts, file: Found, recorded: readonly TicketRecorded[], readAs: string | null): Promise<number> {
  const { folderPath: folder, path, stamp } = file;
  const name = cleanLine(file.name);
  const sha256 = file.content?.sha256 ?? null;
  const jobId = recorded.find((one) => one.jobId !== null)?.jobId ?? null;
  const [at, detail] = [parts.now(), ticketDetail(recorded.length, readAs)];
  return await parts.store.write(async (tx) => {
    const arrivalId = await tx.addArrival({ name, folder, at, outcome: 'ticket', jobId, reasonCode: null, detail, path, sha256 });
    await tx.leaveBehind({ place: path, stamp, sha256, arrivalId, waits: false });
    return arrivalId;
  });
}

function jobsOf(recorded: readonly TicketRecorded[]): number[] {
  return recorded.flatMap(({ jobId }) => (jobId === null ? [] : [jobId]));
}

export async function arriveTicket(parts: FlowParts, disk: Disk, file: Found): Promise<void> {
  // It lay whole when it was looked at; its turn may come much later.
  const bytes = await disk.readSmall(file.path, longestTicket(file.name), file.stamp);
  const parsed =
    bytes === null
      ? tooLarge(said('tickets.bytes', { bytes: file.stamp.size }))
      : await parts.readTicket(file.name, bytes, parts.floor().settings);
  if (!parsed.ok) return await rejectFile(parts, disk, file, parsed);
  const recorded: TicketRecorded[] = [];
  try {
    await recordTickets(parts, file, parsed, recorded);
  } catch (error) {
    await rejectFile(parts, disk, file, partly(rejectionOf(error, 'BrokenTicket'), recorded.length, parsed.tickets.length));
    return await reconsiderFor(parts, { folderPath: file.folderPath, jobIds: jobsOf(recorded) });
  }
  const arrivalId = await recordArrival(parts, file, recorded, parsed.readAs);
  await reconsiderFor(parts, { folderPath: file.folderPath, jobIds: jobsOf(recorded) });
  const { name, path, stamp } = file;
  await putAway(parts, disk, { name, path, stamp, arrivalId });
}
