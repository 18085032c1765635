/** The rows of one life, as the hub writes them. Pure but for the ids, which are counted on. */
import { stateColumns } from '../../../electron/hub/store/write-history.ts';
import { namedStates } from '../../../shared/delivery.ts';
import type { JobEvent } from '../../../shared/event.ts';
import { applyEvent, attentionOf, emptyState, type JobState } from '../../../shared/job/state.ts';
import { shownNumber } from '../../../shared/job-number.ts';
import { nameKey } from '../../../shared/name-key.ts';
import { statusEntry } from '../../../shared/status.ts';
import type { Life } from './life.ts';

export const bigTables = ['job', 'event', 'file', 'delivery', 'arrival', 'missing_file', 'job_search'] as const;
type Table = (typeof bigTables)[number];
export type Row = Readonly<Record<string, string | number | null>>;
/** What is next. */
export type Ids = { job: number; file: number; delivery: number; seq: number };
type Write = (table: Table, row: Row) => void;

const named: ReadonlySet<string> = new Set(namedStates);

function writeHistory(jobId: number, { events }: Life, ids: Ids, write: Write): JobState {
  let state = emptyState;
  for (const { code, at, actor, custom = null, station = null, reason = null, data = {} } of events) {
    const told = { seq: ids.seq++, code, track: statusEntry(code).track, custom, actor, station, reason, undoes: null };
    const event: JobEvent = { ...told, jobId, data, at: new Date(at).toISOString() };
    state = applyEvent(state, event);
    write('event', { ...told, job_id: jobId, at, data: JSON.stringify(data) });
  }
  return state;
}

function writeJob(id: number, life: Life, state: JobState, lastSeq: number, write: Write): void {
  const { order, job, title, product, quantity, fulfilment, createdAt, dueAt, missing } = life;
  write('job', {
    id,
    order_no: order,
    job_no: job,
    title,
    product,
    quantity,
    customer: JSON.stringify(life.customer),
    due_at: dueAt,
    due_written: new Date(dueAt).toISOString(),
    fulfilment,
    priority: 0,
    attributes: '{}',
    named: 1,
    has_ticket: 1,
    missing: JSON.stringify(missing),
    ticket_files: JSON.stringify([...missing, ...life.files.map(({ name }) => name)]),
    hot_folder_id: life.folder?.id ?? null,
    created_at: createdAt,
    updated_at: life.events.at(-1)?.at ?? createdAt,
    last_seq: lastSeq,
    ...stateColumns(state),
  });
  for (const name of missing) write('missing_file', { job_id: id, name_key: nameKey(name) });
  const customer = `${life.customer.name} ${life.customer.company}`;
  const files = life.files.map(({ name }) => name.normalize('NFC')).join('\n');
  write('job_search', { rowid: id, number: shownNumber(order, job), title, product, customer, files });
}

const incoming = '/big/incoming';

function writeFiles(jobId: number, life: Life, ids: Ids, write: Write): number[] {
  const at = life.createdAt + 900;
  const archive = `/big/archive/${new Date(at).toISOString().slice(0, 10)}`;
  const arrived = { folder: incoming, job_id: jobId, seen: 0 };
  const ticket = `${life.order}-${life.job}.json`;
  write('arrival', { ...arrived, name: ticket, at: life.createdAt, outcome: 'ticket', path: `${archive}/${ticket}`, sha256: null });
  return life.files.map(({ name, size, sha256 }) => {
    const [source_path, archive_path] = [`${incoming}/${name}`, `${archive}/${name}`];
    const content = { name, name_key: nameKey(name), size, sha256, type: 'pdf', version: 1, current: 1 };
    const where = { source_path, archive_path, filed: 1, arrived_at: at, own_number: 0, has_ticket: 1 };
    write('file', { id: ids.file, job_id: jobId, ...content, ...where });
    write('arrival', { ...arrived, name, at, outcome: 'accepted', path: archive_path, sha256 });
    return ids.file++;
  });
}

/** `outcomeOf`: where the printer of a hot folder shows how far it is, as it is kept. */
export type OutcomeOf = (hotFolderId: number) => string | null;

function writeDeliveries(jobId: number, life: Life, fileIds: readonly number[], outcomeOf: OutcomeOf, ids: Ids, write: Write): void {
  const { folder } = life;
  if (folder === null) return;
  for (const [at, { name, size, sha256, state, deliveredAt, reasonCode }] of life.deliveries.entries()) {
    const mark = { ino: String(ids.delivery + 1_000_000), ctimeMs: deliveredAt, mtimeMs: deliveredAt, before: [] };
    write('delivery', {
      id: ids.delivery++,
      job_id: jobId,
      file_id: fileIds[at] ?? null,
      hot_folder_id: folder.id,
      place_id: folder.placeId,
      outcome: outcomeOf(folder.id),
      wished: 0,
      name,
      name_key: nameKey(name),
      size,
      sha256,
      state,
      open: named.has(state) ? 1 : 0,
      send: 1,
      tries: 0,
      reason_code: reasonCode,
      mark: deliveredAt === null ? null : JSON.stringify(mark),
      priority: 0,
      created_at: life.createdAt + 900,
      delivered_at: deliveredAt,
    });
  }
}

/** Writes all rows of a life; answers the names of the sums that grow by one. */
export function writeLife(life: Life, outcomeOf: OutcomeOf, ids: Ids, write: Write): string[] {
  const id = ids.job++;
  const state = writeHistory(id, life, ids, write);
  writeJob(id, life, state, ids.seq - 1, write);
  writeDeliveries(id, life, writeFiles(id, life, ids, write), outcomeOf, ids, write);
  return [
    'jobs all',
    `stage ${state.stage}`,
    ...(attentionOf(state).length > 0 ? ['jobs attention'] : []),
    ...life.deliveries.map((delivery) => `delivery ${life.folder?.id} ${delivery.state}`),
  ];
}
