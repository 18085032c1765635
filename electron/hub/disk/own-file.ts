/**
 * Small files of ours: markers, notes, and what is made to try a folder. Promises: each begins as a new file under a name that nobody can guess, whatever stands there;
 * it gets its own name whole and flushed; and no file of anybody else is replaced.
 */
import { dirname } from 'node:path';
import { errnoOf } from './fault.ts';
import { files, type Reader, system } from './files.ts';
import { flushFolder } from './flush.ts';
import { nameWithoutReplacing, removeIfThere, replaceOwn } from './naming.ts';
import { momentPath, needing } from './own-names.ts';
import { readLittle } from './plain.ts';
import type { FileInfo } from './stamp.ts';

/** Longer is no file of ours. Bytes. */
const longestOwn = 64 * 1024;

/** A new file with this text, flushed. Answers what it is on disk. @throws DiskFault EEXIST when anything has the name */
export async function makeFile(path: string, text: string, reader: Reader = 'us'): Promise<FileInfo> {
  const file = await files.make(path, reader);
  try {
    await file.writeText(text);
    await file.sync();
    const info = await file.stat();
    await file.close();
    return info;
  } catch (error) {
    await file.close().catch(() => undefined);
    await removeIfThere(path).catch(() => undefined);
    throw error;
  }
}

const [firstWaitMs, longestWaitMs] = [100, 2000];

/** Somebody may hold it for moments. What stays all the same goes when leftovers are cleared. */
async function removeDraft(path: string): Promise<void> {
  for (let waitMs = firstWaitMs; ; waitMs *= 2) {
    try {
      return await removeIfThere(path);
    } catch {
      if (waitMs > longestWaitMs) return;
      await system.timers.pause(waitMs);
    }
  }
}

/** Whole under its name, or not at all. `old`: our file that it takes the place of; null: none. @throws DiskFault `NameTaken` when something else is there */
export async function writeOwn(path: string, text: string, old: FileInfo | null, reader: Reader): Promise<void> {
  const draftPath = momentPath(dirname(path), 'draft');
  await needing([draftPath], async () => {
    await makeFile(draftPath, text, reader);
    try {
      if (old === null) await nameWithoutReplacing(draftPath, path);
      else await replaceOwn(draftPath, path, old);
    } finally {
      await removeDraft(draftPath);
    }
  });
  await flushFolder(dirname(path));
}

/** A note beside what we keep. Once more the same is no second note. @throws DiskFault `NameTaken` when another text or file has the name */
export async function writeNote(path: string, text: string): Promise<void> {
  try {
    await writeOwn(path, text, null, 'us');
  } catch (error) {
    const isThere = errnoOf(error) === 'NameTaken' && (await readLittle(path, longestOwn).catch(() => null))?.text === text;
    if (!isThere) throw error;
  }
}
