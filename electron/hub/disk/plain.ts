/**
 * Opens plain files to read them. Whoever may write into a folder may put a pipe, a device or a link there in the moment before: what was opened is asked what it
 * is, and nothing is read without a limit.
 */

import { said } from '../../../shared/words/say.ts';
import { found } from './fault.ts';
import { files, type OpenFile } from './files.ts';
import type { DiskPath } from './raw-name.ts';
import type { FileInfo } from './stamp.ts';

export type PlainFile = { readonly file: OpenFile; readonly info: FileInfo };

/** @throws DiskFault `NotAPlainFile`, or the system's: ELOOP where a link lies there */
export async function openPlain(path: DiskPath): Promise<PlainFile> {
  const file = await files.open(path);
  try {
    const info = await file.stat();
    if (info.kind !== 'file') throw found('NotAPlainFile', said('found.noPlainFile'), path.toString());
    return { file, info };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Up to `length` bytes from `position`; fewer where it ends. */
export async function readAt(file: OpenFile, position: number, length: number): Promise<Uint8Array> {
  const buffer = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

/** A list of mounts has some kilobytes: whoever made room for the longest there may be would fill memory with nothing, at each look. */
const pieceBytes = 4096;

/** Until it gives no more, and at most so many bytes. */
async function readOn(file: OpenFile, most: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for (let at = 0, isOver = false; at < most && !isOver; ) {
    const length = Math.min(Math.max(pieceBytes, at), most - at);
    const piece = await readAt(file, at, length);
    pieces.push(piece);
    at += piece.length;
    isOver = piece.length < length;
  }
  return Buffer.concat(pieces);
}

/** What a small file of ours says; `text` is null where it is longer than `limit` bytes. @throws DiskFault as `openPlain` */
export async function readLittle(path: string, limit: number): Promise<{ readonly text: string | null; readonly info: FileInfo }> {
  const { file, info } = await openPlain(path);
  try {
    if (info.size > limit) return { text: null, info };
    // What the system lists in files says no size.
    const bytes = info.size > 0 ? await readAt(file, 0, info.size) : await readOn(file, limit + 1);
    return { text: bytes.length > limit ? null : Buffer.from(bytes).toString(), info };
  } finally {
    await file.close();
  }
}
