/** A job goes on because something it waited for came true, or because a person sends it. */
import type { NewEvent } from '../../../shared/event.ts';
import { cancelDeliveries, holdDeliveries, releaseDeliveries } from '../deliver/call-off.ts';
import { type Caller, Refusal } from '../parts.ts';
import type { HotFolderRow, JobRow } from '../store/store.ts';
import { type FlowParts, system } from './flow-parts.ts';
import { planDeliveries } from './plan-deliveries.ts';

export type DeliveryRequest = { readonly reason: string; readonly hotFolderId?: number | undefined; readonly actionId: string };

/** What the clock or an approval turns into an order for production. */
function comeTrue(job: JobRow, now: number): NewEvent[] {
  const { intake, review } = job.tracks;
  const started = intake?.code === 'FutureOrder' && job.startAt !== null && Date.parse(job.startAt) <= now;
  const approved = intake?.code === 'UnapprovedOrder' && review?.code === 'Approved';
  if (started) return [{ code: 'Ordered', at: now, actor: system, reason: 'Its start date has come.' }];
  return approved ? [{ code: 'Ordered', at: now, actor: system, reason: 'It was approved.' }] : [];
}

export async function goOnWith(parts: FlowParts, jobId: number): Promise<void> {
  const at = parts.now();
  const folderIds = await parts.store.write(async (tx) => {
    const job = await tx.job(jobId);
    if (job === null) return [];
    const events = comeTrue(job, at);
    if (events.length > 0) await tx.record(jobId, events);
    const held = job.tracks.hold?.code === 'Blocked';
    if (held) await holdDeliveries(tx, jobId, at);
    const hurried = held ? [] : await releaseDeliveries(tx, jobId);
    return [...hurried, ...(await planDeliveries(tx, parts.floor(), jobId, at))];
  });
  for (const id of new Set(folderIds)) parts.wakeFolder(id);
}

function checkRequest(parts: FlowParts, job: JobRow | null, request: DeliveryRequest): { job: JobRow; folder: HotFolderRow | null } {
  if (job === null) throw new Refusal('NOT_FOUND', 'There is no such job.', 'Look it up in the list.');
  if (job.tracks.hold?.code === 'Blocked')
    throw new Refusal('NOT_NOW', `${job.number} is blocked.`, 'Release it first, by undoing the block.');
  if (job.missing.length > 0)
    throw new Refusal('NOT_NOW', `${job.number} still lacks ${job.missing.join(', ')}.`, 'Put the missing files into the incoming folder.');
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
  const fingerprint = JSON.stringify(['deliver', jobId, request.reason, request.hotFolderId ?? null]);
  const folderIds = await parts.store.write(async (tx) => {
    const earlier = await tx.action(request.actionId);
    if (earlier !== null) {
      if (earlier.fingerprint !== fingerprint)
        throw new Refusal('CONFLICT', 'This action id was used for something else.', 'Use a new action id for a new intention.');
      return [];
    }
    const { job, folder } = checkRequest(parts, await tx.job(jobId), request);
    const deliveries = await tx.deliveriesOf(jobId);
    const current = new Set(job.files.filter((file) => file.current).map((file) => file.id));
    const again = deliveries.some((delivery) => delivery.deliveredAt !== null && delivery.fileId !== null && current.has(delivery.fileId));
    // What has not gone out is replaced by the new order.
    const calledOff = await cancelDeliveries(tx, jobId, () => true);
    const sends = deliveries.filter((delivery) => delivery.deliveredAt !== null).length;
    await tx.record(jobId, [
      {
        code: 'ActionRun',
        at,
        actor: caller.actor,
        station: caller.station,
        reason: request.reason,
        data: { action: again ? 'sendAgain' : 'send', earlierSends: sends, hotFolder: folder?.name ?? null },
      },
    ]);
    const planned = await planDeliveries(tx, parts.floor(), jobId, at, { folder });
    if (planned.length === 0) throw new Refusal('NOT_NOW', `No rule says where ${job.number} goes.`, 'Choose a hot folder.');
    await tx.keepAction(request.actionId, fingerprint, '{}', at);
    return [...calledOff, ...planned];
  });
  for (const id of new Set(folderIds)) parts.wakeFolder(id);
}
