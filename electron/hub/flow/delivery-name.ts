/** The name a file gets in a hot folder: by the folder's template, and never one that another file may have there. */

import { keepsContract, type NameParts, renderName, splitName } from '../../../shared/file-name.ts';
import { countBytes } from '../../../shared/safe-name.ts';
import { sameName } from '../intake/name-signs.ts';
import type { DeliveryRow, FileRow, HotFolderRow, JobRow, Writer } from '../store/store.ts';

/** More of one name at once nobody has: beyond it the name is waited for, and a person told. */
const mostNumbers = 200;
/** What disks take that do not take the usual length, in bytes of UTF-8: encrypted shares 143; what takes less nobody knows. */
const shorterLimits = [143, 100, 60];

/** A web-to-print system knows the job that was ordered, and no number of a reprint. */
export function namePartsOf(
  job: JobRow,
  { name, version }: Pick<FileRow, 'name' | 'version'>,
  { contract }: Pick<HotFolderRow, 'contract'>,
): NameParts {
  return { ...job, job: contract ? job.orderedAs : job.job, version, name: splitName(name).stem };
}

/**
 * Where another job has the name, ours gets its number; where another file of this very job has it, it is counted on. Only a file that follows itself (sent
 * again, or a new version) keeps its name, waits for the earlier one to go, and a person is told.
 */
export async function nameDelivery(
  tx: Writer,
  folder: HotFolderRow,
  jobId: number,
  fileName: string,
  parts: NameParts,
  maxBytes?: number,
): Promise<string> {
  const { extension } = splitName(fileName);
  const followsItself = async ({ fileId, jobId: holder }: DeliveryRow): Promise<boolean> =>
    holder === jobId && fileId !== null && sameName((await tx.file(fileId))?.name ?? '', fileName);
  const isFree = async (name: string): Promise<boolean> => {
    for (const holder of await tx.deliveriesNamed(folder.place.folderPath, name)) if (!(await followsItself(holder))) return false;
    return true;
  };
  const plain = renderName(folder.template, parts, extension, maxBytes);
  if (await isFree(plain)) return plain;
  const numbered = `${folder.template} ({order}-{job})`;
  for (let number = 1; number <= mostNumbers; number++) {
    const name = renderName(number === 1 ? numbered : `${numbered} ${number}`, parts, extension, maxBytes);
    if (await isFree(name)) return name;
  }
  return plain;
}

/** A name for a delivery whose name its disk finds too long; null where there is no shorter one that tells the same. @param folder with the place it goes to */
export async function shorterName(tx: Writer, folder: HotFolderRow, { jobId, fileId, name }: DeliveryRow): Promise<string | null> {
  const [job, file] = [await tx.job(jobId), fileId === null ? null : await tx.file(fileId)];
  const limit = shorterLimits.find((bytes) => bytes < countBytes(name));
  if (job === null || file === null || limit === undefined) return null;
  const shorter = await nameDelivery(tx, folder, jobId, file.name, namePartsOf(job, file, folder), limit);
  return countBytes(shorter) <= limit && (!folder.contract || keepsContract(shorter, job.order, job.orderedAs)) ? shorter : null;
}
