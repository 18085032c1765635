/** What deliveries write into the history of their jobs: one function for each thing that can be said. Each says it once, however often it is seen. */
import { goingOnStates } from '../../../shared/delivery.ts';
import type { JobEvent } from '../../../shared/event.ts';
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

async function openProblem(
  tx: Writer,
  folder: HotFolderRow,
  delivery: DeliveryRow,
  problem: ReasonCode,
  at: number,
  more: { readonly actor?: string; readonly data?: JobEvent['data'] } = {},
): Promise<void> {
  const data = { ...facts(folder, delivery), ...more.data, problem };
  await tx.record(delivery.jobId, [{ code: 'ActionRun', at, actor: more.actor ?? system, reason: reasonEntry(problem).what.en, data }]);
}

export async function recordDelivered(store: Store, folder: HotFolderRow, delivery: DeliveryRow, at: number): Promise<void> {
  await store.write(async (tx) => {
    const change = { deliveredAt: at, reasonCode: null, raw: null, nextTryAt: null };
    const before = await stepDelivery(tx, delivery.id, 'delivered', change);
    if (before === null) return;
    const wentAnyway = before.state === 'withdrawing' || (await tx.jobState(delivery.jobId))?.tracks.hold?.code === 'Blocked';
    await tx.record(delivery.jobId, [
      { code: 'InHotFolder', at, actor: system, data: { ...facts(folder, delivery), tries: delivery.tries + 1 } },
    ]);
    if (wentAnyway) await openProblem(tx, folder, delivery, 'WentOutAnyway', at);
  });
}

export async function recordUncertain(
  store: Store,
  folder: HotFolderRow,
  delivery: DeliveryRow,
  reasonCode: 'DeliveryUncertain' | 'OutOfSight',
  at: number,
  raw: string | null = null,
): Promise<void> {
  await store.write(async (tx) => {
    const before = await stepDelivery(tx, delivery.id, 'uncertain', { reasonCode, raw, nextTryAt: null });
    if (before === null) return;
    // What a person has said since it was delivered is newer knowledge.
    if (reasonCode === 'OutOfSight' && !(await standsInHotFolder(tx, delivery.jobId))) return;
    await openProblem(tx, folder, delivery, reasonCode, at, { data: { raw } });
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
        data: { ...facts(folder, delivery), reasonCode, raw, errno: fault.code, path: fault.path ?? folder.place.folderPath, tries },
      },
    ]);
  });
}

/** Somebody must make room for it; it goes on by itself then. */
export async function recordNameTaken(store: Store, folder: HotFolderRow, delivery: DeliveryRow, at: number): Promise<void> {
  await store.write(async (tx) => {
    const known = (await tx.jobState(delivery.jobId))?.problems.some(({ code }) => code === 'NameTaken') ?? true;
    const waits = (await tx.delivery(delivery.id))?.state === 'waiting';
    if (!known && waits) await openProblem(tx, folder, delivery, 'NameTaken', at, { data: { raw: delivery.name } });
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
export async function recordPrinted(store: Store, folder: HotFolderRow, delivery: DeliveryRow, at: number): Promise<void> {
  await store.write(async (tx) => {
    if ((await stepDelivery(tx, delivery.id, 'printed')) === null) return;
    const others = (await tx.deliveriesOf(delivery.jobId)).some((other) => other.id !== delivery.id && open.has(other.state));
    const code = (await tx.jobState(delivery.jobId))?.tracks.production?.code;
    if (others || (code !== 'InHotFolder' && code !== 'InProduction')) return;
    await tx.record(delivery.jobId, [{ code: 'Printed', at, actor: `printer ${folder.name}`, data: facts(folder, delivery) }]);
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
    const raw = words ?? 'The printer wrote nothing beside the file.';
    await openProblem(tx, folder, delivery, 'PrinterRefused', at, { actor: `printer ${folder.name}`, data: { raw } });
  });
}

export async function recordLying(store: Store, folder: HotFolderRow, delivery: DeliveryRow, at: number): Promise<void> {
  await store.write(async (tx) => {
    if ((await stepDelivery(tx, delivery.id, 'lying')) === null || !(await standsInHotFolder(tx, delivery.jobId))) return;
    await openProblem(tx, folder, delivery, 'StillLyingThere', at);
  });
}
