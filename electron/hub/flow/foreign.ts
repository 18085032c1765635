/** A file that another program put into a hot folder: on record for the job its name names, known or new. It is never touched. */
import { parseJobName } from '../../../shared/file-name.ts';
import { engine } from '../../../shared/job/mover.ts';
import type { ForeignFile } from '../deliver/foreign-files.ts';
import { isMarked, writeMark } from '../deliver/hand-over.ts';
import { factsOf, tellOfOne } from '../deliver/record.ts';
import { tell } from '../jobs/tell.ts';
import type { HotFolderRow } from '../store/store.ts';
import { holdBesides } from './by-hand.ts';
import type { FlowParts } from './flow-parts.ts';

/** Answers false when the name names no job: it is then shown as unknown. Run again for the same file it changes nothing. */
export async function recordForeign(
  parts: FlowParts,
  folder: HotFolderRow,
  file: ForeignFile,
  before: readonly string[] | null,
): Promise<boolean> {
  const { order, job: jobNo, letter, rest } = parseJobName(file.name, parts.floor().settings.namePatterns) ?? {};
  if (order === undefined || jobNo === undefined) return false;
  const at = parts.now();
  const hotFolderIds = await parts.store.write(async (tx) => {
    const holders = await tx.deliveriesNamed(folder.place.folderPath, file.name);
    if (holders.some((holder) => isMarked(holder.mark, file.ino))) return [];
    const known = await tx.jobByNumber(order, jobNo);
    const jobId =
      known?.id ??
      (await tx.addJob(
        {
          order,
          job: jobNo,
          title: rest?.replaceAll('_', ' ').trim() || file.name,
          named: true,
          ticket: null,
          letter: letter?.toUpperCase() ?? null,
        },
        at,
      ));
    if (known === null) await tell(tx, { kind: 'foundInFolder', jobId, name: file.name, hotFolder: folder.name }, engine, at);
    const delivery = await tx.addDelivery(
      {
        jobId,
        fileId: null,
        hotFolderId: folder.id,
        placeId: folder.place.id,
        outcome: folder.outcome,
        name: file.name,
        size: file.size,
        sha256: '',
        state: 'delivered',
        send: 1,
        priority: 0,
        mark: writeMark({ ino: file.ino, ctimeMs: 0, before }),
        deliveredAt: at,
      },
      at,
    );
    if (known?.hotFolderId !== folder.id) await tx.setHotFolder(jobId, folder.id, known?.hotFolderId);
    const seen = { kind: 'seen', what: 'delivered', jobId, delivery: factsOf(folder, delivery), tries: 0, foreign: true } as const;
    await tellOfOne(tx, seen, engine, at);
    return await holdBesides(tx, delivery, at);
  });
  for (const id of new Set(hotFolderIds)) parts.wakeFolder(id);
  return true;
}
