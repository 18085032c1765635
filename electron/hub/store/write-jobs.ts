/** Writes jobs and their history; what is derived from the history is written in the same breath. */

import type { Selectable } from 'kysely';
import type { JobEvent, NewEvent } from '../../../shared/event.ts';
import { applyEvent, attentionOf, deriveState, emptyState, type JobState } from '../../../shared/state.ts';
import { statusEntry } from '../../../shared/status.ts';
import type { Ticket } from '../../../shared/ticket.ts';
import { Refusal } from '../parts.ts';
import { iso, stateFrom } from './job-rows.ts';
import { addToSum, type Pending } from './pending.ts';
import { readHistory, readLastSeq } from './read-history.ts';
import type { NewJob, Writer } from './store.ts';
import { type Db, flag, type JobTable, nameKey } from './tables.ts';
import { addTo, changeIn, insertInto, template } from './template.ts';

export type JobWriter = Pick<
  Writer,
  'addJob' | 'jobState' | 'describeJob' | 'setMissing' | 'setHotFolder' | 'record' | 'nextOwnNumber' | 'keepAction'
>;

const addJobRow = addTo('job');
const changeJob = changeIn('job');
const insertEvents = insertInto('event', [
  'seq',
  'job_id',
  'code',
  'track',
  'custom',
  'at',
  'actor',
  'station',
  'reason',
  'data',
  'undoes',
]);
const insertMissing = insertInto('missing_file', ['job_id', 'name_key']);
const insertAction = insertInto('action', ['id', 'fingerprint', 'answer', 'at']);
const forgetMissing = template((db, jobId: number) => db.deleteFrom('missing_file').where('job_id', '=', jobId));
const nowNamed = template((db, jobId: number) => db.updateTable('file').set({ own_number: 0 }).where('job_id', '=', jobId));
const idByNumber = template((db, order: string, job: string) =>
  db.selectFrom('job').select('id').where('order_no', '=', order).where('job_no', '=', job),
);
const storedState = template((db, id: number) =>
  db
    .selectFrom('job')
    .select(['tracks', 'problems', 'status', 'custom', 'status_at', 'status_seq', 'stage', 'stage_seq'])
    .where('id', '=', id),
);
const told = template((db, id: number) =>
  db.selectFrom('job').select(['order_no', 'job_no', 'named', 'customer', 'attributes']).where('id', '=', id),
);
const nextNumber = template((db, name: string) =>
  db
    .insertInto('counter')
    .values({ name, value: 1 })
    .onConflict((conflict) => conflict.column('name').doUpdateSet((eb) => ({ value: eb('counter.value', '+', 1) })))
    .returning('value'),
);

type StateColumns = Pick<
  JobTable,
  'status' | 'custom' | 'status_at' | 'status_seq' | 'stage' | 'stage_seq' | 'tracks' | 'problems' | 'attention'
>;

function stateColumns(state: JobState): StateColumns {
  return {
    status: state.status,
    custom: state.custom,
    status_at: state.statusAt === null ? null : Date.parse(state.statusAt),
    status_seq: state.statusSeq,
    stage: state.stage,
    stage_seq: state.stageSeq,
    tracks: JSON.stringify(state.tracks),
    problems: JSON.stringify(state.problems),
    attention: attentionOf(state).length,
  };
}

function asEvent(jobId: number, seq: number, event: NewEvent): JobEvent {
  const { code, actor, custom = null, station = null, reason = null, data = {}, undoes = null } = event;
  return { seq, jobId, code, track: statusEntry(code).track, custom, at: iso(event.at), actor, station, reason, data, undoes };
}

/** The columns a ticket fills; what it leaves out is not among them. */
function ticketColumns(ticket: Ticket, customer: string | null, attributes: string): Partial<Selectable<JobTable>> {
  const { title, product, quantity, dueAt, startAt, fulfilment, notes } = ticket;
  return {
    ...(title !== undefined && { title }),
    ...(product !== undefined && { product }),
    ...(quantity !== undefined && { quantity }),
    ...(ticket.customer !== undefined && {
      customer: JSON.stringify({ ...(customer === null ? {} : JSON.parse(customer)), ...ticket.customer }),
    }),
    ...(dueAt !== undefined && { due_at: Date.parse(dueAt) }),
    ...(startAt !== undefined && { start_at: Date.parse(startAt) }),
    ...(fulfilment !== undefined && { fulfilment }),
    ...(notes !== undefined && { notes }),
    ...(ticket.priority !== 0 && { priority: ticket.priority }),
    attributes: JSON.stringify({ ...JSON.parse(attributes), ...ticket.attributes }),
    has_ticket: 1,
  };
}

function refuseTaken(order: string, job: string): never {
  throw new Refusal(
    'CONFLICT',
    `Another job already has the number ${order}-${job}.`,
    'Correct the number in the ticket, or complete the job that is there.',
  );
}

/** The state of a job as this transaction sees it. */
async function stateOf(db: Db, pending: Pending, id: number): Promise<JobState | null> {
  const kept = pending.states.get(id);
  if (kept !== undefined) return kept;
  const [row] = await storedState(db, id);
  if (row === undefined) return null;
  const state = stateFrom(row);
  pending.states.set(id, state);
  return state;
}

