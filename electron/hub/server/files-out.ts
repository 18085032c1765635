/**
 * Hands out a file of a job, or one that a person is asked about. Which file on disk that is, the record alone decides: no part of a path ever comes from a request.
 * What lies there and is not what is on record, by its whole content, is not handed out. What is sent whole is hashed as it is sent, and its last piece kept back until
 * that is the content on record; of ranges the content is asked before and after (content-check.ts), so that on a share, which is never read twice, there are none.
 */

import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { said } from '../../../shared/words/say.ts';
import { asDiskFault, errnoOf } from '../disk/fault.ts';
import { openPlain } from '../disk/plain.ts';
import type { FileAway, KeptFiles } from '../kept-files.ts';
import type { Log } from '../log.ts';
import { Refusal } from '../parts.ts';
import { typeOf } from '../prepare/file-types.ts';
import type { FileRow, Store } from '../store/store.ts';
import type { Asker, ContentCheck, ContentVerdict } from './content-check.ts';
import { attachment } from './file-name.ts';
import { problem } from './problem.ts';

const types: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  tif: 'image/tiff',
  tiff: 'image/tiff',
};

export type FilesOut = {
  readonly store: Pick<Store, 'read'>;
  readonly log: Log;
  readonly kept: Pick<KeptFiles, 'away'>;
  readonly holds: ContentCheck;
};

/** One request for a file, and who waits for it. */
export type Exchange = { readonly request: IncomingMessage; readonly response: ServerResponse; readonly asker: Asker };

/** `places`: where it may lie, likeliest first. */
type Kept = Pick<FileRow, 'name' | 'type' | 'size' | 'sha256'> & { readonly places: readonly string[] };

/** The original in the archive, or where it was found when it is not filed yet. */
export async function sendFile(files: FilesOut, exchange: Exchange, jobId: number, fileId: number): Promise<void> {
  const row = await files.store.read.file(fileId);
  if (row === null || row.jobId !== jobId) throw new Refusal('NOT_FOUND', said('refusals.noSuchFile', { job: jobId, file: fileId }));
  await sendKept(files, exchange, { ...row, places: row.filed ? [row.archivePath] : [row.sourcePath, row.archivePath] });
}

/** What somebody must look at to say whose it is. */
export async function sendAsked(files: FilesOut, exchange: Exchange, arrivalId: number): Promise<void> {
  const asked = await files.store.read.askedArrival(arrivalId);
  const size = asked?.question.size ?? null;
  if (asked === null || asked.path === null || asked.sha256 === null || size === null)
    throw new Refusal('NOT_FOUND', said('refusals.noAskedFile', { arrival: arrivalId }));
  const { name, path, sha256 } = asked;
  await sendKept(files, exchange, { name, type: typeOf(name), size, sha256, places: [path] });
}

/** A file as it can be read: open here, or lying on a share. */
type Source = {
  readonly place: string;
  /** Is it what is on record now? Null on a share, where only what was sent can tell. */
  readonly verdict: (() => Promise<ContentVerdict>) | null;
  /** Fewer bytes than asked for where it ends or a piece is long; none: it has ended. */
  read(at: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
};

async function sendKept(files: FilesOut, exchange: Exchange, kept: Kept): Promise<void> {
  const source = await openKept(files, exchange.asker, kept);
  try {
    await send(files, source, kept, exchange);
  } finally {
    await source.close();
  }
}

async function send(files: FilesOut, source: Source, row: Kept, { request, response }: Exchange): Promise<void> {
  const etag = `"${row.sha256}"`;
  response.setHeader('ETag', etag);
  response.setHeader('Accept-Ranges', source.verdict === null ? 'none' : 'bytes');
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304).end();
    return;
  }
  const ifRange = request.headers['if-range'];
  const mayBePart = source.verdict !== null && (ifRange === undefined || ifRange === etag);
  const range = mayBePart ? parseRange(request.headers.range, row.size) : 'whole';
  if (range === 'unsatisfiable') {
    response.setHeader('Content-Range', `bytes */${row.size}`);
    throw problem('RANGE_NOT_SATISFIABLE', said('refusals.noSuchRange', { bytes: row.size }));
  }
  const { start, end } = range === 'whole' ? { start: 0, end: row.size - 1 } : range;
  if (range !== 'whole') response.setHeader('Content-Range', `bytes ${start}-${end}/${row.size}`);
  response.writeHead(range === 'whole' ? 200 : 206, {
    'Content-Type': types[row.type] ?? 'application/octet-stream',
    'Content-Length': end - start + 1,
    'Content-Disposition': attachment(row.name),
  });
  if (request.method === 'HEAD' || end < start) {
    response.end();
    return;
  }
  await pipeline(piecesOf(files, source, row, start, end), response);
}

/** Bytes read at once. */
const pieceBytes = 256 * 1024;

