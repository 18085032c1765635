/**
 * The way of a job through the hub, from an arrival to the queue of a printer; the page to read first.
 *
 *   a settled file  -> is it safe, known, whole?  no -> rejected/, with the reason beside it
 *                   -> a ticket                   -> read, on record, filed
 *                   -> a print file               -> hashed, on record with its deliveries, filed
 *   the hot folder's own loop sends what is on record (deliver/), and follows what becomes of it
 *
 * The steps (intake, prepare, deliver) never import each other: what joins them for one arrival stands in flow/, and is part of no step.
 *
 * Each step can be run again after the program died in it: what is on record is found, what is moved is not moved twice.
 */
import { basename, dirname } from 'node:path';
import { cleanLine } from '../../shared/clean-text.ts';
import { becauseOf } from '../../shared/reason.ts';
import type { Ticket } from '../../shared/ticket.ts';
import { answerArrival, noSuchQuestion } from './flow/answer.ts';
import type { Rejection } from './flow/file-away.ts';
import { fileLeftovers } from './flow/file-original.ts';
import type { FlowParts } from './flow/flow-parts.ts';
import { forgetLeft, isLeft, tidyLeft } from './flow/left-behind.ts';
import { arrivePrintFile, recordAndFile } from './flow/print-file.ts';
import { reconsiderFile, reconsiderFor } from './flow/reconsider.ts';
import { objectionTo, rejectFile, rejectionOf } from './flow/reject.ts';
import { requestDelivery } from './flow/request-delivery.ts';
import { requestReprint } from './flow/request-reprint.ts';
import { arriveTicket } from './flow/ticket-file.ts';
import { recordTicket } from './flow/ticket-in.ts';
import { isExpected, numberIn } from './flow/whose.ts';
import { checkTicket } from './intake/tickets/check-ticket.ts';
import type { LeftThere, Settled } from './intake/watch/watch-options.ts';
import { moverOf } from './jobs/door.ts';
import { openKeptFiles } from './kept-files.ts';
import { type Flow, Refusal } from './parts.ts';
import { checkWholeness, type Wholeness } from './prepare/check.ts';
import { isTicketType, typeOf } from './prepare/file-types.ts';

export type ArrivalFlow = Flow & {
  /** Takes a settled file from a watched folder. Rejects only when it could not even be put aside; then it is offered again. */
  arrive(file: Settled<Wholeness>, location: 'local' | 'network'): Promise<void>;
  /** Does a name say order and job, by the shop's patterns? */
  isNumbered(name: string): boolean;
  /** Does a ticket on record wait for this file? */
  isExpected(file: { readonly name: string; readonly folderPath: string }): Promise<boolean>;
  /** What was dealt with and still lies in a folder, after one more try to put it away. */
  leftIn(folder: { readonly path: string; readonly location: 'local' | 'network' }): Promise<LeftThere[]>;
  /** What was left at this place is there no more. */
  gone(path: string): Promise<void>;
  /** Files on record that a crash kept from being filed. */
  fileLeftovers(): Promise<void>;
};

export function makeFlow(parts: FlowParts): ArrivalFlow {
  const { store, disks, floor } = parts;

  return {
    arrive: async (file, location) => {
      const disk = disks.of({ path: file.folderPath, location });
      if (file.again && (await isLeft(parts, file.path, file.stamp, file.content?.sha256 ?? null))) return;
      const rejection = objectionTo(file, floor());
      if (rejection !== null) return await rejectFile(parts, disk, file, rejection);
      if (file.again) await forgetLeft(parts, file.path);
      if (isTicketType(typeOf(file.name))) await arriveTicket(parts, disk, file);
      else {
        const recorded = await arrivePrintFile(parts, disk, file).catch((error: unknown) => rejectionOf(error, null));
        if ('code' in recorded) await rejectFile(parts, disk, file, recorded);
        else if (recorded.outcome === 'asked') await reconsiderFile(parts, recorded.arrivalId);
      }
    },
    isNumbered: (name) => numberIn(name, floor()) !== null,
    isExpected: (file) => isExpected(store.read, floor(), file),
    leftIn: async ({ path, location }) => {
      await tidyLeft(parts, await store.read.leftBehindIn(path), disks.of({ path, location }));
      return (await store.read.leftBehindIn(path)).map(({ place, stamp, waits }) => ({ path: place, stamp, waits }));
    },
    gone: (path) => forgetLeft(parts, path),
    acceptTicket: async (given: Ticket, caller) => {
      const checked = checkTicket(given, floor().settings);
      if (!checked.ok) throw refusalOf(checked);
      const [ticket] = checked.tickets;
      const { jobId, hotFolderIds } = await store.write((tx) => recordTicket(parts, tx, ticket, null, moverOf(caller)));
      for (const id of hotFolderIds) parts.wakeFolder(id);
      if (jobId === null) throw new Error('a ticket that came by the API is not on record');
      await reconsiderFor(parts, { folderPath: null, jobIds: [jobId] });
      return jobId;
    },
    acceptFile: async (jobId, name, path, caller) => {
      const inspection = await disks.local.inspect(path, Number.MAX_SAFE_INTEGER);
      const { size, mtimeMs, ino, sha256 } = inspection;
      const stamp = { size, mtimeMs, ino };
      const verdict = await checkWholeness(typeOf(name), inspection, (at, length) => disks.local.readPart(path, stamp, at, length));
      const plain = { folderPath: dirname(path), path, name, stamp, fault: null, again: false, tooDeep: false };
      const rejection = objectionTo({ ...plain, content: { sha256, verdict } }, floor(), 'job');
      if (rejection !== null || sha256 === null) {
        await disks.local.removeFile(path);
        throw refusalOf(rejection);
      }
      const target = { kind: 'job' as const, jobId };
      const folderPath = `upload by ${caller.actor}`;
      const file = {
        name: cleanLine(basename(name)),
        path,
        folderPath,
        stamp,
        sha256,
        type: typeOf(name),
        target,
        mover: moverOf(caller),
        arrivalId: null,
      };
      await recordAndFile(parts, disks.local, file);
    },
    kept: openKeptFiles({ disks, incoming: () => floor().settings.incoming }),
    requestDelivery: (jobId, request, caller) => requestDelivery(parts, jobId, request, caller),
    requestReprint: (jobId, request, caller) => requestReprint(parts, jobId, request, caller),
    answerArrival: async (id, answer, caller) => {
      const came = await answerArrival(parts, id, answer, caller);
      if (came !== null) await reconsiderFor(parts, came);
      const arrival = await store.read.arrival(id);
      if (arrival === null) throw noSuchQuestion();
      return arrival;
    },
    fileLeftovers: async () => {
      await fileLeftovers(parts);
      // Reasons that were being written when the program died.
      await disks.local.clearMoments([parts.rejectedPath], null).catch(() => undefined);
      // What was asked about, and uploads that were dealt with and not put away.
      await tidyLeft(parts, await store.read.leftBehindIn(dirname(parts.askedPath)), disks.local);
    },
  };
}

function refusalOf(rejection: Rejection | null): Refusal {
  const code = rejection?.code ?? 'NotWhole';
  return new Refusal('BAD_REQUEST', becauseOf(code, rejection?.said ?? rejection?.detail ?? null));
}
