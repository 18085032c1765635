/**
 * What deliveries tell of themselves: one function for each thing that can be done or seen, each once, however often it is seen. What it means for the
 * job is decided at the door.
 */
import { goingOnStates } from '../../../shared/delivery.ts';
import type { DeliveryFacts } from '../../../shared/job/command.ts';
import { engine, printer } from '../../../shared/job/mover.ts';
import type { ReasonCode } from '../../../shared/reason.ts';
import type { DiskFault } from '../disk/fault.ts';
import { tell } from '../jobs/tell.ts';
import type { DeliveryRow, HotFolderRow, Store } from '../store/store.ts';
import { stepDelivery } from './step.ts';

/** States in which a delivery may still become something. */
const open: ReadonlySet<DeliveryRow['state']> = new Set([...goingOnStates, 'taken']);

function facts(folder: HotFolderRow, delivery: DeliveryRow): DeliveryFacts {
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

/** What every sight at a printer tells. */
function sight(folder: HotFolderRow, delivery: DeliveryRow) {
  return { kind: 'seen', jobId: delivery.jobId, delivery: facts(folder, delivery) } as const;
}

export async function recordDelivered(store: Store, folder: HotFolderRow, delivery: DeliveryRow, at: number): Promise<void> {
  await store.write(async (tx) => {
    const change = { deliveredAt: at, reasonCode: null, raw: null, nextTryAt: null };
    const before = await stepDelivery(tx, delivery.id, 'delivered', change);
    if (before === null) return;
    const calledOff = before.state === 'withdrawing' ? ({ calledOff: true } as const) : {};
    await tell(tx, { ...sight(folder, delivery), what: 'delivered', tries: delivery.tries + 1, ...calledOff }, engine, at);
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
    if ((await stepDelivery(tx, delivery.id, 'uncertain', { reasonCode, raw, nextTryAt: null })) === null) return;
    await tell(tx, { ...sight(folder, delivery), what: 'uncertain', reasonCode, raw }, engine, at);
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
    const path = fault.path ?? folder.place.folderPath;
    await tell(tx, { ...sight(folder, delivery), what: 'failed', reasonCode, raw, errno: fault.code, path, tries }, engine, at);
  });
}

/** Somebody must make room for it; it goes on by itself then. */
export async function recordNameTaken(store: Store, folder: HotFolderRow, delivery: DeliveryRow, at: number): Promise<void> {
  await store.write(async (tx) => {
    if ((await tx.delivery(delivery.id))?.state !== 'waiting') return;
    await tell(tx, { ...sight(folder, delivery), what: 'nameTaken' }, engine, at);
  });
}

export async function recordTaken(store: Store, folder: HotFolderRow, delivery: DeliveryRow, at: number): Promise<void> {
  await store.write(async (tx) => {
    if ((await stepDelivery(tx, delivery.id, 'taken')) === null) return;
    await tell(tx, { ...sight(folder, delivery), what: 'taken' }, printer(folder.name), at);
  });
}

/** The job counts as printed with the last of its files. */
export async function recordPrinted(store: Store, folder: HotFolderRow, delivery: DeliveryRow, at: number): Promise<void> {
  await store.write(async (tx) => {
    if ((await stepDelivery(tx, delivery.id, 'printed')) === null) return;
    const left = (await tx.deliveriesOf(delivery.jobId)).filter((other) => other.id !== delivery.id && open.has(other.state)).length;
    await tell(tx, { ...sight(folder, delivery), what: 'printed', left, note: null }, printer(folder.name), at);
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
    await tell(tx, { ...sight(folder, delivery), what: 'refused', words }, printer(folder.name), at);
  });
}

export async function recordLying(store: Store, folder: HotFolderRow, delivery: DeliveryRow, at: number): Promise<void> {
  await store.write(async (tx) => {
    if ((await stepDelivery(tx, delivery.id, 'lying')) === null) return;
    await tell(tx, { ...sight(folder, delivery), what: 'lying' }, engine, at);
  });
}
