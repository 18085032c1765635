/** How a file stands at the printers, for whoever wants to send it, again or somewhere else: one rule for the hub and the screens. Pure. */
import type { DeliveryState } from '../delivery.ts';

/** What is known of one delivery of a file; the oldest come first. */
export type Sent = { readonly fileId: number | null; readonly state: DeliveryState; readonly tries: number };

/**
 * - `open`: it has not come to a printer, and nothing is under way; or nobody knows
 * - `waits`: planned. What is sent now takes its place
 * - `lastStep`: just being handed over. What is sent now waits until it is known whether that one went out
 * - `stuck`: like `lastStep`, and that does not come to its end: it is still not known after a try
 * - `sent`: a printer has it, or had it
 */
export type Sending = 'open' | 'waits' | 'lastStep' | 'stuck' | 'sent';

/** It may lie in a hot folder, or come there; what is found on the disk tells. */
const lastStep: ReadonlySet<DeliveryState> = new Set<DeliveryState>(['publishing', 'withdrawing']);
const sent: ReadonlySet<DeliveryState> = new Set<DeliveryState>(['delivered', 'lying', 'taken', 'printed']);

export function isInLastStep(state: DeliveryState): boolean {
  return lastStep.has(state);
}

/** It has not come to a printer, and is to: it is on its way, or somebody must help it there. */
const toGo: ReadonlySet<DeliveryState> = new Set<DeliveryState>(['waiting', 'copying', 'publishing', 'failed', 'refused']);

/** What says how a file stands: the newest that was not cancelled. `deliveries`: the oldest come first. */
export function newestOf<One extends Sent>(fileId: number, deliveries: readonly One[]): One | undefined {
  return deliveries.findLast((delivery) => delivery.fileId === fileId && delivery.state !== 'cancelled');
}

/** The files of a job that have not come to a printer yet, where others of it have, or are just being handed over; none where all or nothing went. */
export function stillToGo<File extends { readonly id: number; readonly current: boolean }>(
  files: readonly File[],
  deliveries: readonly Sent[],
): File[] {
  const current = files
    .filter((file) => file.current)
    .flatMap((file) => {
      const state = newestOf(file.id, deliveries)?.state;
      return state === undefined ? [] : [{ file, state }];
    });
  const toCome = current.filter(({ state }) => toGo.has(state));
  const isPartly =
    current.some(({ state }) => sent.has(state)) ||
    (current.some(({ state }) => lastStep.has(state)) && toCome.some(({ state }) => !lastStep.has(state)));
  return isPartly ? toCome.map(({ file }) => file) : [];
}

/** The newest that was not cancelled says how a file stands; where that has not gone out, an older one still may. */
export function sendingOf(fileId: number, deliveries: readonly Sent[]): Sending {
  const its = deliveries.filter((delivery) => delivery.fileId === fileId && delivery.state !== 'cancelled');
  const newest = its.at(-1);
  if (newest !== undefined && sent.has(newest.state)) return 'sent';
  const handedOver = its.findLast(({ state }) => lastStep.has(state));
  if (handedOver !== undefined) return handedOver.state === 'withdrawing' || handedOver.tries > 0 ? 'stuck' : 'lastStep';
  return newest?.state === 'waiting' || newest?.state === 'copying' ? 'waits' : 'open';
}
