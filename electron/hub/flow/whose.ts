/** Gathers what the record knows that can point to the job of a file or a ticket; what it comes to is decided in intake/match.ts. */
import { dirname } from 'node:path';
import { parseJobName } from '../../../shared/file-name.ts';
import { isMachine } from '../../../shared/job/mover.ts';
import { nameKey } from '../../../shared/name-key.ts';
import type { Ticket } from '../../../shared/ticket.ts';
import { type ArrivedFile, type ArrivedTicket, type KnownJob, type NamelessJob, ownName } from '../intake/match.ts';
import { readSigns } from '../intake/name-signs.ts';
import type { FileRow, JobRow, Reader } from '../store/store.ts';
import type { Floor } from './flow-parts.ts';

type Arriving = { readonly name: string; readonly path: string; readonly folderPath: string; readonly sha256: string };

const finishedStages: ReadonlySet<JobRow['stage']> = new Set(['shipped', 'done']);

/** What the shop's patterns read in a name. */
export function numberIn(name: string, { settings }: Floor): ArrivedFile['number'] {
  const named = parseJobName(name, settings.namePatterns);
  return named === null ? null : { order: named.order, job: named.job, rest: named.rest, contract: named.letter !== null };
}

export function withoutNumber(name: string, floor: Floor): string {
  return ownName(name, numberIn(name, floor));
}

/** A sub-folder of an incoming folder; null at its top, and outside of all. */
export function subFolder(folderPath: string, { settings }: Floor): string | null {
  return settings.incoming.some(({ path }) => dirname(folderPath) === path) ? folderPath : null;
}

async function knownJob(read: Reader, job: JobRow): Promise<KnownJob> {
  const { id, order, job: jobNo, named, hasTicket, ticketFiles, missing, files } = job;
  const ticketFolders = hasTicket ? await read.ownFoldersOf(id) : [];
  return { id, order, job: jobNo, named, hasTicket, finished: finishedStages.has(job.stage), ticketFiles, missing, files, ticketFolders };
}

async function known(read: Reader, rows: readonly (JobRow | null)[]): Promise<KnownJob[]> {
  const jobs = new Map(rows.flatMap((job) => (job === null ? [] : [[job.id, job] as const])));
  const found: KnownJob[] = [];
  for (const job of jobs.values()) found.push(await knownJob(read, job));
  return found.sort((a, b) => a.id - b.id);
}

/** Jobs with a ticket from the sub-folder of a file; none where tickets of several orders lay, since such a folder proves nothing. */
async function jobsOfFolder(
  read: Reader,
  floor: Floor,
  { name, folderPath }: Pick<Arriving, 'name' | 'folderPath'>,
): Promise<{ folder: string | null; jobs: JobRow[]; more: boolean }> {
  const folder = subFolder(folderPath, floor);
  const tickets = folder === null ? null : await read.ticketsIn(folder);
  if (folder === null || tickets?.isOneOrders !== true) return { folder: null, jobs: [], more: false };
  const { jobIds, more } = tickets;
  return { folder, jobs: [...(await read.jobRows(jobIds)), ...(more ? await read.jobsNaming(folder, name) : [])], more };
}

/** What a name alone can point to: asked where nothing better does. */
async function jobsByName(read: Reader, { name, sha256 }: Arriving): Promise<(JobRow | null)[]> {
  const { bare, version, conflictCopy } = readSigns(name);
  const found = [...(await read.ticketedJobsWithFile(name)), ...(await read.ticketedJobsWithContent(sha256))];
  found.push(...[await read.unnamedJobWithContent(sha256)].filter((job) => job !== null));
  if (version !== null || conflictCopy)
    found.push(
      ...(await read.jobsMissing(bare)).jobs,
      ...(await read.ticketedJobsWithFile(bare)),
      ...(await read.unnamedJobsWithFile(bare)),
    );
  return found;
}

/** A file that was written over lay there no longer than its move into the archive may take. Ms. */
const overwrittenWithinMs = 10 * 60 * 1000;

/** What waits at its place to be filed. Where files are kept until somebody says whose they are, the same place is another file's later. */
function atPlaceOf({ path, folderPath }: Arriving, unfiledThere: readonly FileRow[], at: number): ArrivedFile['atPlaceOf'] {
  const [unfiled] = dirname(path) === folderPath ? unfiledThere : [];
  return unfiled === undefined ? null : { jobId: unfiled.jobId, recent: unfiled.arrivedAt >= at - overwrittenWithinMs };
}

