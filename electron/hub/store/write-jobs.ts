/** Writes jobs: what a ticket or a file name says of them, and their numbers. What is derived from the history is not written here. */

import type { Selectable } from 'kysely';
import { emptyState } from '../../../shared/job/state.ts';
import type { JobLink } from '../../../shared/job.ts';
import { shownNumber } from '../../../shared/job-number.ts';
import { nameKey } from '../../../shared/name-key.ts';
import type { Ticket } from '../../../shared/ticket.ts';
import { said } from '../../../shared/words/say.ts';
import { Refusal } from '../parts.ts';
import { type ReprintOf, reprintOfRow, reprintsOfRow } from './job-rows.ts';
import { owe, payOwed } from './owed.ts';
import { addToSum, numberKey, type Pending } from './pending.ts';
import type { JobRow, NewJob, Writer } from './store.ts';
import { type Db, flag, type JobTable } from './tables.ts';
import { addTo, changeIn, insertInto, template } from './template.ts';
import { stateColumns } from './write-history.ts';

export type JobWriter = Pick<Writer, 'addJob' | 'addReprint' | 'describeJob' | 'setMissing' | 'setHotFolder' | 'nextOwnNumber'>;

const addJobRow = addTo('job');
const changeJob = changeIn('job');
const insertMissing = insertInto('missing_file', ['job_id', 'name_key']);
const forgetMissing = template((db, jobId: number) => db.deleteFrom('missing_file').where('job_id', '=', jobId));
const nowNamed = template((db, jobId: number) => db.updateTable('file').set({ own_number: 0 }).where('job_id', '=', jobId));
const nowTicketed = template((db, jobId: number) => db.updateTable('file').set({ has_ticket: 1 }).where('job_id', '=', jobId));
const idByNumber = template((db, order: string, job: string) =>
  db.selectFrom('job').select('id').where('order_no', '=', order).where('job_no', '=', job),
);
const told = template((db, id: number) =>
  db.selectFrom('job').select(['order_no', 'job_no', 'named', 'has_ticket', 'customer', 'attributes', 'reprints']).where('id', '=', id),
);
const addPress = template((db, hot_folder_id: number, job_id: number) =>
  db
    .insertInto('job_press')
    .values({ hot_folder_id, job_id })
    .onConflict((conflict) => conflict.doNothing()),
);
const nextNumber = template((db, name: string) =>
  db
    .insertInto('counter')
    .values({ name, value: 1 })
    .onConflict((conflict) => conflict.column('name').doUpdateSet((eb) => ({ value: eb('counter.value', '+', 1) })))
    .returning('value'),
);

/** The columns a ticket fills; what it leaves out is not among them. */
function ticketColumns(ticket: Ticket, customer: string | null, attributes: string): Partial<Selectable<JobTable>> {
  const { title, product, quantity, dueAt, startAt, approval, fulfilment, priority, notes } = ticket;
  return {
    ...(title !== undefined && { title }),
    ...(product !== undefined && { product }),
    ...(quantity !== undefined && { quantity }),
    ...(ticket.customer !== undefined && {
      customer: JSON.stringify({ ...(customer === null ? {} : JSON.parse(customer)), ...ticket.customer }),
    }),
    ...(dueAt !== undefined && {
      due_at: Date.parse(dueAt),
      due_written: ticket.dueAtWritten ?? null,
      due_day_only: flag(ticket.dueDayOnly ?? false),
    }),
    ...(startAt !== undefined && {
      start_at: Date.parse(startAt),
      start_written: ticket.startAtWritten ?? null,
      start_day_only: flag(ticket.startDayOnly ?? false),
    }),
    ...(fulfilment !== undefined && { fulfilment }),
    ...(notes !== undefined && { notes }),
    ...(approval !== undefined && { approval }),
    ...(priority !== undefined && { priority }),
    attributes: JSON.stringify({ ...JSON.parse(attributes), ...ticket.attributes }),
    has_ticket: 1,
  };
}

function refuseTaken(order: string, job: string): never {
  throw new Refusal('CONFLICT', said('refusals.numberTaken', { number: shownNumber(order, job) }));
}

type JobColumns = Omit<Selectable<JobTable>, 'id'>;

async function addJob(db: Db, pending: Pending, job: NewJob, at: number, more: Partial<JobColumns> = {}): Promise<number> {
  const { order, job: jobNo, title, named, ticket, letter } = job;
  const isFree = pending.freeNumbers.has(numberKey(order, jobNo)) || (await idByNumber(db, order, jobNo)).length === 0;
  if (!isFree) refuseTaken(order, jobNo);
  const empty = {
    order_no: order,
    job_no: jobNo,
    title,
    product: null,
    quantity: null,
    customer: null,
    due_at: null,
    due_written: null,
    due_day_only: flag(false),
    start_at: null,
    start_written: null,
    start_day_only: flag(false),
    fulfilment: null,
    priority: 0,
    notes: null,
    attributes: '{}',
    named: flag(named),
    letter,
    has_ticket: flag(false),
    missing: '[]',
    ticket_files: '[]',
    part_of: null,
    reprint_of: null,
    reprints: '[]',
    approval: null,
    counted: flag(false),
    hot_folder_id: null,
    created_at: at,
    updated_at: at,
    last_seq: 0,
    ...stateColumns(emptyState),
  };
  const told = ticket === null ? {} : { ...ticketColumns(ticket, null, '{}'), counted: flag(ticket.counted === true) };
  const row = { ...empty, ...told, title, ...more };
  const id = await addJobRow(db, row);
  pending.freeNumbers.clear();
  pending.added.set(id, { ...row, fileNames: [] });
  pending.fresh.set(id, { row: { id, ...row }, files: [] });
  pending.facts.set(id, { number: shownNumber(order, jobNo), missing: [], startAt: row.start_at ?? null });
  pending.states.set(id, emptyState);
  pending.words.set(id, true);
  pending.jobIds.add(id);
  addToSum(pending, 'jobs all', 1);
  addToSum(pending, `stage ${emptyState.stage}`, 1);
  addToSum(pending, `status ${emptyState.status}`, 1);
  return id;
}

