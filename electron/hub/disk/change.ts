/**
 * The only code that creates, renames or removes files on the floor's folders. Promises: a file never shows under its final name
 * before it is whole and verified, nothing is ever replaced, and what is reported done has been flushed to disk.
 */
import { constants } from 'node:fs';
import { type FileHandle, link, lstat, mkdir, open, readFile, rename, statfs, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { crashPoint } from '../crash-point.ts';
import { asDiskFault, errnoOf, found } from './fault.ts';
import { chunkBytes, hashOpenFile, noFollow, sameStamp, stampOf } from './look.ts';

/** The marker that tells the live folder from an empty mount point. */
export type Live = { readonly folderPath: string; readonly markerPath: string; readonly marker: string };
export type Expected = { readonly size: number; readonly sha256: string };
/** Inode and change time of a verified copy; a link or rename alters the change time. */
export type CopyMark = { readonly ino: number; readonly ctimeMs: number };
export type Report = (bytes: number) => void;

/** Windows virus scanners and indexers hold fresh files for moments. */
const patienceMs = 10_000;

async function patiently<Result>(act: () => Promise<Result>): Promise<Result> {
  const until = Date.now() + patienceMs;
  for (let wait = 10; ; wait = Math.min(wait * 2, 100)) {
    try {
      return await act();
    } catch (error) {
      const code = errnoOf(error);
      const passing = process.platform === 'win32' && (code === 'EPERM' || code === 'EBUSY' || code === 'EACCES');
      if (!passing || Date.now() > until) throw error;
      await pause(wait);
    }
  }
}

/** @throws DiskFault `FolderMissing` or `NotTheShare` */
export async function checkLive(live: Live): Promise<void> {
  let text: string;
  try {
    text = await readFile(live.markerPath, 'utf8');
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
    const there = await lstat(live.folderPath).then(
      () => true,
      () => false,
    );
    throw there
      ? found('NotTheShare', 'its marker file is missing', live.markerPath)
      : found('FolderMissing', 'no such folder', live.folderPath);
  }
  if (text.trim() !== live.marker) throw found('NotTheShare', 'the marker file belongs to another folder', live.markerPath);
}

async function openFirst(paths: readonly string[]): Promise<FileHandle> {
  for (const path of paths) {
    try {
      return await open(path, constants.O_RDONLY | noFollow);
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') throw error;
    }
  }
  throw found('SourceMissing', 'no such file', paths[0] ?? '');
}

async function openTemp(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx+');
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
    // Left by an earlier try of ours: the name is ours alone.
    await unlink(path);
    return await open(path, 'wx+');
  }
}

/** Reads the next chunk while the last one is being written. */
async function pump(from: FileHandle, to: FileHandle, size: number, report: Report): Promise<number> {
  const length = Math.min(chunkBytes, Math.max(size, 1));
  let current = Buffer.allocUnsafeSlow(length);
  let next = size > length ? Buffer.allocUnsafeSlow(length) : current;
  let position = 0;
  let { bytesRead } = await from.read(current, 0, length, 0);
  while (bytesRead > 0) {
    const writeAll = async (): Promise<void> => {
      for (let done = 0; done < bytesRead; ) done += (await to.write(current, done, bytesRead - done, position + done)).bytesWritten;
    };
    const end = position + bytesRead;
    if (end >= size) {
      await writeAll();
      position = end;
      break;
    }
    const [read] = await Promise.all([from.read(next, 0, length, end), writeAll()]);
    position = end;
    report(position);
    bytesRead = read.bytesRead;
    [current, next] = [next, current];
  }
  return position;
}

/**
 * Copies the first of `sources` that exists to `tempPath`, flushes it and reads it back. Verified means: what lies at `tempPath` hashes to
 * what was recorded when the file arrived. On a local disk the read-back runs while the flush does; over a network after it.
 * @throws DiskFault; the temporary file is then gone
 */
