/**
 * A ticket came when its files were on their way already, or changed what the rules look at. What no printer has is planned anew, in the transaction of
 * the ticket; what one has, and should not, is told. Where a person sent a file it stays.
 */
import type { DeliveryState } from '../../../shared/delivery.ts';
import type { Change } from '../../../shared/job/changes.ts';
import type { SentFile } from '../../../shared/job/command.ts';
import { engine } from '../../../shared/job/mover.ts';
import { chooseHotFolder } from '../../../shared/routing.ts';
import { cancelDeliveries } from '../deliver/hold-or-cancel.ts';
import type { DeliveryRow, FileRow, JobRow, Reader, Writer } from '../store/store.ts';
import { nameDelivery, namePartsOf } from './delivery-name.ts';
import type { Floor, FlowParts } from './flow-parts.ts';

const atPrinter: ReadonlySet<DeliveryState> = new Set<DeliveryState>(['delivered', 'lying', 'taken', 'printed', 'uncertain']);
const notYetThere: ReadonlySet<DeliveryState> = new Set<DeliveryState>(['waiting', 'copying', 'publishing', 'failed']);

/** Is there anything of it that rules, names or the queue look at, and that is another now? */
export function isOtherNow(before: JobRow, after: JobRow): boolean {
  const seen = ({ order, job, title, product, quantity, attributes, customer, priority }: JobRow): string =>
    JSON.stringify([order, job, title, product, quantity, attributes, customer, priority]);
  return seen(before) !== seen(after);
}

/** Where the rules send it now, in words; null where that is the hot folder it is in, and where no rule fits. */
async function elsewhere(read: Reader, floor: Floor, job: JobRow, file: FileRow, { hotFolderId }: DeliveryRow): Promise<string | null> {
  const route = chooseHotFolder(floor.rules, job, file.type);
  switch (route.kind) {
    case 'none':
      return null;
    case 'skip':
      return `no hot folder (rule "${route.rule.name}")`;
    case 'hotFolder':
      return route.hotFolderId === hotFolderId ? null : ((await read.hotFolder(route.hotFolderId))?.name ?? null);
    default:
      return route satisfies never;
  }
}

/** What a printer has, or had, of a job: the newest delivery of each file that came so far. A person who has sent the file since chose where it goes. */
async function sentFiles(read: Reader, floor: Floor, job: JobRow): Promise<SentFile[]> {
  const files = await read.files(job.id);
  const deliveries = (await read.deliveriesOf(job.id)).filter(({ state }) => state !== 'cancelled');
  const newest = new Map<string, DeliveryRow>();
  for (const delivery of deliveries)
    if (atPrinter.has(delivery.state)) newest.set(delivery.fileId === null ? `foreign ${delivery.id}` : `${delivery.fileId}`, delivery);
  const sent: SentFile[] = [];
  for (const delivery of newest.values()) {
    const file = files.find(({ id }) => id === delivery.fileId);
    const isChosen = deliveries.some(({ fileId, wished, id }) => fileId === delivery.fileId && wished && id >= delivery.id);
    const hotFolder = (await read.hotFolder(delivery.hotFolderId))?.name ?? 'a hot folder that is gone';
    const goesTo = file === undefined || isChosen ? null : await elsewhere(read, floor, job, file, delivery);
    sent.push({ name: delivery.name, hotFolder, goesTo });
  }
  return sent;
}

/** Answers the hot folders to wake. */
export async function followChange(
  { door, floor }: FlowParts,
  tx: Writer,
  jobId: number,
  changes: readonly Change[] = [],
): Promise<readonly number[]> {
  const job = await tx.job(jobId);
  const sent = job === null || job.deliveries.length === 0 ? [] : await sentFiles(tx, floor(), job);
  return (await door.applyIn(tx, { kind: 'wayChanged', jobId, sent, changes }, engine)).hotFolderIds;
}

async function isStale(tx: Writer, floor: Floor, job: JobRow, file: FileRow, delivery: DeliveryRow): Promise<boolean> {
  const route = chooseHotFolder(floor.rules, job, file.type);
  if (route.kind !== 'hotFolder' || route.hotFolderId !== delivery.hotFolderId) return true;
  if (delivery.state !== 'waiting') return false;
  const folder = await tx.hotFolder(delivery.hotFolderId);
  if (folder === null || delivery.priority !== job.priority) return folder !== null;
  return delivery.name !== (await nameDelivery(tx, folder, job.id, file.name, namePartsOf(job, file, folder)));
}

/** Cancels what no printer has and would go elsewhere now, or by another name or turn. Answers the hot folders to wake. */
export async function cancelStale(tx: Writer, floor: Floor, jobId: number): Promise<number[]> {
  const job = await tx.job(jobId);
  if (job === null || job.deliveries.length === 0) return [];
  const files = await tx.files(jobId);
  const stale = new Set<number>();
  for (const delivery of await tx.deliveriesOf(jobId)) {
    const file = files.find(({ id }) => id === delivery.fileId);
    if (file === undefined || delivery.wished || !notYetThere.has(delivery.state)) continue;
    if (await isStale(tx, floor, job, file, delivery)) stale.add(delivery.id);
  }
  return stale.size === 0 ? [] : await cancelDeliveries(tx, jobId, ({ id }) => stale.has(id));
}
