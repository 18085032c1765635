/** Hands a verified copy over, under its final name. Promises: nothing is ever replaced, and what is reported done has been flushed to disk. */
import { dirname } from 'node:path';
import { said } from '../../../shared/words/say.ts';
import { crashPoint } from '../crash-point.ts';
import type { CopyMark, Expected, Report } from './copy.ts';
import { errnoOf, found } from './fault.ts';
import { files } from './files.ts';
import { flushFolder } from './flush.ts';
import { checkLive, checkSameFolder, type Live } from './live.ts';
import { holds, infoAt } from './look.ts';
import { exists, nameWithoutReplacing, RenameUnclear, removeIfThere, renameToFree } from './naming.ts';
import { type FileInfo, isFileId, sameFile } from './stamp.ts';

/**
 * Some printers tidy away what they do not know: then nothing was handed over. A link leaves the copy where it is, so a copy that is gone was never linked; after a
 * rename whose answer was lost it is gone as well, and nobody knows.
 */
async function whoseAbsence(error: unknown, tempPath: string, live: Live): Promise<unknown> {
  if (errnoOf(error) !== 'ENOENT' || error instanceof RenameUnclear) return error;
  if ((await exists(tempPath)) || !(await exists(live.folderPath))) return error;
  return found('CopyDiffers', said('found.copyRemoved'), tempPath);
}

/** What we named loses that name again: somebody put another folder at the path in this very moment, or another file under the name of the copy. */
async function takeBack(tempPath: string, finalPath: string, renamed: FileInfo | null): Promise<void> {
  const copy = renamed ?? (await files.lstat(tempPath));
  if (!sameFile(copy, await files.lstat(finalPath))) return;
  if (renamed === null) await removeIfThere(finalPath);
  else await renameToFree(finalPath, tempPath);
}

/** By what a copy is known to be the one that was verified. `mark`: null where nobody knows it; `content`: what it holds; null where nobody says. */
type Verified = { readonly mark: CopyMark | null; readonly content: Expected | null; readonly report: Report };

/**
 * Is it the copy that was verified? Whoever may write in the folder for copies can put another file under its name, and who could write into the file, another
 * content. Where only its times have moved, as a virus scanner moves them, it is read once more. Where nothing lies, nothing is said. `named`: it has got its second
 * name, which moves the change time.
 */
async function checkIsCopy(path: string, { mark, content, report }: Verified, named: boolean): Promise<void> {
  if (mark === null) return;
  const there = await infoAt(path);
  if (there === null) return;
  if (!isFileId(mark.ino, there.ino)) throw found('CopyDiffers', said('found.otherThanCopy'), path);
  const isUntouched = mark.mtimeMs === undefined || (there.mtimeMs === mark.mtimeMs && (named || there.ctimeMs === mark.ctimeMs));
  const isWhole = content === null ? isUntouched : there.size === content.size && (isUntouched || (await holds(path, content, report)));
  if (!isWhole) throw found('CopyDiffers', said('found.copyWrittenInto'), path);
}

/**
 * The same of a copy that was renamed, since the disk, or the system for what is another account's, gave no second name: others had time for a swap. A rename gives it another id on some
 * disks: then it is read whole once more. `renamed`: what lay there just before.
 */
async function checkWasCopy(path: string, verified: Verified, renamed: FileInfo): Promise<void> {
  const { mark, content, report } = verified;
  if (mark === null) return;
  if (!isFileId(mark.ino, renamed.ino)) throw found('CopyDiffers', said('found.otherThanCopyLay'), path);
  const there = await infoAt(path);
  if (there === null) return;
  if (isFileId(mark.ino, there.ino)) return await checkIsCopy(path, verified, true);
  if (content === null) return;
  const isWhole = await holds(path, content, report).catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return true;
    throw error;
  });
  if (!isWhole && (await exists(path))) throw found('CopyDiffers', said('found.otherThanCopy'), path);
}

/**
 * The verified copy gets its final name. `mark`: by which it is known, null where nobody knows it; `content`: what it is to hold.
 * @throws DiskFault `NameTaken`, `NotTheShare`, `CopyDiffers` when the copy is gone, or is another file or content ...
 */
export async function publish(
  tempPath: string,
  finalPath: string,
  live: Live,
  mark: CopyMark | null = null,
  content: Expected | null = null,
  report: Report = () => undefined,
): Promise<void> {
  const verified = { mark, content, report };
  await checkLive(live);
  await checkIsCopy(tempPath, verified, false);
  let renamed: FileInfo | null;
  try {
    renamed = await nameWithoutReplacing(tempPath, finalPath);
  } catch (error) {
    throw await whoseAbsence(error, tempPath, live);
  }
  crashPoint('published');
  await (renamed === null ? checkIsCopy(finalPath, verified, true) : checkWasCopy(finalPath, verified, renamed)).catch(
    async (error: unknown) => {
      await takeBack(tempPath, finalPath, renamed).catch(() => undefined);
      throw error;
    },
  );
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
    await infoAt(path).catch((error: unknown) => {
      // What is too long to be a name here is no file's.
      if (errnoOf(error) === 'ENAMETOOLONG') return null;
      throw error;
    });
  const [temp, final] = await Promise.all([at(tempPath), at(finalPath)]);
  return {
    temp: temp === null ? null : { ino: temp.ino, ctimeMs: temp.ctimeMs },
    // A pipe or a link under our name has no size to be compared by.
    final: final === null ? null : { ino: final.ino, size: final.kind === 'file' ? final.size : -1 },
  };
}

/** Free bytes for this user on the disk of a folder. */
export async function freeBytes(path: string): Promise<number> {
  return await files.freeBytes(path);
}