export async function copyVerified(
  sources: readonly string[],
  tempPath: string,
  expected: Expected,
  live: Live | null,
  network: boolean,
  report: Report,
): Promise<CopyMark> {
  if (live !== null) await checkLive(live);
  const source = await openFirst(sources);
  try {
    const before = stampOf(await source.stat());
    if (before.size !== expected.size) throw found('SourceChanged', `has ${before.size} bytes, not ${expected.size}`, sources[0] ?? '');
    const temp = await openTemp(tempPath);
    let closed = false;
    try {
      crashPoint('temp-opened');
      const written = await pump(source, temp, expected.size, report);
      crashPoint('temp-written');
      const readBack = (): Promise<string> => hashOpenFile(temp, expected.size, report);
      // One flush, never repeated: after a failed fsync a second one may lie.
      let hash: string;
      if (network) {
        await temp.sync();
        hash = await readBack();
      } else {
        [hash] = await Promise.all([readBack(), temp.sync()]);
      }
      if (!sameStamp(before, stampOf(await source.stat()))) throw found('SourceChanged', 'changed while it was copied', sources[0] ?? '');
      if (written !== expected.size || hash !== expected.sha256) throw await whoseFault(source, expected, tempPath);
      const { ino, ctimeMs } = await temp.stat();
      closed = true;
      await temp.close();
      crashPoint('temp-verified');
      return { ino, ctimeMs };
    } catch (error) {
      if (!closed) await temp.close().catch(() => undefined);
      await unlink(tempPath).catch(() => undefined);
      throw withPath(error, tempPath);
    }
  } finally {
    await source.close();
  }
}

/** The copy is not what was recorded: did the source change without leaving a trace in its stamp, or did the copy go wrong? */
async function whoseFault(source: FileHandle, expected: Expected, tempPath: string): Promise<Error> {
  const now = await hashOpenFile(source, expected.size);
  return now === expected.sha256
    ? found('CopyDiffers', 'what was read back is not what was written', tempPath)
    : found('SourceChanged', 'its content is no longer what it was on arrival', tempPath);
}

/** Calls on an open file carry no path; a reason without a place helps nobody. */
function withPath(error: unknown, path: string): Error {
  if (error instanceof Error && (error as NodeJS.ErrnoException).path === undefined && errnoOf(error) !== null)
    Object.assign(error, { path });
  return error instanceof Error ? error : asDiskFault(error);
}

const flushes = new Map<string, { running: Promise<void>; next: Promise<void> | null }>();

async function flushNow(path: string): Promise<void> {
  // Windows has no flush of a folder; NTFS journals the rename.
  if (process.platform === 'win32') return;
  const folder = await open(path, constants.O_RDONLY);
  try {
    await folder.sync();
  } catch (error) {
    // Some network file systems refuse to flush a folder; the name is then as durable as their server makes it.
    const code = errnoOf(error);
    if (code !== 'EINVAL' && code !== 'ENOTSUP' && code !== 'EBADF') throw withPath(error, path);
  } finally {
    await folder.close();
  }
}

/** Flushes a folder; callers that come while a flush runs share the next one. */
export async function flushFolder(path: string): Promise<void> {
  const known = flushes.get(path);
  if (known !== undefined) {
    known.next ??= known.running
      .catch(() => undefined)
      .then(() => {
        flushes.delete(path);
        return flushFolder(path);
      });
    return await known.next;
  }
  const running = flushNow(path);
  const entry: { running: Promise<void>; next: Promise<void> | null } = { running, next: null };
  flushes.set(path, entry);
  try {
    await running;
  } finally {
    if (flushes.get(path) === entry && entry.next === null) flushes.delete(path);
  }
}

async function exists(path: string): Promise<boolean> {
  return await lstat(path).then(
    () => true,
    (error: unknown) => {
      if (errnoOf(error) === 'ENOENT') return false;
      throw error;
    },
  );
}

const noLinks: ReadonlySet<string | null> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL', 'UNKNOWN']);
const renaming = new Set<string>();

/**
 * Gives a file its second name without ever replacing one. A hard link does it in one step; on file systems without links the name is
 * looked up and then taken, alone within this process: another program could step in between, which the folder's probe tells.
 * @throws DiskFault `NameTaken`
 */
