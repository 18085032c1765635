/** What the end of one try means for a delivery, and puts it on record. Answers what it means for the folder. */
import { deliveryTable } from '../../../shared/delivery.ts';
import { say } from '../../../shared/words/say.ts';
import { DiskFault, reasonOf } from '../disk/fault.ts';
import type { DeliveryRow } from '../store/store.ts';
import { backToQueue } from './back-to-queue.ts';
import { isBehind, stillBehind } from './behind.ts';
import type { DeliverContext, Delivered } from './deliver-one.ts';
import { heldForMs } from './hold-or-cancel.ts';
import { tempPathOf } from './places.ts';
import { recordFailed, recordNameTaken, recordUncertain } from './record.ts';
import { decideAfterFault } from './retry.ts';
import { stepDelivery, stillHere } from './step.ts';

export type Settled =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'notDelivered' }
  /** No fault of this file: the folder is in trouble, until it has room for `needBytes`. */
  | { readonly kind: 'folderTrouble'; readonly fault: DiskFault; readonly needBytes: number };

type FaultEnd = Extract<Delivered, { kind: 'fault' }>;

/** The disk finds its name too long: it gets a shorter one, and is due at once. Answers false where there is none, or it stands elsewhere by now. */
async function shorten({ store, folder, shorterName }: DeliverContext, delivery: DeliveryRow, raw: string): Promise<boolean> {
  const { id, tries } = delivery;
  return await store.write(async (tx) => {
    const current = await stillHere(tx, delivery);
    if (current === null || !(current.state === 'publishing' || current.state === 'waiting')) return false;
    const name = await shorterName(tx, folder, current);
    if (name !== null) await tx.changeDelivery(id, { name, tries: tries + 1, reasonCode: 'NameTooLong', raw, nextTryAt: null });
    return name !== null;
  });
}

async function settleFault(context: DeliverContext, delivery: DeliveryRow, end: FaultEnd, chance: number): Promise<Settled> {
  const { store, drop, folder, now } = context;
  const { fault, handedOver } = end;
  const reasonCode = reasonOf(fault);
  const tries = delivery.tries + 1;
  const next = decideAfterFault(reasonCode, tries, chance);
  const raw = fault.raw;
  if (next.kind === 'folderTrouble') {
    if (reasonCode !== 'DiskFull') return { kind: 'folderTrouble', fault, needBytes: 0 };
    const what = say('en', 'found.fileNeedsBytes', { name: delivery.name, bytes: delivery.size, raw: fault.message });
    const whose = new DiskFault(fault.code, what, fault.path);
    return { kind: 'folderTrouble', fault: whose, needBytes: delivery.size };
  }
  if (reasonCode === 'NameTooLong' && handedOver !== 'unknown' && (await shorten(context, delivery, raw))) return { kind: 'notDelivered' };
  const dropCopy = next.kind === 'fail' || handedOver === 'nothing';
  if (next.kind === 'fail') {
    if (handedOver === 'unknown') await recordUncertain(context, delivery, 'DeliveryUncertain', raw);
    // Cancelled while it was tried: what nobody wants any more has not failed, and its copy goes only once that is on record.
    else if (!(await recordFailed(context, delivery, reasonCode, fault, tries))) await backToQueue(context, delivery);
  } else {
    const later = { tries, reasonCode, raw, nextTryAt: now() + next.pauseMs };
    if (dropCopy && (await backToQueue(context, delivery, later)) === 'cancelled') {
      await drop(tempPathOf(folder.place, delivery));
      return { kind: 'notDelivered' };
    }
    await store.write(async (tx) => {
      const current = await stillHere(tx, delivery);
      if (current !== null && deliveryTable[current.state].goesOn === 'due')
        await tx.changeDelivery(delivery.id, stillBehind(current, later));
    });
    if (next.asks) await recordNameTaken(context, delivery);
  }
  if (dropCopy) await drop(tempPathOf(folder.place, delivery));
  return { kind: 'notDelivered' };
}

/** `chance` in [0, 1): spreads the next tries of many. */
export async function settle(context: DeliverContext, delivery: DeliveryRow, end: Delivered, chance: number): Promise<Settled> {
  switch (end.kind) {
    case 'fault':
      return await settleFault(context, delivery, end, chance);
    case 'held':
      await context.store.write(async (tx) => {
        // Released while it was put back: then it goes on at once.
        const current = await stillHere(tx, delivery);
        if (current === null) return;
        const goes = !(await isBehind(tx, current)) && (await context.mayGo(tx, current));
        const nextTryAt = goes ? null : context.now() + heldForMs;
        if ((await stepDelivery(tx, delivery.id, 'waiting', { nextTryAt })) !== null) return;
        if (current.state === 'waiting') await tx.changeDelivery(delivery.id, { nextTryAt });
      });
      return { kind: 'notDelivered' };
    case 'delivered':
      return { kind: 'delivered' };
    case 'startAgain':
    case 'over':
      return { kind: 'notDelivered' };
    default:
      return end satisfies never;
  }
}
