/**
 * Nothing is taken out of a folder whose files nobody was asked about. Where it could not be seen when it was saved (a share that is off), or what was seen may be
 * the place where the share will be, the question waits for the first look that sees files: until a person says so none of them is touched.
 */
import { join } from 'node:path';
import { sayFilesLieThere } from '../../../shared/files-lie-there.ts';
import { isHiddenName } from '../../../shared/safe-name.ts';
import { DiskFault } from '../disk/fault.ts';
import type { FolderStamp } from '../disk/look.ts';
import type { Disk } from '../disk/operations.ts';
import type { NotCounted } from '../store/store.ts';

type Counting = {
  /** Null when its files have been counted, or somebody said that they are meant. */
  get(): NotCounted | null;
  set(notCounted: NotCounted | null): Promise<void>;
  /** Does it lie where it is said to be? A network folder on this computer's own disk may be the place of a share that is not there now. */
  isInPlace(): Promise<boolean>;
};

/** What a watch would take: files, also those one level down; what cannot be read counts as one. @throws DiskFault where the folder itself cannot be read */
export async function countFiles(disk: Pick<Disk, 'names'>, path: string): Promise<number> {
  const top = (await disk.names(path)).filter(({ name }) => !isHiddenName(name));
  let count = top.filter(({ kind }) => kind !== 'folder').length;
  for (const { name, kind } of top)
    if (kind === 'folder') {
      const below = await disk.names(join(path, name)).catch(() => null);
      count += below?.filter((one) => one.kind !== 'folder' && !isHiddenName(one.name)).length ?? 1;
    }
  return count;
}

/**
 * How many files lie in a folder that is to be saved. `seen`: null when it cannot be seen; `known`: what was known of it when it was saved before; `notCounted`: what is to
 * be asked when it is seen.
 */
export async function countNew(
  disk: Pick<Disk, 'names'>,
  path: string,
  seen: FolderStamp | null,
  known: NotCounted | null,
  isInPlace: () => Promise<boolean>,
): Promise<{ readonly count: number; readonly notCounted: NotCounted | null }> {
  const unseen = { count: 0, notCounted: { path, emptyIno: null } };
  if (seen === null) return unseen;
  const { ino } = seen;
  if (known !== null && known.emptyIno === ino) return { count: 0, notCounted: known };
  try {
    const count = await countFiles(disk, path);
    return { count, notCounted: count > 0 || (await isInPlace()) ? null : { path, emptyIno: ino } };
  } catch {
    return unseen;
  }
}

/** Before anything else is done in a folder that nobody was asked about, what lies in it is counted. */
export function countFirst(disk: Pick<Disk, 'names'>, folderPath: string, counting: Counting): (seen: FolderStamp) => Promise<void> {
  return async ({ ino }) => {
    const known = counting.get();
    if (known === null || ino === known.emptyIno) return;
    const count = await countFiles(disk, folderPath);
    // Somebody may have said meanwhile that they are meant.
    if (counting.get() !== known) return;
    if (count > 0) throw new DiskFault('FilesLieThere', sayFilesLieThere(count), folderPath);
    await counting.set((await counting.isInPlace()) ? null : { path: folderPath, emptyIno: ino });
  };
}
