/** Writes what streams in to a new file: whole and flushed, or an error. Never more than a file may have, and never into the room that the record needs. */
import { open, statfs } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { problem } from './problem.ts';

/** Larger than any print file of a shop; a disk is never filled by one sender alone. */
export const mostUploadBytes = 20 * 1024 ** 3;
/** Free space that uploads leave alone: the record, its copies and the original that is just being filed. */
export const keptFreeBytes = 512 * 1024 ** 2;
/** The free space is asked again after so many bytes. */
const askEveryBytes = 8 * 1024 ** 2;

/** @throws 413 or 507 when so many bytes are not to be taken. A length that was told is only a first guess: the bytes are counted as they come. */
export async function checkRoom(folderPath: string, bytes: number): Promise<void> {
  if (bytes > mostUploadBytes)
    throw problem('PAYLOAD_TOO_LARGE', 'The file is larger than 20 GB.', 'Put it into an incoming folder, or make it smaller.');
  const { bavail, bsize } = await statfs(folderPath);
  if (bavail * bsize - bytes < keptFreeBytes)
    throw problem(
      'INSUFFICIENT_STORAGE',
      'There is no room for this file: the last free space is kept for the record.',
      'Make room on the disk of the hub, then send it again.',
    );
}

/** Leaves `source` open, so that a sender whose file cannot be kept can still be told. */
export async function save(source: Readable, landingPath: string): Promise<void> {
  const folderPath = path.dirname(landingPath);
  await checkRoom(folderPath, 0);
  const file = await open(landingPath, 'wx', 0o600);
  try {
    await file.writeFile(counted(source, folderPath));
    await file.sync();
  } finally {
    await file.close();
  }
}

async function* counted(source: Readable, folderPath: string): AsyncGenerator<Buffer> {
  let bytes = 0;
  let askedAt = 0;
  for await (const part of source.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > mostUploadBytes || bytes - askedAt >= askEveryBytes) {
      // What has come is on the disk already, but for the part that is in hand
      await checkRoom(folderPath, bytes > mostUploadBytes ? bytes : part.length);
      askedAt = bytes;
    }
    yield part;
  }
}
