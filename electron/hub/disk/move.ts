/**
 * Files arrivals away. Promises: what lies at the new place is the very file that was meant, or nothing does; nothing is replaced; a newcomer
 * under the old name stays where it is; and a file of which somebody has kept another name is copied, since he could write into it there, as is one of another
 * account that the system lets us give no second name.
 */
import { dirname, join } from 'node:path';
import { shortHash } from '../../../shared/short-hash.ts';
import { said } from '../../../shared/words/say.ts';
import { copyVerified, type Expected, type Report } from './copy.ts';
import { type DiskFault, errnoOf, found } from './fault.ts';
import { files, system } from './files.ts';
import { flushFolder } from './flush.ts';
import { holds, infoAt, inspect } from './look.ts';
import { exists, LinkRefused, nameWithoutReplacing, removeIfThere } from './naming.ts';
import { isNeeded, needing } from './own-names.ts';
import { type DiskPath, pathOnDisk } from './raw-name.ts';
import { type FileInfo, type Stamp, sameFile, sameStamp } from './stamp.ts';

const mayNot: ReadonlySet<string | null> = new Set(['EACCES', 'EPERM', 'EROFS']);

function changed(path: DiskPath): DiskFault {
  return found('SourceChanged', said('found.notAsArrived'), path.toString());
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

/** Copies that this very move left when it was cut short. Nobody else's: the sign says from where to where. */
async function clearCopies(folderPath: string, beginning: string): Promise<void> {
  for (const name of await files.readNames(folderPath)) {
    const path = join(folderPath, name);
    if (name.startsWith(beginning) && !isNeeded(path)) await removeIfThere(path);
  }
}

/** The folder may be new itself. Where the one around it may not be read, it is not ours, and was there before. */
async function flushParent(folderPath: string): Promise<void> {
  try {
    await flushFolder(dirname(folderPath));
  } catch (error) {
    // It may be reached through a link, and is nobody's to name.
    if (!mayNot.has(errnoOf(error)) && errnoOf(error) !== 'ELOOP') throw error;
  }
}

async function flushNames(folderPath: string): Promise<void> {
  await flushFolder(folderPath);
  await flushParent(folderPath);
}

/** Whoever looks at every new file, such as a virus scanner, lets go of it in a moment; the source may be gone by then, and nobody would try the move again. */
async function removeOwnCopy(path: string): Promise<void> {
  for (let turn = 1; ; turn++)
    try {
      return await removeIfThere(path);
    } catch (error) {
      if (turn > 3 || errnoOf(error) !== 'EBUSY') throw error;
      await system.timers.pause(turn * 200);
    }
}

/** Between disks, and where the file itself may get no other name: a verified copy under a name that nobody else has, which then gets its own. What was not hashed before is now. */
async function copyOver(fromPath: DiskPath, toPath: string, expected: Expected | null, report: Report): Promise<void> {
  const { size, sha256 } = expected ?? (await inspect(fromPath, Number.MAX_SAFE_INTEGER, report));
  const meant = { size, sha256: sha256 ?? '' };
  const folderPath = dirname(toPath);
  const beginning = `.printfloor-move-${shortHash(`${fromPath}\n${toPath}`)}-`;
  await clearCopies(folderPath, beginning);
  const tempPath = join(folderPath, `${beginning}${system.random.uuid()}.part`);
  await needing([tempPath], async () => {
    try {
      const mark = await copyVerified([fromPath], tempPath, meant, null, false, report);
      await nameWithoutReplacing(tempPath, toPath);
      // A rename gives it another inode on some disks: then it is read whole once more.
      if ((await infoAt(toPath))?.ino !== mark.ino && !(await holds(toPath, meant, report)))
        throw found('CopyDiffers', said('found.notWhatWasCopied'), toPath);
      await flushNames(folderPath);
    } catch (error) {
      await removeIfThere(tempPath).catch(() => undefined);
      throw error;
    }
    // It is a second name of what is kept. Where it cannot go now the move is not over, and the next try clears it first; after a power cut it must not be back.
    await removeOwnCopy(tempPath);
    await flushFolder(folderPath);
  });
}

/** Has the file a name that is neither the one it has here, nor the one that a try which was cut short has given it there? Links and pipes have no content to be kept. */
function isNamedElsewhere(here: FileInfo, there: FileInfo | null): boolean {
  return here.kind === 'file' && here.links > 1 + (there !== null && sameFile(here, there) ? 1 : 0);
}

/** Answers whether what lies at the new place is a file of its own, known by its content. @throws DiskFault `NameTaken` */
async function nameOrCopy(
  place: DiskPath,
  toPath: string,
  before: FileInfo | null,
  expected: Expected | null,
  report: Report,
): Promise<boolean> {
  if (before !== null && before.links > 1) {
    const there = await infoAt(toPath);
    if (isNamedElsewhere(before, there)) {
      if (there !== null && sameFile(before, there)) await removeIfThere(toPath);
      await copyOver(place, toPath, expected, report);
      return true;
    }
  }
  try {
    await nameWithoutReplacing(place, toPath, false);
    return false;
  } catch (error) {
    // A link to a file that is being replaced in this very moment finds it gone, although its name never was.
    if (errnoOf(error) === 'ENOENT' && (await exists(place))) throw changed(place);
    if (errnoOf(error) !== 'EXDEV' && !(error instanceof LinkRefused)) throw error;
  }
  await copyOver(place, toPath, expected, report);
  return true;
}

/** As above; a file there that has the very content counts as moved, by a try that did not come to its end. */
async function bring(
  place: DiskPath,
  toPath: string,
  before: FileInfo | null,
  expected: Expected | null,
  report: Report,
): Promise<boolean> {
  try {
    return await nameOrCopy(place, toPath, before, expected, report);
  } catch (error) {
    if (errnoOf(error) !== 'NameTaken' || expected === null || !(await holds(toPath, expected, report))) throw error;
    await flushFolder(dirname(toPath));
    return true;
  }
}

/** `moved`: the very file; `copied`: a copy on another disk; `left`: nobody may remove it where it was, so it lies there still, beside its copy. */
export type Moved = 'moved' | 'copied' | 'left';

/** What has the old name is asked right before it goes: while the new name was flushed, or a copy made, a newcomer may have taken it, which stays and is offered anew. */
async function removeMoved(place: DiskPath, stamp: Stamp, moved: Moved): Promise<Moved> {
  const left = await infoAt(place);
  if (left === null || !sameStamp(left, stamp)) return moved;
  try {
    await removeIfThere(place);
    return moved;
  } catch (error) {
    if (!mayNot.has(errnoOf(error))) throw error;
    return 'left';
  }
}

/**
 * Is what got the new name by itself alone there? Answers false where a copy must be made of it: it was linked by somebody in this very moment.
 * @throws DiskFault `SourceChanged` when it is not the file that was meant; it has its old name back then
 */
async function isAlone(place: DiskPath, toPath: string, stamp: Stamp): Promise<boolean> {
  const [there, left] = await Promise.all([infoAt(toPath), infoAt(place)]);
  if (!isMeant(there, left, stamp)) {
    await undoMove(place, toPath);
    throw changed(place);
  }
  return left === null || there === null || !isNamedElsewhere(left, there);
}

/**
 * Moves a file within or between disks. `stamp`: which file is meant; `expected`: its content, where it is known: what has it at the new place already is the
 * file. It is removed only after what lies at the new place is known to be all of it.
 * @throws DiskFault `NameTaken`; `SourceChanged` when another file or content lies there: it then lies there still
 */
export async function moveFile(fromPath: string, toPath: string, expected: Expected | null, stamp: Stamp, report: Report): Promise<Moved> {
  await files.makeFolders(dirname(toPath));
  const place = await pathOnDisk(fromPath);
  const before = await infoAt(place);
  if (before !== null && !sameStamp(before, stamp)) throw changed(fromPath);
  let copied = await bring(place, toPath, before, expected, report);
  if (!(copied || (await isAlone(place, toPath, stamp)))) {
    await removeIfThere(toPath);
    await copyOver(place, toPath, expected, report);
    copied = true;
  }
  // Two folders: a power cut could keep the removal and lose the name. A copy has been made durable already.
  if (!copied) await flushNames(dirname(toPath));
  return await removeMoved(place, stamp, copied ? 'copied' : 'moved');
}
