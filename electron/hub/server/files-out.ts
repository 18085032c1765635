/**
 * Hands out a file of a job, or one that a person is asked about. Which file on disk that is, the record alone decides: no part of a path ever comes from a request.
 * What lies there under the recorded name but has another size is not handed out.
 */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { Refusal } from '../parts.ts';
import { typeOf } from '../prepare/file-types.ts';
import type { FileRow, Store } from '../store/store.ts';
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

/** `places`: where it may lie, likeliest first. */
type Kept = Pick<FileRow, 'name' | 'type' | 'size' | 'sha256'> & { readonly places: readonly string[] };

/** The original in the archive, or where it was found when it is not filed yet. */
export async function sendFile(
  store: Store,
  request: IncomingMessage,
  response: ServerResponse,
  jobId: number,
  fileId: number,
): Promise<void> {
  const row = await store.read.file(fileId);
  if (row === null || row.jobId !== jobId)
    throw new Refusal('NOT_FOUND', `Job ${jobId} has no file with the id ${fileId}.`, 'Take the id from the files of the job.');
  await sendKept({ ...row, places: row.filed ? [row.archivePath] : [row.sourcePath, row.archivePath] }, request, response);
}

/** What somebody must look at to say whose it is. */
export async function sendAsked(store: Store, request: IncomingMessage, response: ServerResponse, arrivalId: number): Promise<void> {
  const asked = await store.read.askedArrival(arrivalId);
  const size = asked?.question.size ?? null;
  if (asked === null || asked.path === null || asked.sha256 === null || size === null)
    throw new Refusal('NOT_FOUND', `Arrival ${arrivalId} has no file that is asked about.`, 'Load the list again.');
  const { name, path, sha256 } = asked;
  await sendKept({ name, type: typeOf(name), size, sha256, places: [path] }, request, response);
}

async function sendKept(kept: Kept, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const file = await openKept(kept);
  try {
    await send(file, kept, request, response);
  } finally {
    await file.close();
  }
}

async function send(file: FileHandle, row: Kept, request: IncomingMessage, response: ServerResponse): Promise<void> {
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
  await pipeline(file.createReadStream({ start, end, autoClose: false }), response);
}

/** It may be moved between the look and the opening. */
async function openKept({ places, size }: Kept): Promise<FileHandle> {
  for (const place of places) {
    const file = await openPlain(place);
    if (file === null) continue;
    const found = await file.stat();
    if (found.isFile() && found.size === size) return file;
    await file.close();
  }
  throw new Refusal(
    'NOT_FOUND',
    'The file is on record, but it is no longer where it was kept.',
    'Look into the archive folder, or put the file into the incoming folder again.',
  );
}

async function openPlain(place: string): Promise<FileHandle | null> {
  try {
    return await open(place, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR', 'ELOOP'].includes(String(error.code))) return null;
    throw error;
  }
}

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