function countMove(pending: Pending, before: JobState, after: JobState): void {
  if (before.stage !== after.stage) {
    addToSum(pending, `stage ${before.stage}`, -1);
    addToSum(pending, `stage ${after.stage}`, 1);
  }
  addToSum(pending, 'jobs attention', Number(attentionOf(after).length > 0) - Number(attentionOf(before).length > 0));
}

async function addJob(db: Db, pending: Pending, job: NewJob, at: number): Promise<number> {
  const { order, job: jobNo, title, named, ticket, letter } = job;
  if ((await idByNumber(db, order, jobNo)).length > 0) refuseTaken(order, jobNo);
  const empty = {
    order_no: order,
    job_no: jobNo,
    title,
    product: null,
    quantity: null,
    customer: null,
    due_at: null,
    start_at: null,
    fulfilment: null,
    priority: 0,
    notes: null,
    attributes: '{}',
    named: flag(named),
    letter,
    has_ticket: flag(false),
    missing: '[]',
    hot_folder_id: null,
    created_at: at,
    updated_at: at,
    last_seq: 0,
    ...stateColumns(emptyState),
  };
  const told = ticket === null ? {} : ticketColumns(ticket, null, '{}');
  const id = await addJobRow(db, { ...empty, ...told, title });
  pending.states.set(id, emptyState);
  pending.words.set(id, true);
  pending.jobIds.add(id);
  addToSum(pending, 'jobs all', 1);
  addToSum(pending, `stage ${emptyState.stage}`, 1);
  return id;
}

async function describeJob(db: Db, pending: Pending, id: number, ticket: Ticket, at: number): Promise<void> {
  const [job] = await told(db, id);
  if (job === undefined) throw new Error(`there is no job ${id}`);
  const change: Partial<Selectable<JobTable>> = { ...ticketColumns(ticket, job.customer, job.attributes), updated_at: at };
  if (job.named === 0) {
    const [other] = await idByNumber(db, ticket.order, ticket.job);
    if (other !== undefined && other.id !== id) refuseTaken(ticket.order, ticket.job);
    Object.assign(change, { order_no: ticket.order, job_no: ticket.job, named: 1 });
    await nowNamed(db, id);
  }
  await changeJob(db, id, change);
  pending.words.set(id, pending.words.get(id) ?? false);
  pending.jobIds.add(id);
}

async function record(db: Db, pending: Pending, jobId: number, news: readonly NewEvent[]): Promise<JobEvent[]> {
  if (news.length === 0) return [];
  const before = await stateOf(db, pending, jobId);
  if (before === null) throw new Error(`there is no job ${jobId}`);
  const lastSeq = pending.seq ?? (await readLastSeq(db));
  const events = news.map((event, index) => asEvent(jobId, lastSeq + index + 1, event));
  const seq = lastSeq + events.length;
  await insertEvents(
    db,
    events.map((event, index) => ({ ...event, job_id: jobId, at: news[index]?.at ?? 0, data: JSON.stringify(event.data) })),
  );
  pending.seq = seq;
  const undoing = events.some((event) => event.undoes !== null);
  const after = undoing ? deriveState(await readHistory(db, jobId)) : events.reduce(applyEvent, before);
  await changeJob(db, jobId, { ...stateColumns(after), last_seq: seq, updated_at: news.at(-1)?.at ?? 0 });
  countMove(pending, before, after);
  pending.states.set(jobId, after);
  pending.events.push(...events);
  pending.jobIds.add(jobId);
  return events;
}

async function setMissing(db: Db, pending: Pending, id: number, missing: readonly string[]): Promise<void> {
  await forgetMissing(db, id);
  await insertMissing(
    db,
    [...new Set(missing.map(nameKey))].map((name_key) => ({ job_id: id, name_key })),
  );
  await changeJob(db, id, { missing: JSON.stringify(missing) });
  pending.jobIds.add(id);
}

async function nextOwnNumber(db: Db): Promise<string> {
  for (;;) {
    const [row] = await nextNumber(db, 'own numbers');
    const order = `PF${String(row?.value ?? 0).padStart(6, '0')}`;
    if ((await idByNumber(db, order, '1')).length === 0) return order;
  }
}

export function jobWriter(db: Db, pending: Pending): JobWriter {
  return {
    addJob: (job, at) => addJob(db, pending, job, at),
    jobState: (id) => stateOf(db, pending, id),
    describeJob: (id, ticket, at) => describeJob(db, pending, id, ticket, at),
    setMissing: (id, missing) => setMissing(db, pending, id, missing),
    setHotFolder: async (id, hotFolderId) => {
      await changeJob(db, id, { hot_folder_id: hotFolderId });
      pending.jobIds.add(id);
    },
    record: (jobId, events) => record(db, pending, jobId, events),
    nextOwnNumber: () => nextOwnNumber(db),
    keepAction: (id, fingerprint, answer, at) => insertAction(db, [{ id, fingerprint, answer, at }]),
  };
}
