/** The name a file gets in a hot folder: by the folder's template, and never one that another file may have there. */
import { type NameParts, renderName } from '../../../shared/file-name.ts';
import type { DeliveryRow, HotFolderRow, Writer } from '../store/store.ts';

/** More of one name at once nobody has: beyond it the name is waited for, and a person told. */
const mostNumbers = 200;

function sameName(one: string, other: string): boolean {
  return one.normalize('NFC').toLowerCase() === other.normalize('NFC').toLowerCase();
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
  extension: string,
): Promise<string> {
  const followsItself = async ({ fileId, jobId: holder }: DeliveryRow): Promise<boolean> =>
    holder === jobId && fileId !== null && sameName((await tx.file(fileId))?.name ?? '', fileName);
  const isFree = async (name: string): Promise<boolean> => {
    for (const holder of await tx.deliveriesNamed(folder.place.folderPath, name)) if (!(await followsItself(holder))) return false;
    return true;
  };
  const plain = renderName(folder.template, parts, extension);
  if (await isFree(plain)) return plain;
  const numbered = `${folder.template} ({order}-{job})`;
  for (let number = 1; number <= mostNumbers; number++) {
    const name = renderName(number === 1 ? numbered : `${numbered} ${number}`, parts, extension);
    if (await isFree(name)) return name;
  }
  return plain;
}
