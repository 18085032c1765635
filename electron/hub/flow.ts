/**
 * The way of a job through the hub, from an arrival to the queue of a printer; the page to read first.
 *
 *   a settled file  -> is it safe, known, whole?  no -> rejected/, with the reason beside it
 *                   -> a ticket                   -> read, on record, filed
 *                   -> a print file               -> hashed, on record with its deliveries, filed
 *   the hot folder's own loop sends what is on record (deliver/), and follows what becomes of it
 *
 * Each step can be run again after the program died in it: what is on record is found, what is moved is not moved twice.
 */
import { basename, dirname, join } from 'node:path';
import { cleanLine } from '../../shared/clean-text.ts';
import { type ReasonCode, reasonEntry } from '../../shared/reason.ts';
import { isSafeName } from '../../shared/safe-name.ts';
import type { Ticket } from '../../shared/ticket.ts';
import { crashPoint } from './crash-point.ts';
import { found } from './disk/fault.ts';
import type { Disk } from './disk/operations.ts';
import { hasLostLetters } from './disk/raw-name.ts';
import { type Stamp, sameStamp } from './disk/stamp.ts';
import { dayFolder, moveInto, type Rejection, rejectionText } from './flow/file-away.ts';
import { type ArrivingFile, takeFile } from './flow/file-in.ts';
import { fileLeftovers, fileOriginal } from './flow/file-original.ts';
import { type FlowParts, system } from './flow/flow-parts.ts';
import { requestDelivery } from './flow/request-delivery.ts';
import { type TicketTaken, takeTicket } from './flow/ticket-in.ts';
import { checkTicket, longestTicket, parseTicketFile } from './intake/tickets/parse.ts';
import type { Settled } from './intake/watch/watch-folder.ts';
import { type Flow, Refusal } from './parts.ts';
import { checkWholeness, type Wholeness } from './prepare/check.ts';
import { isTicketType, typeOf } from './prepare/file-types.ts';

export type ArrivalFlow = Flow & {
  /** Takes a settled file from a watched folder. Rejects only when it could not even be put aside; then it is offered again. */
  arrive(file: Settled<Wholeness>, location: 'local' | 'network'): Promise<void>;
  /** Files on record that a crash kept from being filed. */
  fileLeftovers(): Promise<void>;
};

const ticketsAtOnce = 50;

const wholenessReasons: Readonly<Record<Exclude<Wholeness['kind'], 'whole' | 'unknown'>, ReasonCode>> = {
  notWhole: 'NotWhole',
  notWhatItSays: 'NotWhatItSays',
  empty: 'EmptyFile',
};

