/** Our own files beside a hot folder, made again. */
import { dirname } from 'node:path';
import { said } from '../../../shared/words/say.ts';
import { errnoOf, found } from './fault.ts';
import { files } from './files.ts';
import { isKnownBare } from './folder-id.ts';
import type { Live } from './live.ts';
import { writeOwn } from './own-file.ts';

/**
 * Makes our own files beside a folder again when somebody tidied them away: only where the folder is surely the one we know. A local one is known by
 * disk, id and birth. A share may come back as another disk, as may a disk that tells no birth, and an empty mount point looks much like a tidied folder:
 * there a person must say so (`asked`).
 * Answers whether it had to. @throws DiskFault `MarkerGone` when it would take a person
 */
export async function putBack(live: Live, stagingPath: string, location: 'local' | 'network', asked: boolean): Promise<boolean> {
  const isMissing = await files.lstat(live.markerPath).then(
    () => false,
    (error: unknown) => {
      if (errnoOf(error) === 'ENOENT') return true;
      throw error;
    },
  );
  if (!isMissing) return false;
  const seen = await files.stat(live.folderPath).catch(() => null);
  if (seen === null) return false;
  const isKnown = live.folderId == null ? (asked ? 'perhaps' : 'no') : isKnownBare(live.folderId, seen, location);
  if (isKnown === 'no') return false;
  if (isKnown === 'perhaps' && !asked) throw found('MarkerGone', said('found.markerMissing', { path: live.markerPath }), live.markerPath);
  await files.makeFolders(stagingPath);
  await files.makeFolders(dirname(live.markerPath));
  await writeOwn(live.markerPath, live.marker, null, 'everybody');
  return true;
}