async function nameWithoutReplacing(fromPath: string, toPath: string): Promise<void> {
  try {
    await patiently(() => link(fromPath, toPath));
  } catch (error) {
    const code = errnoOf(error);
    if (code === 'EEXIST') {
      const [from, to] = await Promise.all([lstat(fromPath), lstat(toPath)]);
      if (from.ino === to.ino && from.dev === to.dev) return;
      throw found('NameTaken', 'a file of this name is there', toPath);
    }
    if (!noLinks.has(code)) throw error;
    if (renaming.has(toPath) || (await exists(toPath))) throw found('NameTaken', 'a file of this name is there', toPath);
    renaming.add(toPath);
    try {
      await patiently(() => rename(fromPath, toPath));
    } finally {
      renaming.delete(toPath);
    }
  }
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await patiently(() => unlink(path));
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
  }
}

/** Some printers tidy away what they do not know: then nothing was handed over, and that is known for sure. */
async function whoseAbsence(error: unknown, tempPath: string, live: Live): Promise<unknown> {
  if (errnoOf(error) !== 'ENOENT' || (await exists(tempPath)) || !(await exists(live.folderPath))) return error;
  return found('CopyDiffers', 'somebody removed the copy before it got its name', tempPath);
}

/** The verified copy gets its final name. @throws DiskFault `NameTaken`, `NotTheShare`, `CopyDiffers` when the copy is gone ... */
export async function publish(tempPath: string, finalPath: string, live: Live): Promise<void> {
  await checkLive(live);
  try {
    await nameWithoutReplacing(tempPath, finalPath);
  } catch (error) {
    throw await whoseAbsence(error, tempPath, live);
  }
  crashPoint('published');
  await removeIfThere(tempPath);
  crashPoint('temp-removed');
  await flushFolder(dirname(finalPath));
  crashPoint('folder-flushed');
}

/** How far a hand-over came before the program died: see what lies at both names. */
export type HandOver = { readonly temp: CopyMark | null; readonly final: { readonly ino: number; readonly size: number } | null };

export async function lookAtHandOver(tempPath: string, finalPath: string): Promise<HandOver> {
  const at = async (path: string): Promise<Awaited<ReturnType<typeof lstat>> | null> =>
    await lstat(path).catch((error: unknown) => {
      if (errnoOf(error) === 'ENOENT') return null;
      throw error;
    });
  const [temp, final] = await Promise.all([at(tempPath), at(finalPath)]);
  return {
    temp: temp === null ? null : { ino: Number(temp.ino), ctimeMs: Number(temp.ctimeMs) },
    final: final === null ? null : { ino: Number(final.ino), size: Number(final.size) },
  };
}

/** Moves a file within or between disks without replacing anything. @throws DiskFault `NameTaken` */
export async function moveFile(fromPath: string, toPath: string, expected: Expected | null, report: Report): Promise<void> {
  await mkdir(dirname(toPath), { recursive: true });
  try {
    await nameWithoutReplacing(fromPath, toPath);
  } catch (error) {
    if (errnoOf(error) !== 'EXDEV' || expected === null) throw error;
    const tempPath = `${toPath}.part`;
    await copyVerified([fromPath], tempPath, expected, null, false, report);
    await nameWithoutReplacing(tempPath, toPath);
    await removeIfThere(tempPath);
    await flushFolder(dirname(toPath));
  }
  await removeIfThere(fromPath);
}

export async function removeFile(path: string): Promise<void> {
  await removeIfThere(path);
}

export async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true });
}

/** A small text, whole or not at all, flushed. Replaces: for our own notes and markers only. */
export async function writeNote(path: string, text: string): Promise<void> {
  const tempPath = `${path}.part`;
  const file = await open(tempPath, 'w');
  try {
    await file.writeFile(text, 'utf8');
    await file.sync();
  } finally {
    await file.close();
  }
  await patiently(() => rename(tempPath, path));
  await flushFolder(dirname(path));
}

/** Free bytes for this user on the disk of a folder. */
export async function freeBytes(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path);
  return bavail * bsize;
}
