/**
 * Files arrivals away. Promises: what lies at the new place is the very file that was meant, or nothing does; nothing is replaced; a newcomer
 * under the old name stays where it is.
 */
import { dirname } from 'node:path';
import { exists, nameWithoutReplacing, removeIfThere } from './change.ts';
import { copyVerified, type Expected, type Report } from './copy.ts';
import { type DiskFault, errnoOf, found } from './fault.ts';
import { files } from './files.ts';
import { flushFolder } from './flush.ts';
import { inspect } from './look.ts';
import { type DiskPath, pathOnDisk } from './raw-name.ts';
import { type Stamp, sameStamp, stampOf } from './stamp.ts';

async function stampAt(path: DiskPath): Promise<Stamp | null> {
  try {
    return stampOf(await files.lstat(path));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  }
}

function changed(path: DiskPath): DiskFault {
  return found('SourceChanged', 'is no longer what it was on arrival', path.toString());
}

/** Is what got the new name the file that was meant? Where it has no second name it was renamed, which gives it another inode on some disks. */
function isMeant(there: Stamp | null, left: Stamp | null, stamp: Stamp): boolean {
  if (there === null) return false;
  if (left === null) return sameStamp({ ...there, ino: stamp.ino }, stamp);
  return sameStamp(there, stamp) && (left.ino !== stamp.ino || sameStamp(left, stamp));
}

/** Takes the second name away again; where it has become the only one, the file gets its first name back. */
async function undoMove(fromPath: DiskPath, toPath: string): Promise<void> {
  if (!(await exists(fromPath))) await nameWithoutReplacing(toPath, fromPath);
  await removeIfThere(toPath);
}

/** Between disks: a verified copy. What was not hashed before is now. */
async function copyOver(fromPath: DiskPath, toPath: string, expected: Expected | null, report: Report): Promise<void> {
  const { size, sha256 } = expected ?? (await inspect(fromPath, Number.MAX_SAFE_INTEGER, report));
  const tempPath = `${toPath}.part`;
  await copyVerified([fromPath], tempPath, { size, sha256: sha256 ?? '' }, null, false, report);
  await nameWithoutReplacing(tempPath, toPath);
  await removeIfThere(tempPath);
  await flushFolder(dirname(toPath));
}

/**
 * Moves a file within or between disks. `stamp`: which file is meant; `expected`: its content, where it is known.
 * @throws DiskFault `NameTaken`; `SourceChanged` when another file or content lies there: it then lies there still
 */
export async function moveFile(fromPath: string, toPath: string, expected: Expected | null, stamp: Stamp, report: Report): Promise<void> {
  await files.makeFolders(dirname(toPath));
  const place = await pathOnDisk(fromPath);
  const before = await stampAt(place);
  if (before !== null && !sameStamp(before, stamp)) throw changed(fromPath);
  let copied = false;
  try {
    await nameWithoutReplacing(place, toPath);
  } catch (error) {
    // A link to a file that is being replaced in this very moment finds it gone, although its name never was.
    if (errnoOf(error) === 'ENOENT' && (await exists(place))) throw changed(fromPath);
    if (errnoOf(error) !== 'EXDEV') throw error;
    await copyOver(place, toPath, expected, report);
    copied = true;
  }
  const [there, left] = await Promise.all([stampAt(toPath), stampAt(place)]);
  if (!(copied || isMeant(there, left, stamp))) {
    await undoMove(place, toPath);
    throw changed(fromPath);
  }
  // Another one by now, or another content beside our verified copy of the old: it is offered anew.
  if (left !== null && sameStamp(left, stamp)) await removeIfThere(place);
}