/** The last piece is given only when the content is the one on record: whoever gets less than he was told has no file. */
async function* piecesOf({ log }: FilesOut, source: Source, { name, size, sha256 }: Kept, start: number, end: number) {
  const hash = end - start + 1 === size ? createHash('sha256') : null;
  const isRight = async (): Promise<boolean> =>
    hash === null ? (await source.verdict?.()) === 'holds' : hash.copy().digest('hex') === sha256;
  const read = async (at: number, length: number): Promise<Uint8Array> => {
    try {
      return await source.read(at, length);
    } catch (error) {
      if (errnoOf(error) === null) throw error;
      log`Not read to its end: ${name} at ${source.place} (${asDiskFault(error)})`;
      throw new Refusal('NOT_NOW', said('refusals.fileEndsEarly'));
    }
  };
  for (let at = start; at <= end; ) {
    const piece = await read(at, Math.min(pieceBytes, end + 1 - at));
    hash?.update(piece);
    at += piece.length;
    if (piece.length === 0 || (at > end && !(await isRight()))) {
      log`Not handed out to its end: ${name} at ${source.place} was changed meanwhile`;
      throw new Refusal('NOT_NOW', said('refusals.fileChanged'));
    }
    yield piece;
  }
}

/** Nothing lies there, something else does, or what lies there does not stand still. */
type NotIt = 'nothing' | 'other' | 'unsteady';

async function openAway(away: FileAway, place: string, { size }: Kept): Promise<Source | NotIt> {
  const stamp = await away.stamp();
  if (stamp === null) return 'nothing';
  if (stamp.size !== size) return 'other';
  return { place, verdict: null, read: (at, length) => away.part(stamp, at, length), close: async () => undefined };
}

async function openHere({ holds }: FilesOut, asker: Asker, place: string, { size, sha256 }: Kept): Promise<Source | NotIt> {
  const { file, info } = await openPlain(place);
  const verdict = (): Promise<ContentVerdict> => holds(place, file, sha256, asker);
  try {
    const found = info.size === size ? await verdict() : 'differs';
    if (found === 'holds') {
      const read = async (at: number, length: number): Promise<Uint8Array> => {
        const piece = Buffer.allocUnsafe(length);
        return piece.subarray(0, (await file.read(piece, 0, length, at)).bytesRead);
      };
      return { place, verdict, read, close: () => file.close() };
    }
    await file.close();
    return found === 'differs' ? 'other' : 'unsteady';
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** It may be moved between the look and the opening. */
async function openKept(files: FilesOut, asker: Asker, kept: Kept): Promise<Source> {
  const found = new Map<NotIt | 'silent', string>();
  for (const place of [...kept.places, ...kept.places]) {
    try {
      const away = await files.kept.away(place);
      const opened = await (away === null ? openHere(files, asker, place, kept) : openAway(away, place, kept));
      if (typeof opened !== 'string') return opened;
      found.set(opened, place);
    } catch (error) {
      const code = errnoOf(error);
      if (asker.leaves.aborted || error instanceof Refusal || code === null) throw error;
      if (notThere.has(code)) continue;
      files.log`Cannot be handed out now: ${kept.name} at ${place} (${asDiskFault(error)})`;
      found.set('silent', place);
    }
  }
  throw whyNot(files, kept, found);
}

/** What may go by is said first: it need only be asked for again. */
function whyNot({ log }: FilesOut, { name }: Kept, found: ReadonlyMap<NotIt | 'silent', string>): Refusal {
  if (found.has('silent')) return new Refusal('NOT_NOW', said('refusals.diskGivesNothing'));
  if (found.has('unsteady')) return new Refusal('NOT_NOW', said('refusals.fileChanged'));
  const other = found.get('other');
  if (other === undefined) return new Refusal('NOT_FOUND', said('refusals.fileNotThere'));
  log`Not handed out: what lies at ${other} is not ${name} as it is on record`;
  return new Refusal('NOT_FOUND', said('refusals.fileIsOther'));
}

const notThere: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO', 'NotAPlainFile']);

export type Range = { readonly start: number; readonly end: number } | 'whole' | 'unsatisfiable';

/** One range of bytes, both ends included; several at once, or a header that makes no sense, mean the whole file. Pure. */
export function parseRange(header: string | undefined, size: number): Range {
  const found = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  const [, from = '', to = ''] = found ?? [];
  if (from === '' && to === '') return 'whole';
  if (from === '') return Number(to) === 0 || size === 0 ? 'unsatisfiable' : { start: Math.max(0, size - Number(to)), end: size - 1 };
  if (to !== '' && Number(to) < Number(from)) return 'whole';
  if (Number(from) >= size) return 'unsatisfiable';
  return { start: Number(from), end: to === '' ? size - 1 : Math.min(Number(to), size - 1) };
}
