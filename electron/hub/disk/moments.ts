/** Files of ours that live for a moment: made, used and removed; and cleared away where that moment was cut short. */
import { join } from 'node:path';
import { errnoOf } from './fault.ts';
import { files } from './files.ts';
import { flushFolder } from './flush.ts';
import { removeFile, removeIfThere } from './naming.ts';
import { makeFile } from './own-file.ts';
import { isNeeded, isOfEarlier, isOfMoment, momentPath, needing } from './own-names.ts';

/** Does `act` with paths that are ours for that long. Whatever comes of it, none of them stays, as far as the folder allows. */
export async function forMoment<Result>(paths: readonly string[], act: () => Promise<Result>): Promise<Result> {
  return await needing(paths, async () => {
    try {
      return await act();
    } finally {
      await Promise.all(paths.map((path) => removeIfThere(path).catch(() => undefined)));
    }
  });
}

/** Can a file be written, flushed and removed in this folder of ours? @throws DiskFault when not */
export async function tryToWrite(folderPath: string): Promise<void> {
  const path = momentPath(folderPath, 'try');
  await forMoment([path], async () => {
    await makeFile(path, 'try');
    await flushFolder(folderPath);
    await removeFile(path);
  });
}

/**
 * Removes what is left over of moments that were cut short. `markerPath`: of a folder of deliveries, where earlier versions left some too; else null.
 * @throws DiskFault when something stays
 */
export async function clearMoments(folderPaths: readonly string[], markerPath: string | null): Promise<void> {
  for (const folderPath of new Set(folderPaths)) {
    const names = await files.readNames(folderPath).catch((error: unknown) => {
      if (errnoOf(error) === 'ENOENT') return [];
      throw error;
    });
    for (const name of names) {
      const path = join(folderPath, name);
      const isOurs = isOfMoment(name) || (markerPath !== null && isOfEarlier(path, markerPath));
      if (isOurs && !isNeeded(path)) await removeIfThere(path);
    }
  }
}
