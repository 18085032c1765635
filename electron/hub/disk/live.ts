/** Is this the live folder, or the empty mount point behind it? */
import { lstat, readFile } from 'node:fs/promises';
import { errnoOf, found } from './fault.ts';

/** The marker that tells the live folder from an empty mount point. */
export type Live = { readonly folderPath: string; readonly markerPath: string; readonly marker: string };

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
