/** Verified copies: made under a temporary name, flushed, and read back. What is not what it should be is removed again. */

import { said } from '../../../shared/words/say.ts';
import { crashPoint } from '../crash-point.ts';
import { errnoOf, found, withPath } from './fault.ts';
import { files, type OpenFile, type Reader } from './files.ts';
import { checkLive, checkStillLive, type Live } from './live.ts';
import { hashOpenFile } from './look.ts';
import { removeFile } from './naming.ts';
import { openPlain, type PlainFile } from './plain.ts';
import { pumpAndReadBack, pumpThenReadBack } from './pump.ts';
import type { DiskPath } from './raw-name.ts';
import { type Stamp, sameStamp, stampOf } from './stamp.ts';

export type Expected = { readonly size: number; readonly sha256: string };
/**
 * File id and change time of a verified copy; a link or rename alters the change time. `mtimeMs`: left out where a disk may still move its times when nobody has
 * written, as servers of shares do, and Windows when a file is closed.
 */
export type CopyMark = { readonly ino: string; readonly ctimeMs: number; readonly mtimeMs?: number };
/** Tells that a long call is alive. `flushing`: so many bytes are being flushed now, during which nothing can be told. */
export type Report = (bytes: number, flushing?: number) => void;

/** Something else by now, or nothing: it is not there any more. */
const noSource: ReadonlySet<string | null> = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO', 'NotAPlainFile']);

async function openFirst(paths: readonly DiskPath[]): Promise<PlainFile> {
  for (const path of paths) {
    try {
      return await openPlain(path);
    } catch (error) {
      if (!noSource.has(errnoOf(error))) throw error;
    }
  }
  throw found('SourceMissing', said('found.noSuchFile'), `${paths[0] ?? ''}`);
}

async function openTemp(path: string, reader: Reader): Promise<OpenFile> {
  try {
    return await files.make(path, reader);
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
    // Left by an earlier try of ours, as its name says. Whoever may write here can put something else under it: a file or a link goes, and a folder stays.
    if ((await files.lstat(path)).kind === 'folder') throw found('NameTaken', said('found.folderHasName'), path);
    await removeFile(path);
    return await files.make(path, reader);
  }
}

/**
 * Copies the first of `sources` that exists to `tempPath`, flushes it and reads it back. Verified means: what lies at `tempPath` hashes to
 * what was recorded when the file arrived. `live`: the printer's folder it is for, which others read; null: it is kept by us. On a local disk read-back and flush follow right behind the writing; over a network they come after it.
 * @throws DiskFault; the temporary file is then gone
 */
export async function copyVerified(
  sources: readonly DiskPath[],
  tempPath: string,
  expected: Expected,
  live: Live | null,
  network: boolean,
  report: Report,
): Promise<CopyMark> {
  if (live !== null) await checkLive(live);
  const { file: source, info } = await openFirst(sources);
  try {
    const before = stampOf(info);
    if (before.size !== expected.size)
      throw found('SourceChanged', said('found.otherSize', { bytes: before.size, expected: expected.size }), `${sources[0] ?? ''}`);
    const temp = await openTemp(tempPath, live === null ? 'us' : 'everybody');
    let closed = false;
    try {
      // A share that went away since the look above: this lies in its empty mount point, and is removed again.
      if (network && live !== null) await checkStillLive(live);
      crashPoint('temp-opened');
      const { written, hash } = network
        ? await pumpThenReadBack(source, temp, expected.size, report)
        : await pumpAndReadBack(source, temp, expected.size, report);
      const { ino, ctimeMs, mtimeMs, size } = await temp.stat();
      if (written !== expected.size || size !== expected.size || hash !== expected.sha256)
        throw await whoseFault(source, before, expected, tempPath);
      closed = true;
      await temp.close();
      crashPoint('temp-verified');
      return { ino, ctimeMs, ...(!(network || process.platform === 'win32') && { mtimeMs }) };
    } catch (error) {
      if (!closed) await temp.close().catch(() => undefined);
      await removeFile(tempPath).catch(() => undefined);
      throw withPath(error, tempPath);
    }
  } finally {
    await source.close();
  }
}

/** The copy is not what was recorded: did the source change, perhaps without leaving a trace in its stamp, or did the copy go wrong? */
async function whoseFault(source: OpenFile, before: Stamp, expected: Expected, tempPath: string): Promise<Error> {
  if (!sameStamp(before, stampOf(await source.stat()))) return found('SourceChanged', said('found.changedWhileCopied'), tempPath);
  const now = await hashOpenFile(source, expected.size);
  return now === expected.sha256
    ? found('CopyDiffers', said('found.readBackDiffers'), tempPath)
    : found('SourceChanged', said('found.contentNotAsArrived'), tempPath);
}
