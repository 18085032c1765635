/** A person sends a job to its printer, for the first time, again or somewhere else. */

import type { JobEvent } from '../../../shared/event.ts';
import { isInsistedOn, refusals } from '../../../shared/job/refusals.ts';
import { newestOf, sendingOf } from '../../../shared/job/sending.ts';
import { chooseHotFolder } from '../../../shared/routing.ts';
import { recallFound } from '../../../shared/words/recall.ts';
import { said } from '../../../shared/words/say.ts';
import { putBehind, waitsForEarlier } from '../deliver/behind.ts';
import { cancelDeliveries } from '../deliver/hold-or-cancel.ts';
import { answeredBefore, askedBy } from '../jobs/answers.ts';
import { moverOf, partOfAnother } from '../jobs/door.ts';
import { type Caller, type DeliveryRequest, Refusal } from '../parts.ts';
import type { DeliveryRow, HotFolderRow, JobRow, Reader, Writer } from '../store/store.ts';
import type { Floor, FlowParts } from './flow-parts.ts';
import { refuseMoreSends } from './job-size.ts';
import { planDeliveries } from './plan-deliveries.ts';

/** Null: each file goes where the rules say. */
function folderOf(parts: FlowParts, { hotFolderId }: DeliveryRequest): HotFolderRow | null {
  if (hotFolderId === undefined) return null;
  const folder = parts.floor().hotFolders.find((candidate) => candidate.id === hotFolderId);
  if (folder === undefined) throw new Refusal('NOT_FOUND', said('refusals.hotFolderUnknown'));
  return folder;
}

/** Sent once more only when somebody names it, or means the whole job. One that goes well through its last step is as good as delivered. */
function isDelivered(fileId: number, deliveries: readonly DeliveryRow[], { hotFolderId }: DeliveryRequest): boolean {
  const sending = sendingOf(fileId, deliveries);
  return sending === 'sent' || (sending === 'lastStep' && hotFolderId === undefined);
}

/** Whoever named it saw it as the newest, or made it up. */
function notCurrent({ number, files }: JobRow, fileId: number): Refusal {
  if (!files.some(({ id }) => id === fileId)) return new Refusal('BAD_REQUEST', said('refusals.noCurrentFile', { number, file: fileId }));
  return new Refusal('NOT_NOW', said('rules.replacedMeanwhile'), {
    rule: 'replacedMeanwhile',
    mayInsist: refusals.replacedMeanwhile.mayInsist,
  });
}

function filesToSend(job: JobRow, deliveries: readonly DeliveryRow[], request: DeliveryRequest): ReadonlySet<number> {
  const current = job.files.filter((file) => file.current).map((file) => file.id);
  if (current.length === 0) throw new Refusal('NOT_NOW', said('refusals.noPrintFile', { number: job.number }));
  const { fileIds } = request;
  if (fileIds !== undefined) {
    const unknown = fileIds.find((id) => !current.includes(id));
    if (unknown !== undefined) throw notCurrent(job, unknown);
    return new Set(fileIds);
  }
  const open = current.filter((id) => !isDelivered(id, deliveries, request));
  return new Set(open.length > 0 ? open : current);
}

export async function whyNotPlanned(tx: Reader, job: JobRow, before: readonly DeliveryRow[]): Promise<Refusal> {
  const refused = (await tx.deliveriesOf(job.id)).find(({ id, reasonCode }) => reasonCode !== null && !before.some((one) => one.id === id));
  return refused === undefined
    ? new Refusal('NOT_NOW', said('refusals.noRuleFor', { number: job.number }))
    : new Refusal('NOT_NOW', said('refusals.typeRefused', { what: recallFound(refused.raw) ?? refused.raw ?? refused.name }));
}

/** Told by older versions without the files: then of all. */
function isSendOf({ action, fileIds: files }: JobEvent['data'], fileIds: ReadonlySet<number>): boolean {
  return (
    (action === 'sendAgain' || action === 'send') &&
    (!Array.isArray(files) || files.some((id) => typeof id === 'number' && fileIds.has(id)))
  );
}

