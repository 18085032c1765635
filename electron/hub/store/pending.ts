/**
 * What one write has done so far and is not on disk yet: what to tell listeners, the sums to change, the words to index.
 * A write that fails takes its own with it; a write that succeeds hands it to the flush it is part of.
 */
import type { Selectable, Updateable } from 'kysely';
import type { JobEvent } from '../../../shared/event.ts';
import type { JobState } from '../../../shared/job/state.ts';
import type { Change, HotFolderRow, JobFacts } from './store.ts';
import { type Differences, oneRevision } from './sums.ts';
import type { DeliveryTable, FileTable, JobTable } from './tables.ts';

/** As it stands in its row. */
export type AddedJob = Pick<Selectable<JobTable>, 'order_no' | 'job_no' | 'title' | 'product' | 'customer' | 'named' | 'has_ticket'> & {
  /** Names of its files. */
  readonly fileNames: readonly string[];
};

export type FreshJob = { readonly row: Selectable<JobTable>; readonly files: readonly Selectable<FileTable>[] };

export type Pending = {
  /** Newest seq as seen from inside the transaction; null until somebody asked. */
  seq: number | null;
  /** States read or written in this transaction, so that they are not parsed twice. */
  readonly states: Map<number, JobState>;
  /** Jobs added by this write, until it says more of them: what their file and their words ask of them at once. */
  readonly added: Map<number, AddedJob>;
  /** Jobs added by this write with their files, as they stand in it now, until they get anything else than files and history. */
  readonly fresh: Map<number, FreshJob>;
  /** Columns of jobs that this write has changed and not written yet: all of a job are written at once, before its row is read and when the write ends. */
  readonly owed: Map<number, Updateable<JobTable>>;
  /** What the rules look at of jobs that this write has asked about or added, until it says more of them. */
  readonly facts: Map<number, Omit<JobFacts, 'id' | 'state'>>;
  /** Deliveries this write has read, as they stand in it now. */
  readonly deliveries: Map<number, Selectable<DeliveryTable>>;
  /** Numbers that no job had when this write asked, until it gives one. */
  readonly freeNumbers: Set<string>;
  /** Hot folders read in this flush, until one is changed or a write fails: each file asks for the one it goes to several times. */
  readonly folders: Map<number, HotFolderRow | null>;
  /** Differences to the sums in `counter`, by name. */
  readonly sums: Map<string, number>;
  /** Jobs whose searchable words changed; `true`: the job is new. */
  readonly words: Map<number, boolean>;
  readonly events: JobEvent[];
  readonly jobIds: Set<number>;
  readonly touched: Set<'hotFolders' | 'rules' | 'settings' | 'arrivals' | 'tasks'>;
};

export function emptyPending(seq: number | null = null, folders: Pending['folders'] = new Map()): Pending {
  return {
    seq,
    states: new Map(),
    added: new Map(),
    fresh: new Map(),
    owed: new Map(),
    facts: new Map(),
    deliveries: new Map(),
    freeNumbers: new Set(),
    folders,
    sums: new Map(),
    words: new Map(),
    events: [],
    jobIds: new Set(),
    touched: new Set(),
  };
}

/** For the next write, once this one is merged: what it had collected goes, and its collections stay. */
export function emptied(merged: Pending, seq: number | null, folders: Pending['folders']): Pending {
  const { states, added, fresh, owed, facts, deliveries, freeNumbers, sums, words, jobIds, touched } = merged;
  for (const collected of [states, added, fresh, owed, facts, deliveries, freeNumbers, sums, words, jobIds, touched])
    if (collected.size > 0) collected.clear();
  return { ...merged, seq, folders, events: [] };
}

/** A number as it stands in `freeNumbers`. */
export function numberKey(order: string, job: string): string {
  return `${order}\u0000${job}`;
}

export function addToSum(pending: Pending, name: string, by: number): void {
  if (by !== 0) pending.sums.set(name, (pending.sums.get(name) ?? 0) + by);
}

/** What jobs are told with has changed beside them. */
export function addRevision(pending: Pending): void {
  for (const [name, by] of oneRevision) addToSum(pending, name, by);
}

/** What this write changes in the sums. */
export function unsavedOf({ sums, jobIds }: Pending): readonly Differences[] {
  return jobIds.size > 0 ? [sums, oneRevision] : [sums];
}

/** Hands what a finished write did to the flush it is part of. */
export function merge(flush: Pending, write: Pending): void {
  flush.seq = write.seq ?? flush.seq;
  for (const sums of unsavedOf(write)) for (const [name, by] of sums) addToSum(flush, name, by);
  flush.events.push(...write.events);
  for (const id of write.jobIds) flush.jobIds.add(id);
  for (const what of write.touched) flush.touched.add(what);
}

export function isEmpty(pending: Pending): boolean {
  return pending.events.length === 0 && pending.jobIds.size === 0 && pending.touched.size === 0;
}

export function changeOf(pending: Pending): Change {
  const { events, jobIds, touched } = pending;
  return {
    events,
    jobIds,
    hotFolders: touched.has('hotFolders'),
    rules: touched.has('rules'),
    settings: touched.has('settings'),
    arrivals: touched.has('arrivals'),
    tasks: touched.has('tasks'),
  };
}
