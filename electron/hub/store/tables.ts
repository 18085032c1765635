/**
 * The tables as the queries see them. What a row means and why each index is there stands in migrations/.
 *
 * Kept neutral between SQLite and PostgreSQL: truth values are 0 and 1, moments are epoch ms, lists and records are JSON text.
 */
import type { Generated, Kysely } from 'kysely';
import type { Arrival, Station } from '../../../shared/api.ts';
import type { DeliveryState } from '../../../shared/delivery.ts';
import type { SecurityKind } from '../../../shared/security.ts';
import type { Stage, StatusCode, Track } from '../../../shared/status.ts';
import type { Ticket } from '../../../shared/ticket.ts';
import type { Dialect } from './engine.ts';

type Flag = 0 | 1;

export type JobTable = {
  id: Generated<number>;
  order_no: string;
  job_no: string;
  title: string;
  product: string | null;
  quantity: number | null;
  customer: string | null;
  due_at: number | null;
  due_written: string | null;
  due_day_only: Flag;
  start_at: number | null;
  start_written: string | null;
  start_day_only: Flag;
  fulfilment: 'collection' | 'delivery' | null;
  priority: number;
  notes: string | null;
  attributes: string;
  named: Flag;
  letter: string | null;
  has_ticket: Flag;
  missing: string;
  ticket_files: string;
  part_of: number | null;
  /** JSON: the job it is a reprint of, with the number of the one that was ordered. */
  reprint_of: string | null;
  /** JSON: its reprints. */
  reprints: string;
  approval: NonNullable<Ticket['approval']> | null;
  counted: Flag;
  hot_folder_id: number | null;
  created_at: number;
  updated_at: number;
  last_seq: number;
  status: StatusCode;
  custom: string | null;
  status_at: number | null;
  status_seq: number;
  stage: Stage;
  stage_seq: number;
  tracks: string;
  problems: string;
  attention: number;
  board: number;
};

export type EventTable = {
  seq: number;
  job_id: number;
  code: StatusCode;
  track: Track;
  custom: string | null;
  at: number;
  actor: string;
  station: string | null;
  reason: string | null;
  data: string;
  undoes: number | null;
};

export type FileTable = {
  id: Generated<number>;
  job_id: number;
  name: string;
  name_key: string;
  version: number;
  current: Flag;
  size: number;
  sha256: string;
  type: string;
  source_path: string;
  archive_path: string;
  filed: Flag;
  arrived_at: number;
  own_number: Flag;
  has_ticket: Flag;
  same_as: number | null;
};

export type DeliveryTable = {
  id: Generated<number>;
  job_id: number;
  file_id: number | null;
  hot_folder_id: number;
  place_id: number;
  outcome: string | null;
  wished: Flag;
  name: string;
  name_key: string;
  size: number;
  sha256: string;
  state: DeliveryState;
  open: Flag;
  send: number;
  tries: number;
  reason_code: string | null;
  raw: string | null;
  next_try_at: number | null;
  mark: string | null;
  priority: number;
  created_at: number;
  delivered_at: number | null;
};

export type HotFolderTable = {
  id: Generated<number>;
  name: string;
  settings: string;
  /** Null only in the moment it is made. */
  place_id: number | null;
  health: string | null;
  removed: Flag;
  paused_by: string | null;
  paused_at: number | null;
};

export type PlaceTable = {
  id: Generated<number>;
  hot_folder_id: number;
  folder_path: string;
  location: 'local' | 'network';
  staging_path: string;
  marker_path: string;
  marker: string;
  folder_id: string | null;
};

export type Tables = {
  job: JobTable;
  event: EventTable;
  file: FileTable;
  delivery: DeliveryTable;
  missing_file: { job_id: number; name_key: string };
  job_press: { hot_folder_id: number; job_id: number };
  hot_folder: HotFolderTable;
  place: PlaceTable;
  rule: { id: Generated<number>; position: number; name: string; conditions: string; hot_folder_id: number | null };
  setting: { name: string; value: string };
  arrival: {
    id: Generated<number>;
    name: string;
    folder: string;
    at: number;
    outcome: Arrival['outcome'];
    job_id: number | null;
    reason_code: string | null;
    detail: string | null;
    /** A sentence of ours, as JSON. */
    details: string | null;
    path: string | null;
    sha256: string | null;
    seen: Flag;
    question: string | null;
    answer: string | null;
  };
  asked_ticket: { arrival_id: number; size: number; hash: string | null; ticket: string };
  ticket_folder: { folder: string; job_id: number; order_no: string };
  left_behind: {
    place: string;
    size: number;
    mtime_ms: number;
    ino: string;
    sha256: string | null;
    arrival_id: number | null;
    waits: Flag;
  };
  station: {
    id: Generated<number>;
    name: string;
    role: Station['role'];
    token_hash: string;
    created_at: number;
    last_seen_at: number | null;
    ends_at: number | null;
    seen_from: string | null;
  };
  ended_token: { token_hash: string; station: string; ended_at: number };
  security: {
    id: Generated<number>;
    at: number;
    until: number;
    kind: SecurityKind;
    actor: string | null;
    address: string | null;
    about: string;
    changes: string;
    times: number;
  };
  action: { id: string; fingerprint: string; answer: string; at: number };
  task: {
    id: Generated<number>;
    kind: string;
    subject: string;
    job_id: number | null;
    due_at: number | null;
    lease_until: number | null;
    tries: number;
    raw: string | null;
    created_at: number;
  };
  counter: { name: string; value: number };
  migration: { number: number; name: string; checksum: string; applied_at: number };
};

export type Db = Kysely<Tables> & {
  readonly dialect: Dialect;
  /** Runs a query that was compiled before, past everything Kysely does around one it has just built: half of what a file costs would go there. */
  readonly run: <Row>(sql: string, parameters: readonly unknown[]) => Promise<Row[]>;
  /** Rows changed through it since it was opened. */
  readonly changed: () => number;
};

export type TableWithId = 'job' | 'file' | 'delivery' | 'hot_folder' | 'place' | 'rule' | 'arrival' | 'station';

export function flag(value: boolean): Flag {
  return value ? 1 : 0;
}
