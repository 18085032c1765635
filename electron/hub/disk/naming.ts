/**
 * Gives names to files and takes them away: the only code that does (a rule in build/port-rules.ts). Promises: no name that stands for a file is ever given to another one,
 * but for our own small file in place of our own.
 */

import { said } from '../../../shared/words/say.ts';
import { asDiskFault, DiskFault, errnoOf, found } from './fault.ts';
import { files, system } from './files.ts';
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
export class RenameUnclear extends DiskFault {
  constructor({ code, message, path }: DiskFault) {
    super(code, message, path);
  }
}

function nameTaken(path: DiskPath): DiskFault {
  return found('NameTaken', said('found.nameThere'), path.toString());
}

/** The name is looked up and then taken, alone within this process: another program could step in between. @throws DiskFault `NameTaken` */
export async function renameToFree(fromPath: DiskPath, toPath: DiskPath): Promise<void> {
  if (renaming.has(`${toPath}`)) throw nameTaken(toPath);
  renaming.add(`${toPath}`);
  try {
    if (await exists(toPath)) throw nameTaken(toPath);
    await patiently(() => files.rename(fromPath, toPath)).catch((error: unknown) => {
      throw errnoOf(error) === 'ENOENT' ? new RenameUnclear(asDiskFault(error)) : error;
    });
  } finally {
    renaming.delete(`${toPath}`);
  }
}

/** By a hard link, or not at all. */
export async function giveSecondName(fromPath: DiskPath, toPath: DiskPath): Promise<void> {
  await patiently(() => files.link(fromPath, toPath));
}

/** Linux gives no second name to a file of another account that we may not write (fs.protected_hardlinks), with the errno of disks that have no links at all. */
function isAnothers({ kind, owner }: FileInfo): boolean {
  const me = process.geteuid?.() ?? 0;
  return kind === 'file' && me !== 0 && owner !== me;
}

/** The file may be copied; by a rename another one could be replaced. */
export class LinkRefused extends DiskFault {}

/**
 * Gives a file its second name without ever replacing one. A hard link does it in one step; on file systems without links the name is
 * looked up and then taken, alone within this process: another program could step in between, which the folder's probe tells. Answers the file as it was before,
 * where it had to be renamed; null where it has two names now.
 * `made`: by us; what somebody brought may be another account's.
 * @throws DiskFault `NameTaken`; `LinkRefused` where the disk has links, and not for us
 */
export async function nameWithoutReplacing(fromPath: DiskPath, toPath: DiskPath, made = true): Promise<FileInfo | null> {
  try {
    await giveSecondName(fromPath, toPath);
    return null;
  } catch (error) {
    const code = errnoOf(error);
    if (code === 'EEXIST') {
      const [from, to] = await Promise.all([files.lstat(fromPath), files.lstat(toPath)]);
      if (sameFile(from, to)) return null;
      throw nameTaken(toPath);
    }
    if (!noLinks.has(code)) throw error;
    const before = await files.lstat(fromPath);
    if (code === 'EPERM' && !made && isAnothers(before)) throw new LinkRefused(code, 'belongs to another account', fromPath.toString());
    await renameToFree(fromPath, toPath);
    return before;
  }
}

/** @throws DiskFault ENOENT when nothing has that name */
export async function removeFile(path: DiskPath): Promise<void> {
  await patiently(() => files.unlink(path));
}

export async function removeIfThere(path: DiskPath): Promise<void> {
  try {
    await removeFile(path);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
  }
}

/** Gives the name of `old`, a file of ours, to a newer one. @throws DiskFault `NameTaken` when something else has that name by now */
export async function replaceOwn(fromPath: string, toPath: string, old: FileInfo): Promise<void> {
  if (!sameFile(await files.lstat(toPath), old)) throw nameTaken(toPath);
  await patiently(() => files.rename(fromPath, toPath));
}