/** The last word that sent one of these files, where it went out by it. */
async function lastSendOf(
  tx: Writer,
  jobId: number,
  fileIds: ReadonlySet<number>,
  deliveries: readonly DeliveryRow[],
): Promise<JobEvent | undefined> {
  const isOut = [...fileIds].some((id) => {
    const newest = newestOf(id, deliveries);
    return newest?.wished === true && sendingOf(id, deliveries) === 'sent';
  });
  return isOut ? (await tx.history(jobId)).findLast(({ data }) => isSendOf(data, fileIds)) : undefined;
}

/** The hot folder in which one of the files lies for a printer to take: it would come out twice. */
async function liesIn(
  tx: Writer,
  { rules, hotFolders }: Floor,
  job: JobRow,
  folder: HotFolderRow | null,
  fileIds: ReadonlySet<number>,
): Promise<{ readonly name: string; readonly goesThere: boolean } | undefined> {
  for (const file of job.files.filter(({ id }) => fileIds.has(id))) {
    const route = chooseHotFolder(rules, job, file.type);
    const goesTo = folder?.id ?? (route.kind === 'hotFolder' ? route.hotFolderId : null);
    const lying = job.deliveries.find(({ fileId, state }) => fileId === file.id && (state === 'delivered' || state === 'lying'));
    if (goesTo === null || lying === undefined) continue;
    const isIts = ({ id }: { readonly id: number }): boolean => id === lying.hotFolderId;
    // One that was removed is not on the floor any more, and is followed as long as something lies there.
    const hotFolder = hotFolders.find(isIts) ?? (await tx.placesLeft(Number.MAX_SAFE_INTEGER)).find(isIts);
    return { name: hotFolder?.name ?? lying.name, goesThere: isIts({ id: goesTo }) };
  }
  return undefined;
}

/** On record with the reason and counted; the same action id does it once. */
export async function requestDelivery(parts: FlowParts, jobId: number, request: DeliveryRequest, caller: Caller): Promise<void> {
  const at = parts.now();
  const asked = askedBy({ kind: 'deliver', jobId, ...request, hotFolder: null, earlierSends: 0, again: false });
  const hotFolderIds = await parts.store.write(async (tx) => {
    // Before anything is looked at: what was done stays done, whatever became of the job, its files and the hot folder since.
    if (asked !== null && (await answeredBefore(tx, asked)) !== null) return [];
    const job = await tx.job(jobId);
    if (job === null) throw new Refusal('NOT_FOUND', said('refusals.jobToSend'));
    if (job.partOf !== null) throw partOfAnother((await tx.wholeJob(jobId))?.number ?? '');
    const folder = folderOf(parts, request);
    const deliveries = await tx.deliveriesOf(jobId);
    const fileIds = filesToSend(job, deliveries, request);
    refuseMoreSends(job.number, deliveries, fileIds.size);
    const earlier = deliveries.filter(({ deliveredAt, fileId }) => deliveredAt !== null && fileId !== null && fileIds.has(fileId));
    const waitsForFirst = [...fileIds].some((id) => waitsForEarlier(id, deliveries));
    const sends = { earlierSends: earlier.length, again: earlier.length > 0, waitsForFirst, sends: [...fileIds] };
    const known = {
      isSent: [...fileIds].some((id) => sendingOf(id, deliveries) === 'sent'),
      lastSend: await lastSendOf(tx, jobId, fileIds, deliveries),
      liesIn: await liesIn(tx, parts.floor(), job, folder, fileIds),
    };
    const wish = { kind: 'deliver', jobId, ...request, hotFolder: folder?.name ?? null, ...sends, ...known } as const;
    const applied = await parts.door.applyIn(tx, wish, moverOf(caller));
    if (applied.repeated) return [];
    // What has not gone out of these files, or of an older version of any, is replaced by the new order.
    const current = new Set(job.files.filter((file) => file.current).map((file) => file.id));
    const cancelled = await cancelDeliveries(tx, jobId, ({ fileId }) => fileId === null || fileIds.has(fileId) || !current.has(fileId));
    const planned = await planDeliveries(tx, parts.floor(), jobId, at, { folder, fileIds });
    if (planned.length === 0) throw await whyNotPlanned(tx, job, deliveries);
    if (!isInsistedOn('sendUnclear', request)) await putBehind(tx, jobId, fileIds, at);
    return [...cancelled, ...planned];
  });
  for (const id of new Set(hotFolderIds)) parts.wakeFolder(id);
}