/** `unfiledThere`: what is on record as lying at its place, newest first. */
export async function gatherForFile(
  read: Reader,
  floor: Floor,
  file: Arriving,
  unfiledThere: readonly FileRow[],
  at: number,
): Promise<{ facts: ArrivedFile; jobs: KnownJob[] }> {
  const named = numberIn(file.name, floor);
  const numbered = named === null ? null : await read.jobByNumber(named.order, named.job);
  // The number of a job that is part of another by now names that one.
  const number = named === null || numbered === null ? named : { ...named, order: numbered.order, job: numbered.job };
  const { folder, jobs: inFolder, more: moreInFolder } = await jobsOfFolder(read, floor, file);
  const place = atPlaceOf(file, unfiledThere, at);
  const { jobs: awaiting, more: moreWaiting } = await read.jobsMissing(file.name);
  // Where a ticket waits for the name, it may be the correction of what another order has by that name.
  const having = awaiting.length === 0 ? [] : await read.ticketedJobsWithFile(file.name);
  const certain = [numbered, ...inFolder, ...awaiting, ...having];
  const isProven = number !== null || place?.recent === true || certain.some((job) => job !== null);
  const others = [...(place === null ? [] : [await read.job(place.jobId)]), ...(isProven ? [] : await jobsByName(read, file))];
  const facts = { name: file.name, sha256: file.sha256, folder, moreInFolder, moreWaiting, number, atPlaceOf: place };
  return { facts, jobs: await known(read, [...certain, ...others]) };
}

/** Does a ticket on record wait for it: by its number, in its sub-folder, or by its name? Then nothing that is still to be read is waited for. */
export async function isExpected(read: Reader, floor: Floor, file: Pick<Arriving, 'name' | 'folderPath'>): Promise<boolean> {
  const number = numberIn(file.name, floor);
  if (number !== null && (await read.jobByNumber(number.order, number.job))?.hasTicket === true) return true;
  const folder = subFolder(file.folderPath, floor);
  const tickets = folder === null ? null : await read.ticketsIn(folder);
  if (tickets?.isOneOrders === true && tickets.jobIds.length > 0) return true;
  return (await read.jobsMissing(file.name)).jobs.length > 0;
}

/** A ticket that comes later than this has to do with newer files. Ms. */
const recentMs = 3 * 24 * 60 * 60 * 1000;

/** A sub-folder that may be an order's own; asked once for each. */
function meaningfulFolders(read: Reader, floor: Floor): (folderPath: string) => Promise<string | null> {
  const known = new Map<string, string | null>();
  return async (folderPath) => {
    const folder = subFolder(folderPath, floor);
    if (folder !== null && !known.has(folder)) known.set(folder, (await read.ticketsIn(folder)).isOneOrders ? folder : null);
    return folder === null ? null : (known.get(folder) ?? null);
  };
}

async function namelessJob(read: Reader, meaningful: ReturnType<typeof meaningfulFolders>, job: JobRow, at: number): Promise<NamelessJob> {
  const files: { name: string; folder: string | null }[] = [];
  for (const { name, sourcePath } of await read.files(job.id)) files.push({ name, folder: await meaningful(dirname(sourcePath)) });
  const recent = Date.parse(job.createdAt) >= at - recentMs;
  return { id: job.id, recent, untouched: Object.values(job.tracks).every(({ actor }) => isMachine(actor)), files };
}

/** Where the ticket lay, and the names (as `nameKey` makes them) that other tickets of its list name as well; null for one that came by the API. */
export type TicketPlace = { readonly name: string; readonly folderPath: string; readonly sharedNames: ReadonlySet<string> };

/** Files of a ticket that somebody else may mean by the same name. */
async function sharedNamesOf(read: Reader, ticket: Pick<Ticket, 'files'>, place: TicketPlace | null): Promise<string[]> {
  const shared: string[] = [];
  for (const name of ticket.files) {
    const isNamedTwice = place?.sharedNames.has(nameKey(name)) === true;
    if (isNamedTwice || (await read.jobsMissing(name)).jobs.length > 0) shared.push(name);
  }
  return shared;
}

/** `ticket.files`: those whose job is looked for. */
export async function gatherForTicket(
  read: Reader,
  floor: Floor,
  ticket: Pick<Ticket, 'files'>,
  place: TicketPlace | null,
  at: number,
): Promise<{ facts: ArrivedTicket; jobs: NamelessJob[] }> {
  const meaningful = meaningfulFolders(read, floor);
  const folder = place === null ? null : await meaningful(place.folderPath);
  const rows = folder === null ? [] : await read.unnamedJobsFrom(folder);
  for (const name of ticket.files) rows.push(...(await read.unnamedJobsWithFile(name)));
  const jobs: NamelessJob[] = [];
  for (const row of new Map(rows.map((job) => [job.id, job])).values())
    if (!finishedStages.has(row.stage)) jobs.push(await namelessJob(read, meaningful, row, at));
  const shared = jobs.length === 0 ? [] : await sharedNamesOf(read, ticket, place);
  return { facts: { files: ticket.files, folder, shared }, jobs };
}
