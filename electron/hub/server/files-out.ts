/**
 * Hands out a file of a job, or one that a person is asked about. Which file on disk that is, the record alone decides: no part of a path ever comes from a request.
 * What lies there and is not what is on record, by its whole content, is not handed out; what becomes another while it is handed out never comes to its end.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { errnoOf } from '../disk/fault.ts';
import type { OpenFile } from '../disk/files.ts';
import { openPlain } from '../disk/plain.ts';
import type { Log } from '../log.ts';
import { Refusal } from '../parts.ts';
import { typeOf } from '../prepare/file-types.ts';
import type { FileRow, Store } from '../store/store.ts';
import type { ContentCheck } from './content-check.ts';
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

export type FilesOut = { readonly store: Pick<Store, 'read'>; readonly log: Log; readonly holds: ContentCheck };

/** `places`: where it may lie, likeliest first. */
type Kept = Pick<FileRow, 'name' | 'type' | 'size' | 'sha256'> & { readonly places: readonly string[] };

/** The original in the archive, or where it was found when it is not filed yet. */
export async function sendFile(
  files: FilesOut,
  request: IncomingMessage,
  response: ServerResponse,
  jobId: number,
  fileId: number,
): Promise<void> {
  const row = await files.store.read.file(fileId);
  if (row === null || row.jobId !== jobId)
    throw new Refusal('NOT_FOUND', `Job ${jobId} has no file with the id ${fileId}.`, 'Take the id from the files of the job.');
  await sendKept(files, { ...row, places: row.filed ? [row.archivePath] : [row.sourcePath, row.archivePath] }, request, response);
}

/** What somebody must look at to say whose it is. */
export async function sendAsked(files: FilesOut, request: IncomingMessage, response: ServerResponse, arrivalId: number): Promise<void> {
  const asked = await files.store.read.askedArrival(arrivalId);
  const size = asked?.question.size ?? null;
  if (asked === null || asked.path === null || asked.sha256 === null || size === null)
    throw new Refusal('NOT_FOUND', `Arrival ${arrivalId} has no file that is asked about.`, 'Load the list again.');
  const { name, path, sha256 } = asked;
  await sendKept(files, { name, type: typeOf(name), size, sha256, places: [path] }, request, response);
}

type Opened = { readonly file: OpenFile; readonly place: string };

async function sendKept(files: FilesOut, kept: Kept, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const opened = await openKept(files, kept);
  try {
    await send(files, opened, kept, request, response);
  } finally {
    await opened.file.close();
  }
}

async function send(files: FilesOut, opened: Opened, row: Kept, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const etag = `"${row.sha256}"`;
  response.setHeader('ETag', etag);
  response.setHeader('Accept-Ranges', 'bytes');
  response.setHeader('Cache-Control', 'private, no-cache');
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304).end();
    return;
  }
  const ifRange = request.headers['if-range'];
  const range = ifRange === undefined || ifRange === etag ? parseRange(request.headers.range, row.size) : 'whole';
  if (range === 'unsatisfiable') {
    response.setHeader('Content-Range', `bytes */${row.size}`);
    throw problem('RANGE_NOT_SATISFIABLE', `The file has only ${row.size} bytes.`, 'Ask for a range within the file.');
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
  await pipeline(piecesOf(files, opened, row, start, end), response);
}

/** Bytes read at once. */
const pieceBytes = 256 * 1024;

/** The last piece is given only while the content is still the one on record: whoever gets less than he was told has no file. */
async function* piecesOf({ holds, log }: FilesOut, { file, place }: Opened, { name, sha256 }: Kept, start: number, end: number) {
  for (let at = start; at <= end; ) {
    const piece = Buffer.allocUnsafe(Math.min(pieceBytes, end + 1 - at));
    const { bytesRead } = await file.read(piece, 0, piece.length, at);
    at += bytesRead;
    if (bytesRead === 0 || (at > end && (await holds(place, file, sha256)) !== 'holds')) {
      log`Not handed out to its end: ${name} at ${place} was changed meanwhile`;
      throw new Refusal('NOT_NOW', 'The file was changed while it was handed out.', 'Ask for it again.');
    }
    yield piece.subarray(0, bytesRead);
  }
}

/** It may be moved between the look and the opening. */
async function openKept({ holds, log }: FilesOut, { name, places, size, sha256 }: Kept): Promise<Opened> {
  let other: string | null = null;
  for (const place of [...places, ...places]) {
    const opened = await openPlain(place).catch((error: unknown) => {
      if (notThere.has(errnoOf(error))) return null;
      throw error;
    });
    if (opened === null) continue;
    const { file, info } = opened;
    const verdict = info.size === size ? await holds(place, file, sha256) : 'differs';
    if (verdict === 'holds') return { file, place };
    await file.close();
    if (verdict === 'differs') other = place;
  }
  if (other === null)
    throw new Refusal(
      'NOT_FOUND',
      'The file is on record, but it is no longer where it was kept.',
      'Look into the archive folder, or put the file into the incoming folder again.',
    );
  log`Not handed out: what lies at ${other} is not ${name} as it is on record`;
  throw new Refusal(
    'NOT_FOUND',
    'The file is on record, but what lies in its place is something else.',
    'Ask who changed it there, and put the right file into the incoming folder again.',
  );
}

const notThere: ReadonlySet<string | null> = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO', 'NotAPlainFile']);

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