const toRepeat = template((db, id: number) => db.selectFrom('job').selectAll().where('id', '=', id));
const reprintOf = template((db, id: number) => db.selectFrom('job').select('reprint_of').where('id', '=', id));

/** What the ticket said of the first is said of it as well, but when it starts, and how many they are; it has no ticket itself, by which files would find it. */
async function addReprint(
  db: Db,
  pending: Pending,
  of: Pick<JobRow, 'id' | 'number' | 'orderedAs'>,
  { job, quantity }: { readonly job: string; readonly quantity: number },
  at: number,
): Promise<number> {
  await payOwed(db, pending);
  const [first] = await toRepeat(db, of.id);
  if (first === undefined) throw new Error(`there is no job ${of.id}`);
  const { order_no: order, title, letter, product, customer, due_at, due_written, due_day_only, fulfilment, priority, notes } = first;
  const link: ReprintOf = { id: of.id, number: of.number, orderedAs: of.orderedAs };
  const said = { product, customer, due_at, due_written, due_day_only, fulfilment, priority, notes, attributes: first.attributes };
  const more = { ...said, quantity, reprint_of: JSON.stringify(link) };
  const id = await addJob(db, pending, { order, job, title, named: true, ticket: null, letter }, at, more);
  const reprints: JobLink[] = [...reprintsOfRow(first), { id, number: shownNumber(order, job) }];
  await changeJob(db, of.id, { reprints: JSON.stringify(reprints) });
  pending.fresh.delete(of.id);
  pending.jobIds.add(of.id);
  return id;
}

/** The first got its number only now: its reprints keep theirs, and say of which job they are. */
async function renameFirst(db: Db, pending: Pending, reprints: readonly JobLink[], number: string, orderedAs: string): Promise<void> {
  for (const { id } of reprints) {
    const [row] = await reprintOf(db, id);
    const of = row === undefined ? null : reprintOfRow(row);
    if (of === null) continue;
    const link: ReprintOf = { ...of, number, orderedAs };
    await changeJob(db, id, { reprint_of: JSON.stringify(link) });
    pending.fresh.delete(id);
    pending.jobIds.add(id);
  }
}

async function describeJob(db: Db, pending: Pending, id: number, ticket: Ticket, at: number): Promise<void> {
  await payOwed(db, pending);
  const [job] = await told(db, id);
  if (job === undefined) throw new Error(`there is no job ${id}`);
  pending.added.delete(id);
  pending.fresh.delete(id);
  pending.facts.delete(id);
  pending.freeNumbers.clear();
  const change: Partial<Selectable<JobTable>> = { ...ticketColumns(ticket, job.customer, job.attributes), updated_at: at };
  if (job.named === 0) {
    const [other] = await idByNumber(db, ticket.order, ticket.job);
    if (other !== undefined && other.id !== id) refuseTaken(ticket.order, ticket.job);
    Object.assign(change, { order_no: ticket.order, job_no: ticket.job, named: 1 });
    await nowNamed(db, id);
    await renameFirst(db, pending, reprintsOfRow(job), shownNumber(ticket.order, ticket.job), ticket.job);
  }
  if (job.has_ticket === 0) {
    change.counted = flag(ticket.counted === true);
    await nowTicketed(db, id);
  }
  await changeJob(db, id, change);
  pending.words.set(id, pending.words.get(id) ?? false);
  pending.jobIds.add(id);
}

async function setMissing(
  db: Db,
  pending: Pending,
  id: number,
  missing: readonly string[],
  ticketFiles: readonly string[] | undefined,
): Promise<void> {
  pending.facts.delete(id);
  pending.fresh.delete(id);
  await forgetMissing(db, id);
  await insertMissing(
    db,
    [...new Set(missing.map(nameKey))].map((name_key) => ({ job_id: id, name_key })),
  );
  await changeJob(db, id, {
    missing: JSON.stringify(missing),
    ...(ticketFiles !== undefined && { ticket_files: JSON.stringify(ticketFiles) }),
  });
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
    addReprint: (of, reprint, at) => addReprint(db, pending, of, reprint, at),
    describeJob: (id, ticket, at) => describeJob(db, pending, id, ticket, at),
    setMissing: (id, missing, ticketFiles) => setMissing(db, pending, id, missing, ticketFiles),
    setHotFolder: async (id, hotFolderId, before = null) => {
      pending.fresh.delete(id);
      if (before !== null && before !== hotFolderId) await addPress(db, before, id);
      owe(pending, id, { hot_folder_id: hotFolderId });
      pending.jobIds.add(id);
    },
    nextOwnNumber: () => nextOwnNumber(db),
  };
}