export function makeFlow(parts: FlowParts): ArrivalFlow {
  const { store, disks, now, floor } = parts;

  const diskOf = (path: string, location: 'local' | 'network'): Disk => disks.of({ path, location });

  const reject = async (disk: Disk, file: Settled<Wholeness>, rejection: Rejection): Promise<void> => {
    const at = now();
    let path = file.path;
    if (rejection.code !== 'Unreadable') {
      path = await moveInto(disk, file.path, parts.rejectedPath, file.name, file.stamp);
      await disk.writeNote(`${path}.reason.txt`, rejectionText(file.name, file.folderPath, rejection, at));
    }
    await store.write((tx) =>
      tx.addArrival({
        name: file.name,
        folder: file.folderPath,
        at,
        outcome: 'rejected',
        jobId: null,
        reasonCode: rejection.code,
        detail: rejection.detail,
        path,
        sha256: file.content?.sha256 ?? null,
      }),
    );
    parts.log(`Rejected ${JSON.stringify(file.name)}: ${rejection.code}${rejection.detail === null ? '' : ` (${rejection.detail})`}`);
  };

  /** Why a file is not accepted, as far as its name and its two ends tell. */
  const objection = (file: Settled<Wholeness>): Rejection | null => {
    if (hasHostileName(file)) return { code: 'HostileName', detail: JSON.stringify(file.name) };
    if (file.fault !== null) return { code: 'Unreadable', detail: `${file.fault.code}: ${file.fault.message}` };
    if (file.content === null) return { code: 'NotAPlainFile', detail: null };
    const type = typeOf(file.name);
    const folders = floor().hotFolders;
    const accepted =
      type !== '' && (folders.length === 0 || folders.some((folder) => folder.types.length === 0 || folder.types.includes(type)));
    if (!(accepted || isTicketType(type))) return { code: 'TypeUnknown', detail: type === '' ? 'it has no extension' : `.${type}` };
    const check = file.content.verdict;
    if (check.kind === 'whole' || check.kind === 'unknown') return null;
    return { code: wholenessReasons[check.kind], detail: check.kind === 'empty' ? null : check.raw };
  };

  /** Some at a time, so that a list of twenty thousand rows does not keep every scan on the floor waiting. */
  const takeTickets = async (tickets: readonly Ticket[], at: number): Promise<TicketTaken[]> => {
    const taken: TicketTaken[] = [];
    for (let from = 0; from < tickets.length; from += ticketsAtOnce) {
      const some = await store.write(async (tx) => {
        const results: TicketTaken[] = [];
        for (const ticket of tickets.slice(from, from + ticketsAtOnce)) results.push(await takeTicket(tx, floor(), ticket, at, system));
        return results;
      });
      for (const id of new Set(some.flatMap((one) => one.hotFolderIds))) parts.wakeFolder(id);
      taken.push(...some);
    }
    return taken;
  };

  const arriveTicket = async (disk: Disk, file: Settled<Wholeness>): Promise<void> => {
    const bytes = await disk.readSmall(file.path, longestTicket(file.name));
    const parsed =
      bytes === null
        ? ({ ok: false, code: 'TicketTooLarge', detail: `${file.stamp.size} bytes` } as const)
        : parseTicketFile(file.name, bytes, floor().settings);
    if (!parsed.ok) {
      await reject(disk, file, parsed);
      return;
    }
    const at = now();
    try {
      const taken = await takeTickets(parsed.tickets, at);
      await store.write((tx) =>
        tx.addArrival({
          name: file.name,
          folder: file.folderPath,
          at,
          outcome: 'ticket',
          jobId: taken[0]?.jobId ?? null,
          reasonCode: null,
          detail: ticketDetail(taken.length, parsed.readAs),
          path: null,
          sha256: null,
        }),
      );
      await moveInto(disk, file.path, join(parts.archivePath, dayFolder(at)), file.name, file.stamp);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await reject(disk, file, { code: 'BrokenTicket', detail: error.message });
    }
  };

  /** Takes over what lies at a path, and files it. @throws DiskFault `SourceChanged` when other content lies there meanwhile: to be offered anew */
  const takeOver = async (disk: Disk, file: ArrivingFile, stamp: Stamp): Promise<void> => {
    const taken = await takeFile(parts, file);
    crashPoint('arrival-recorded');
    if (taken.file === null)
      await moveInto(disk, file.path, join(parts.archivePath, 'duplicates', dayFolder(now())), basename(file.name), stamp);
    else await fileOriginal(parts, disk, taken.file, stamp);
    crashPoint('original-filed');
    for (const id of taken.hotFolderIds) parts.wakeFolder(id);
  };

  const arrivePrintFile = async (disk: Disk, file: Settled<Wholeness>): Promise<void> => {
    const inspection =
      file.content?.sha256 == null
        ? await disk.inspect(file.path, Number.MAX_SAFE_INTEGER)
        : { ...file.stamp, sha256: file.content.sha256 };
    if (inspection.sha256 === null || !sameStamp(inspection, file.stamp))
      throw found('SourceChanged', 'changed since it was complete', file.path);
    const { path, folderPath, stamp } = file;
    const name = cleanLine(file.name);
    const { size, sha256 } = inspection;
    await takeOver(disk, { name, path, folderPath, size, sha256, type: typeOf(name), jobId: null, actor: system }, stamp);
  };

  return {
    arrive: async (file, location) => {
      const disk = diskOf(file.folderPath, location);
      const rejection = objection(file);
      if (rejection !== null) await reject(disk, file, rejection);
      else if (isTicketType(typeOf(file.name))) await arriveTicket(disk, file);
      else await arrivePrintFile(disk, file);
    },
    acceptTicket: async (given: Ticket, caller) => {
      const checked = checkTicket(given, floor().settings);
      if (!checked.ok) throw refusalOf(checked);
      const [ticket] = checked.tickets;
      const taken = await store.write((tx) => takeTicket(tx, floor(), ticket, now(), caller.actor));
      for (const id of taken.hotFolderIds) parts.wakeFolder(id);
      return taken.jobId;
    },
    acceptFile: async (jobId, name, path, caller) => {
      const inspection = await disks.local.inspect(path, Number.MAX_SAFE_INTEGER);
      const { size, mtimeMs, ino, sha256 } = inspection;
      const stamp = { size, mtimeMs, ino };
      const folderPath = dirname(path);
      const rejection = objection({
        folderPath,
        path,
        name,
        stamp,
        content: {
          sha256,
          verdict: await checkWholeness(typeOf(name), inspection, (at, length) => disks.local.readPart(path, stamp, at, length)),
        },
        fault: null,
      });
      if (rejection !== null || sha256 === null) {
        await disks.local.removeFile(path);
        throw refusalOf(rejection);
      }
      const folder = `upload by ${caller.actor}`;
      const arriving = {
        name: cleanLine(basename(name)),
        path,
        folderPath: folder,
        size,
        sha256,
        type: typeOf(name),
        jobId,
        actor: caller.actor,
      };
      await takeOver(disks.local, arriving, stamp);
    },
    requestDelivery: (jobId, request, caller) => requestDelivery(parts, jobId, request, caller),
    answerArrival: () => Promise.reject(new Refusal('NOT_NOW', 'Nothing is asked about this arrival.', 'Load the list again.')),
    fileLeftovers: () => fileLeftovers(parts),
  };
}

function ticketDetail(jobs: number, readAs: string | null): string | null {
  const said = [
    ...(jobs === 1 ? [] : [`${jobs} jobs`]),
    ...(readAs === null ? [] : [`read as ${readAs}, since it is no UTF-8: check the umlauts, or save it as "CSV UTF-8"`]),
  ];
  return said.length === 0 ? null : said.join('; ');
}

function hasHostileName({ name, content }: Settled<Wholeness>): boolean {
  return !isSafeName(name) || (content === null && hasLostLetters(name));
}

function refusalOf(rejection: Rejection | null): Refusal {
  const code = rejection?.code ?? 'NotWhole';
  const { what, todo } = reasonEntry(code);
  return new Refusal('BAD_REQUEST', rejection?.detail == null ? what.en : `${what.en} (${rejection.detail})`, todo.en);
}
