/**
 * The only way to write history. No part of what everybody may do in a transaction: the door alone imports it (build/import-rules.ts), so that nothing
 * is said of a job that the table of the rules did not hear.
 */
import type { JobEvent, NewEvent } from '../../../shared/event.ts';
import type { Writer } from './store.ts';

type Record = (jobId: number, events: readonly NewEvent[]) => Promise<JobEvent[]>;

const recorders = new WeakMap<Writer, Record>();

/** The store lends its hand to the transaction. */
export function letRecord(tx: Writer, record: Record): void {
  recorders.set(tx, record);
}

/** Appends to the history of a job and derives its state anew; one statement for all of them. */
export async function record(tx: Writer, jobId: number, events: readonly NewEvent[]): Promise<JobEvent[]> {
  const recorder = recorders.get(tx);
  if (recorder === undefined) throw new Error('this is no transaction of the store');
  return await recorder(jobId, events);
}
