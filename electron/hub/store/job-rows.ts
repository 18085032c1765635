/** From rows to the shapes everybody else knows. Pure. */

import type { Selectable } from 'kysely';
import { knownState } from '../../../shared/delivery.ts';
import type { JobEvent } from '../../../shared/event.ts';
import { toldAttention } from '../../../shared/job/say-attention.ts';
import { attentionOf, type JobState } from '../../../shared/job/state.ts';
import type { Delivery, Job, JobFile, JobLink } from '../../../shared/job.ts';
import { shownNumber } from '../../../shared/job-number.ts';
import { recallFound } from '../../../shared/words/recall.ts';
import type { DeliveryRow, FileRow, JobRow } from './store.ts';
import type { DeliveryTable, EventTable, FileTable, JobTable } from './tables.ts';

export type StoredJob = Selectable<JobTable> & { hot_folder: string | null };
export type StoredState = Pick<StoredJob, 'tracks' | 'problems' | 'status' | 'custom' | 'status_at' | 'status_seq' | 'stage' | 'stage_seq'>;
export type StoredDelivery = Selectable<DeliveryTable> & { hot_folder: string | null };

/** Oldest first. */
export function byId(a: { id: number }, b: { id: number }): number {
  return a.id - b.id;
}

/** What happens together bears one time. */
let said = { at: 0, text: new Date(0).toISOString() };

/** Epoch ms to ISO 8601 in UTC. */
export function iso(at: number): string {
  if (at !== said.at) said = { at, text: new Date(at).toISOString() };
  return said.text;
}

function isoOrNull(at: number | null): string | null {
  return at === null ? null : iso(at);
}

export function stateFrom(row: StoredState): JobState {
  return {
    tracks: JSON.parse(row.tracks) as JobState['tracks'],
    problems: JSON.parse(row.problems) as JobState['problems'],
    status: row.status,
    custom: row.custom,
    statusAt: isoOrNull(row.status_at),
    statusSeq: row.status_seq,
    stage: row.stage,
    stageSeq: row.stage_seq,
  };
}

export function eventFrom(row: Selectable<EventTable>): JobEvent {
  return {
    seq: row.seq,
    jobId: row.job_id,
    code: row.code,
    track: row.track,
    custom: row.custom,
    at: iso(row.at),
    actor: row.actor,
    station: row.station,
    reason: row.reason,
    data: JSON.parse(row.data) as JobEvent['data'],
    undoes: row.undoes,
  };
}

export function fileFrom(row: Selectable<FileTable>): FileRow {
  return {
    id: row.id,
    jobId: row.job_id,
    name: row.name,
    version: row.version,
    current: row.current === 1,
    size: row.size,
    sha256: row.sha256,
    type: row.type,
    sourcePath: row.source_path,
    archivePath: row.archive_path,
    filed: row.filed === 1,
    arrivedAt: row.arrived_at,
  };
}

export function deliveryFrom(row: Selectable<DeliveryTable>): DeliveryRow {
  return {
    id: row.id,
    jobId: row.job_id,
    fileId: row.file_id,
    hotFolderId: row.hot_folder_id,
    placeId: row.place_id,
    outcome: row.outcome === null ? null : (JSON.parse(row.outcome) as DeliveryRow['outcome']),
    wished: row.wished === 1,
    name: row.name,
    size: row.size,
    sha256: row.sha256,
    state: knownState(row.state),
    send: row.send,
    tries: row.tries,
    reasonCode: row.reason_code,
    raw: row.raw,
    nextTryAt: row.next_try_at,
    mark: row.mark,
    priority: row.priority,
    createdAt: row.created_at,
    deliveredAt: row.delivered_at,
  };
}

function shownFile(row: Selectable<FileTable>): JobFile {
  const { id, name, version, size, sha256, type } = row;
  return { id, name, version, current: row.current === 1, size, sha256, type, arrivedAt: iso(row.arrived_at) };
}

function shownDelivery(row: StoredDelivery): Delivery {
  const { id, name, send, tries, raw } = row;
  return {
    id,
    fileId: row.file_id,
    hotFolderId: row.hot_folder_id,
    hotFolder: row.hot_folder ?? '',
    name,
    state: knownState(row.state),
    send,
    tries,
    reasonCode: row.reason_code,
    raw,
    found: recallFound(raw),
    nextTryAt: isoOrNull(row.next_try_at),
    deliveredAt: isoOrNull(row.delivered_at),
  };
}

/** As it stands in its column. `orderedAs`: the number within the order of the job that was ordered. */
export type ReprintOf = JobLink & { readonly orderedAs: string };

export function reprintOfRow({ reprint_of }: Pick<StoredJob, 'reprint_of'>): ReprintOf | null {
  return reprint_of === null ? null : (JSON.parse(reprint_of) as ReprintOf);
}

export function reprintsOfRow({ reprints }: Pick<StoredJob, 'reprints'>): JobLink[] {
  return JSON.parse(reprints) as JobLink[];
}

function linkOf(of: ReprintOf | null): JobLink | null {
  return of === null ? null : { id: of.id, number: of.number };
}

/** @param state of the job, where it is at hand */
export function jobFrom(
  row: StoredJob,
  files: readonly Selectable<FileTable>[],
  deliveries: readonly StoredDelivery[],
  state: JobState = stateFrom(row),
): Omit<Job, 'revision'> {
  return {
    id: row.id,
    number: shownNumber(row.order_no, row.job_no),
    order: row.order_no,
    job: row.job_no,
    title: row.title,
    product: row.product,
    quantity: row.quantity,
    customer: row.customer === null ? null : (JSON.parse(row.customer) as Job['customer']),
    dueAt: isoOrNull(row.due_at),
    dueAtWritten: row.due_written,
    dueDayOnly: row.due_day_only === 1,
    startAt: isoOrNull(row.start_at),
    startAtWritten: row.start_written,
    startDayOnly: row.start_day_only === 1,
    fulfilment: row.fulfilment,
    priority: row.priority,
    notes: row.notes,
    attributes: JSON.parse(row.attributes) as Job['attributes'],
    status: state.status,
    custom: state.custom,
    statusAt: state.statusAt,
    stage: state.stage,
    tracks: state.tracks,
    attention: attentionOf(state).map(toldAttention),
    hotFolder: row.hot_folder,
    hotFolderId: row.hot_folder_id,
    missing: JSON.parse(row.missing) as string[],
    files: files.map(shownFile),
    deliveries: deliveries.map(shownDelivery),
    partOf: row.part_of,
    reprintOf: linkOf(reprintOfRow(row)),
    reprints: reprintsOfRow(row),
    createdAt: iso(row.created_at),
    updatedAt: iso(row.updated_at),
    lastSeq: row.last_seq,
  };
}

export function withInnerFacts(job: Omit<Job, 'revision'>, row: StoredJob): JobRow {
  return {
    ...job,
    named: row.named === 1,
    letter: row.letter,
    hasTicket: row.has_ticket === 1,
    ticketFiles: JSON.parse(row.ticket_files) as string[],
    counted: row.counted === 1,
    approval: row.approval,
    orderedAs: reprintOfRow(row)?.orderedAs ?? row.job_no,
  };
}
