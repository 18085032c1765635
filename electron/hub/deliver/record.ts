/** What deliveries write into the history of their jobs: one function for each thing that can be said. */
import { type ReasonCode, reasonEntry } from '../../../shared/reason.ts';
import type { DiskFault } from '../disk/fault.ts';
import type { DeliveryRow, HotFolderRow, Store, Writer } from '../store/store.ts';

const system = 'system';

/** States in which a delivery may still become something. */
const open: ReadonlySet<DeliveryRow['state']> = new Set(['waiting', 'copying', 'publishing', 'delivered', 'lying', 'taken']);

function facts(folder: HotFolderRow, delivery: DeliveryRow): Record<string, string | number> {
  return {
    hotFolder: folder.name,
    hotFolderId: folder.id,
    deliveryId: delivery.id,
    name: delivery.name,
    size: delivery.size,
    sha256: delivery.sha256,
    send: delivery.send,
  };
}

export async function recordDelivered(store: Store, folder: HotFolderRow, delivery: DeliveryRow, at: number): Promise<void> {
  await store.write(async (tx) => {
    // One delivery, one InHotFolder: whoever comes second finds it said.
    if ((await tx.delivery(delivery.id))?.state !== 'publishing') return;
    await tx.changeDelivery(delivery.id, { state: 'delivered', deliveredAt: at, reasonCode: null, raw: null, nextTryAt: null });
    await tx.record(delivery.jobId, [
      { code: 'InHotFolder', at, actor: system, data: { ...facts(folder, delivery), tries: delivery.tries + 1 } },
    ]);
  });
}

export async function recordUncertain(store: Store, folder: HotFolderRow, delivery: DeliveryRow, at: number): Promise<void> {
  await store.write(async (tx) => {
    await tx.changeDelivery(delivery.id, { state: 'uncertain', reasonCode: 'DeliveryUncertain' });
    await tx.record(delivery.jobId, [
      {
        code: 'ActionRun',
        at,
        actor: system,
        reason: reasonEntry('DeliveryUncertain').what.en,
        data: { ...facts(folder, delivery), problem: 'DeliveryUncertain' },
      },
    ]);
  });
}

/** The delivery is given up; `tries` includes the last one. */
export async function recordFailed(
  store: Store,
  folder: HotFolderRow,
  delivery: DeliveryRow,
  reasonCode: ReasonCode,
  fault: DiskFault,
  tries: number,
  at: number,
): Promise<void> {
  const raw = `${fault.code}: ${fault.message}`;
  await store.write(async (tx) => {
    await tx.changeDelivery(delivery.id, { state: 'failed', tries, reasonCode, raw, nextTryAt: null, mark: null });
    await tx.record(delivery.jobId, [
      {
        code: 'CopyToHotFolderFailed',
        at,
        actor: system,
        reason: reasonEntry(reasonCode).what.en,
        data: { ...facts(folder, delivery), reasonCode, raw, errno: fault.code, path: fault.path ?? folder.path, tries },
      },
    ]);
  });
}

/** Only a job that is said to lie in the hot folder moves on: what a person has said since is newer knowledge. */
async function standsInHotFolder(tx: Writer, jobId: number): Promise<boolean> {
  return (await tx.jobState(jobId))?.tracks.production?.code === 'InHotFolder';
}

export async function recordTaken(store: Store, folder: HotFolderRow, delivery: DeliveryRow, at: number): Promise<void> {
  await store.write(async (tx) => {
    await tx.changeDelivery(delivery.id, { state: 'taken' });
    if (!(await standsInHotFolder(tx, delivery.jobId))) return;
    await tx.record(delivery.jobId, [
      {
        code: 'InProduction',
        at,
        actor: `printer ${folder.name}`,
        reason: 'The printer took the file out of the hot folder.',
        data: facts(folder, delivery),
      },
    ]);
  });
}

/** The job counts as printed with the last of its files. */
export async function recordPrinted(
  store: Store,
  folder: HotFolderRow,
  delivery: DeliveryRow,
  note: string | null,
  at: number,
): Promise<void> {
  await store.write(async (tx) => {
    await tx.changeDelivery(delivery.id, { state: 'printed' });
    const others = (await tx.deliveriesOf(delivery.jobId)).some((other) => other.id !== delivery.id && open.has(other.state));
    const code = (await tx.jobState(delivery.jobId))?.tracks.production?.code;
    if (others || (code !== 'InHotFolder' && code !== 'InProduction')) return;
    await tx.record(delivery.jobId, [
      { code: 'Printed', at, actor: `printer ${folder.name}`, reason: note, data: facts(folder, delivery) },
    ]);
  });
}

export async function recordRefused(
  store: Store,
  folder: HotFolderRow,
  delivery: DeliveryRow,
  words: string | null,
  at: number,
): Promise<void> {
  await store.write(async (tx) => {
    await tx.changeDelivery(delivery.id, { state: 'refused', reasonCode: 'PrinterRefused', raw: words });
    await tx.record(delivery.jobId, [
      {
        code: 'ActionRun',
        at,
        actor: `printer ${folder.name}`,
        reason: reasonEntry('PrinterRefused').what.en,
        data: { ...facts(folder, delivery), problem: 'PrinterRefused', raw: words ?? 'The printer wrote nothing beside the file.' },
      },
    ]);
  });
}

export async function recordLying(store: Store, folder: HotFolderRow, delivery: DeliveryRow, at: number): Promise<void> {
  await store.write(async (tx) => {
    await tx.changeDelivery(delivery.id, { state: 'lying' });
    await tx.record(delivery.jobId, [
      {
        code: 'ActionRun',
        at,
        actor: system,
        reason: reasonEntry('StillLyingThere').what.en,
        data: { ...facts(folder, delivery), problem: 'StillLyingThere' },
      },
    ]);
  });
}
