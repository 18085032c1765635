/**
 * Gives files their names and removes them. With copy.ts and move.ts the only code that changes the floor's folders. Promises: nothing is ever replaced, and
 * what is reported done has been flushed to disk.
 */
import { dirname } from 'node:path';
import { crashPoint } from '../crash-point.ts';
import type { CopyMark } from './copy.ts';
import { asDiskFault, DiskFault, errnoOf, found } from './fault.ts';
import { files, system } from './files.ts';
import { flushFolder } from './flush.ts';
import { checkLive, checkSameFolder, type Live } from './live.ts';
import { draftPathOf, needing } from './own-names.ts';
import type { DiskPath } from './raw-name.ts';
import { type FileInfo, sameFile } from './stamp.ts';

/** Windows virus scanners and indexers hold fresh files for moments. */
const patienceMs = 10_000;

async function patiently<Result>(act: () => Promise<Result>): Promise<Result> {
  const until = system.clock.monotonic() + patienceMs;
  for (let wait = 10; ; wait = Math.min(wait * 2, 100)) {
    try {
      return await act();
    } catch (error) {
      const code = errnoOf(error);
      const passing = process.platform === 'win32' && (code === 'EPERM' || code === 'EBUSY' || code === 'EACCES');
      if (!passing || system.clock.monotonic() > until) throw error;
      await system.timers.pause(wait);
    }
  }
}

export async function exists(path: DiskPath): Promise<boolean> {
  return await files.lstat(path).then(
    () => true,
    (error: unknown) => {
      if (errnoOf(error) === 'ENOENT') return false;
      throw error;
    },
  );
}

/**
 * How disks say that they have no hard links; Windows says EISDIR of FAT and exFAT, and a share may answer EACCES for its server's EPERM. Where the cause is
 * another one, the rename fails of it too.
 */
const noLinks: ReadonlySet<string | null> = new Set([
  'EPERM',
  'EACCES',
  'EISDIR',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EMLINK',
  'EINVAL',
  'UNKNOWN',
]);
const renaming = new Set<string>();

/** A share repeats a call whose answer was lost: a rename that finds nothing to rename may be one that was done. */
class RenameUnclear extends DiskFault {
  constructor({ code, message, path }: DiskFault) {
    super(code, message, path);
  }
}

/**
 * Gives a file its second name without ever replacing one. A hard link does it in one step; on file systems without links the name is
 * looked up and then taken, alone within this process: another program could step in between, which the folder's probe tells. Answers the file as it was before,
 * where it had to be renamed; null where it has two names now.
 * @throws DiskFault `NameTaken`
 */
export async function nameWithoutReplacing(fromPath: DiskPath, toPath: DiskPath): Promise<FileInfo | null> {
  const taken = (): Error => found('NameTaken', 'a file of this name is there', toPath.toString());
  try {
    await patiently(() => files.link(fromPath, toPath));
    return null;
  } catch (error) {
    const code = errnoOf(error);
    if (code === 'EEXIST') {
      const [from, to] = await Promise.all([files.lstat(fromPath), files.lstat(toPath)]);
      if (sameFile(from, to)) return null;
      throw taken();
    }
    if (!noLinks.has(code)) throw error;
    if (renaming.has(`${toPath}`) || (await exists(toPath))) throw taken();
    renaming.add(`${toPath}`);
    try {
      const before = await files.lstat(fromPath);
      await patiently(() => files.rename(fromPath, toPath)).catch((error: unknown) => {
        throw errnoOf(error) === 'ENOENT' ? new RenameUnclear(asDiskFault(error)) : error;
      });
      return before;
    } finally {
      renaming.delete(`${toPath}`);
    }
  }
}

export async function removeIfThere(path: DiskPath): Promise<void> {
  try {
    await patiently(() => files.unlink(path));
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
  }
}

/**
 * Some printers tidy away what they do not know: then nothing was handed over. A link leaves the copy where it is, so a copy that is gone was never linked; after a
 * rename whose answer was lost it is gone as well, and nobody knows.
 */
async function whoseAbsence(error: unknown, tempPath: string, live: Live): Promise<unknown> {
  if (errnoOf(error) !== 'ENOENT' || error instanceof RenameUnclear) return error;
  if ((await exists(tempPath)) || !(await exists(live.folderPath))) return error;
  return found('CopyDiffers', 'somebody removed the copy before it got its name', tempPath);
}

/** Somebody put another folder at the path in this very moment: what we named in it loses that name again. */
async function takeBack(tempPath: string, finalPath: string, renamed: FileInfo | null): Promise<void> {
  const copy = renamed ?? (await files.lstat(tempPath));
  if (!sameFile(copy, await files.lstat(finalPath))) return;
  if (renamed === null) await removeIfThere(finalPath);
  else await nameWithoutReplacing(finalPath, tempPath);
}

/** The verified copy gets its final name. @throws DiskFault `NameTaken`, `NotTheShare`, `CopyDiffers` when the copy is gone ... */
export async function publish(tempPath: string, finalPath: string, live: Live): Promise<void> {
  await checkLive(live);
  let renamed: FileInfo | null;
  try {
    renamed = await nameWithoutReplacing(tempPath, finalPath);
  } catch (error) {
    throw await whoseAbsence(error, tempPath, live);
  }
  crashPoint('published');
  try {
    await checkSameFolder(live);
  } catch (error) {
    // Where it does not lie there, it went out into the folder that was meant.
    if (errnoOf(error) === 'OtherFolder') await takeBack(tempPath, finalPath, renamed).catch(() => undefined);
    throw error;
  }
  // The other way round a power cut could keep the removal and lose the name: both gone means taken.
  await flushFolder(dirname(finalPath));
  crashPoint('folder-flushed');
  await removeIfThere(tempPath);
  crashPoint('temp-removed');
}

/** How far a hand-over came before the program died: see what lies at both names. */
export type HandOver = { readonly temp: CopyMark | null; readonly final: { readonly ino: string; readonly size: number } | null };

export async function lookAtHandOver(tempPath: string, finalPath: string): Promise<HandOver> {
  const at = async (path: string): Promise<FileInfo | null> =>
    await files.lstat(path).catch((error: unknown) => {
      // What is too long to be a name here is no file's.
      if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENAMETOOLONG') return null;
      throw error;
    });
  const [temp, final] = await Promise.all([at(tempPath), at(finalPath)]);
  return {
    temp: temp === null ? null : { ino: temp.ino, ctimeMs: temp.ctimeMs },
    final: final === null ? null : { ino: final.ino, size: final.size },
  };
}

export async function removeFile(path: string): Promise<void> {
  await removeIfThere(path);
}

/** A small text, whole or not at all, flushed. Replaces: for our own notes and markers only. */
export async function writeNote(path: string, text: string): Promise<void> {
  const draftPath = draftPathOf(path);
  await needing([draftPath], async () => {
    try {
      const file = await files.open(draftPath, 'w');
      try {
        await file.writeText(text);
        await file.sync();
      } finally {
        await file.close();
      }
      await patiently(() => files.rename(draftPath, path));
    } catch (error) {
      await removeIfThere(draftPath).catch(() => undefined);
      throw error;
    }
  });
  await flushFolder(dirname(path));
}

/** Free bytes for this user on the disk of a folder. */
export async function freeBytes(path: string): Promise<number> {
  return await files.freeBytes(path);
}
