/** A person sends a job to its printer, for the first time, again or somewhere else. */
import { cancelDeliveries } from '../deliver/call-off.ts';
import { moverOf } from '../jobs/door.ts';
import { type Caller, Refusal } from '../parts.ts';
import type { HotFolderRow, JobRow } from '../store/store.ts';
import type { FlowParts } from './flow-parts.ts';
import { planDeliveries } from './plan-deliveries.ts';

export type DeliveryRequest = { readonly reason: string; readonly hotFolderId?: number | undefined; readonly actionId: string };

function checkRequest(parts: FlowParts, job: JobRow | null, request: DeliveryRequest): { job: JobRow; folder: HotFolderRow | null } {
  if (job === null) throw new Refusal('NOT_FOUND', 'There is no such job.', 'Look it up in the list.');
  if (!job.files.some((file) => file.current)) throw new Refusal('NOT_NOW', `${job.number} has no print file.`, 'Add one first.');
  const folders = parts.floor().hotFolders;
  if (request.hotFolderId === undefined) return { job, folder: folders.find((folder) => folder.id === job.hotFolderId) ?? null };
  const folder = folders.find((candidate) => candidate.id === request.hotFolderId);
  if (folder === undefined) throw new Refusal('NOT_FOUND', 'There is no such hot folder.', 'Choose one of the list.');
  return { job, folder };
}

/** A person sends a job, for the first time, again or somewhere else. On record with the reason and counted; the same action id does it once. */
export async function requestDelivery(parts: FlowParts, jobId: number, request: DeliveryRequest, caller: Caller): Promise<void> {
  const at = parts.now();
  const folderIds = await parts.store.write(async (tx) => {
    const { job, folder } = checkRequest(parts, await tx.job(jobId), request);
    const deliveries = await tx.deliveriesOf(jobId);
    const current = new Set(job.files.filter((file) => file.current).map((file) => file.id));
    const again = deliveries.some((delivery) => delivery.deliveredAt !== null && delivery.fileId !== null && current.has(delivery.fileId));
    const earlierSends = deliveries.filter((delivery) => delivery.deliveredAt !== null).length;
    const wish = { kind: 'deliver', jobId, ...request, hotFolder: folder?.name ?? null, earlierSends, again } as const;
    const applied = await parts.door.applyIn(tx, wish, moverOf(caller));
    if (applied.repeated) return [];
    // What has not gone out is replaced by the new order.
    const calledOff = await cancelDeliveries(tx, jobId, () => true);
    const planned = await planDeliveries(tx, parts.floor(), jobId, at, { folder });
    if (planned.length === 0) throw new Refusal('NOT_NOW', `No rule says where ${job.number} goes.`, 'Choose a hot folder.');
    return [...calledOff, ...planned];
  });
  for (const id of new Set(folderIds)) parts.wakeFolder(id);
}
