/** Is this the live folder, or the empty mount point behind it? */
import { errnoOf, found } from './fault.ts';
import { files } from './files.ts';

/** The marker that tells the live folder from an empty mount point. */
export type Live = { readonly folderPath: string; readonly markerPath: string; readonly marker: string };

/** @throws DiskFault `FolderMissing` or `NotTheShare` */
export async function checkLive(live: Live): Promise<void> {
  let text: string;
  try {
    text = await files.readText(live.markerPath);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
    const there = await files.lstat(live.folderPath).then(
      () => true,
      () => false,
    );
    throw there
      ? found('NotTheShare', 'its marker file is missing', live.markerPath)
      : found('FolderMissing', 'no such folder', live.folderPath);
  }
  if (text.trim() !== live.marker) throw found('NotTheShare', 'the marker file belongs to another folder', live.markerPath);
}
