/** What deliveries write into the history of their jobs: one function for each thing that can be said. */
import { goingOnStates } from '../../../shared/delivery.ts';
import { type ReasonCode, reasonEntry } from '../../../shared/reason.ts';
import type { DiskFault } from '../disk/fault.ts';
import type { DeliveryRow, HotFolderRow, Store, Writer } from '../store/store.ts';
import { stepDelivery } from './step.ts';

const system = 'system';

/** States in which a delivery may still become something. */
const open: ReadonlySet<DeliveryRow['state']> = new Set([...goingOnStates, 'taken']);

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
    const change = { deliveredAt: at, reasonCode: null, raw: null, nextTryAt: null };
    if ((await stepDelivery(tx, delivery.id, 'delivered', change)) === null) return;
    await tx.record(delivery.jobId, [
      { code: 'InHotFolder', at, actor: system, data: { ...facts(folder, delivery), tries: delivery.tries + 1 } },
    ]);
  });
}

export async function recordUncertain(store: Store, folder: HotFolderRow, delivery: DeliveryRow, at: number): Promise<void> {
  await store.write(async (tx) => {
    if ((await stepDelivery(tx, delivery.id, 'uncertain', { reasonCode: 'DeliveryUncertain', nextTryAt: null })) === null) return;
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
    if ((await stepDelivery(tx, delivery.id, 'failed', { tries, reasonCode, raw, nextTryAt: null, mark: null })) === null) return;
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
    if ((await stepDelivery(tx, delivery.id, 'taken')) === null || !(await standsInHotFolder(tx, delivery.jobId))) return;
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
    if ((await stepDelivery(tx, delivery.id, 'printed')) === null) return;
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
    if ((await stepDelivery(tx, delivery.id, 'refused', { reasonCode: 'PrinterRefused', raw: words })) === null) return;
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
    // Where a person has said more since, that is newer knowledge.
    if ((await stepDelivery(tx, delivery.id, 'lying')) === null || !(await standsInHotFolder(tx, delivery.jobId))) return;
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
