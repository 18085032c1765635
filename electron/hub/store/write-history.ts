/** Appends to the history; what is derived from it (tracks, status, stage, attention) is written in the same breath. */

import { sql } from 'kysely';
import type { JobEvent, NewEvent } from '../../../shared/event.ts';
import { boardPlaces, firstKeyOf, placeOnBoard } from '../../../shared/job/board.ts';
import { countedUnder } from '../../../shared/job/counted.ts';
import { applyEvent, attentionOf, deriveState, isHeadline, type JobState } from '../../../shared/job/state.ts';
import { shownNumber } from '../../../shared/job-number.ts';
import { type StatusCode, statusCodes, statusEntry } from '../../../shared/status.ts';
import { boardKeyOf } from './board-key.ts';
import { iso, stateFrom } from './job-rows.ts';
import { owe } from './owed.ts';
import { addToSum, type Pending } from './pending.ts';
import { readHistory, readLastSeq } from './read-history.ts';
import type { JobFacts, Writer } from './store.ts';
import type { Db, JobTable } from './tables.ts';
import { changeIn, insertInto, template } from './template.ts';

export type HistoryWriter = Pick<Writer, 'jobFacts' | 'siblings' | 'keepAction' | 'forgetActions'>;

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
const insertAction = insertInto('action', ['id', 'fingerprint', 'answer', 'at']);
const forget = template((db, before: number) => db.deleteFrom('action').where('at', '<', before));
const storedState = template((db, id: number) =>
  db
    .selectFrom('job')
    .select(['tracks', 'problems', 'status', 'custom', 'status_at', 'status_seq', 'stage', 'stage_seq'])
    .where('id', '=', id),
);
const storedFacts = template((db, id: number) =>
  db
    .selectFrom('job')
    .select(['order_no', 'job_no', 'missing', 'start_at', 'part_of'])
    .select(['tracks', 'problems', 'status', 'custom', 'status_at', 'status_seq', 'stage', 'stage_seq'])
    .where('id', '=', id),
);
type StateColumns = Pick<
  JobTable,
  'status' | 'custom' | 'status_at' | 'status_seq' | 'stage' | 'stage_seq' | 'tracks' | 'problems' | 'attention' | 'board'
>;

type Asking = Pick<StateColumns, 'attention' | 'board'>;
const known = new WeakMap<JobState, Asking>();

/** How much asks for somebody, and where on the board that puts the job; looked at once for each state. */
function askingIn(state: JobState): Asking {
  const before = known.get(state);
  if (before !== undefined) return before;
  const attention = attentionOf(state);
  const asking = { attention: attention.length, board: placeOnBoard({ stage: state.stage, attention }) };
  known.set(state, asking);
  return asking;
}

/** The columns of a job that hold its state. */
export function stateColumns(state: JobState): StateColumns {
  return {
    status: state.status,
    custom: state.custom,
    status_at: state.statusAt === null ? null : Date.parse(state.statusAt),
    status_seq: state.statusSeq,
    stage: state.stage,
    stage_seq: state.stageSeq,
    tracks: JSON.stringify(state.tracks),
    problems: JSON.stringify(state.problems),
    ...askingIn(state),
  };
}

/**
 * The columns that differ: what stays as it was would cost a write in every index that knows of it. How much asks for somebody is no part of the state and may
 * have been counted by an earlier program.
 */
function changedColumns(before: JobState, after: JobState): Partial<StateColumns> {
  const { status, custom, statusAt, statusSeq, stage, stageSeq, tracks, problems } = after;
  const { attention, board } = askingIn(after);
  const changed: Partial<StateColumns> = { attention };
  if (board !== askingIn(before).board) changed.board = board;
  if (status !== before.status) changed.status = status;
  if (custom !== before.custom) changed.custom = custom;
  if (statusAt !== before.statusAt) changed.status_at = statusAt === null ? null : Date.parse(statusAt);
  if (statusSeq !== before.statusSeq) changed.status_seq = statusSeq;
  if (stage !== before.stage) changed.stage = stage;
  if (stageSeq !== before.stageSeq) changed.stage_seq = stageSeq;
  if (tracks !== before.tracks) changed.tracks = JSON.stringify(tracks);
  if (problems.length > 0 || before.problems.length > 0) changed.problems = JSON.stringify(problems);
  return changed;
}

function asEvent(jobId: number, seq: number, event: NewEvent): JobEvent {
  const { code, actor, custom = null, station = null, reason = null, data = {}, undoes = null } = event;
  return { seq, jobId, code, track: statusEntry(code).track, custom, at: iso(event.at), actor, station, reason, data, undoes };
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

const othersOfOrder = template((db, id: number, sameId: number) =>
  db
    .selectFrom('job')
    .select(['id', 'missing', 'start_at'])
    .select(['tracks', 'problems', 'status', 'custom', 'status_at', 'status_seq', 'stage', 'stage_seq'])
    .where('order_no', '=', (eb) => eb.selectFrom('job as one').select('order_no').where('one.id', '=', id))
    .where('id', '<>', sameId),
);

async function factsOf(db: Db, pending: Pending, id: number): Promise<JobFacts | null> {
  const [known, knownState] = [pending.facts.get(id), pending.states.get(id)];
  if (known !== undefined && knownState !== undefined) return { id, ...known, state: knownState };
  const [row] = await storedFacts(db, id);
  if (row === undefined) return null;
  if (row.part_of !== null) return await factsOf(db, pending, row.part_of);
  const state = pending.states.get(id) ?? stateFrom(row);
  pending.states.set(id, state);
  const facts = { number: shownNumber(row.order_no, row.job_no), missing: JSON.parse(row.missing) as string[], startAt: row.start_at };
  pending.facts.set(id, facts);
  return { id, ...facts, state };
}

function noteState(pending: Pending, jobId: number, before: JobState, after: JobState): void {
  pending.states.set(jobId, after);
  if (before.stage !== after.stage) {
    addToSum(pending, `stage ${before.stage}`, -1);
    addToSum(pending, `stage ${after.stage}`, 1);
  }
  const [was, is] = [askingIn(before), askingIn(after)];
  addToSum(pending, 'jobs attention', Number(is.attention > 0) - Number(was.attention > 0));
  addToSum(pending, 'jobs finished', Number(is.board === boardPlaces.finished) - Number(was.board === boardPlaces.finished));
  const [left, came] = [countedUnder(before), countedUnder(after)];
  for (const code of left) if (!came.has(code)) addToSum(pending, `status ${code}`, -1);
  for (const code of came) if (!left.has(code)) addToSum(pending, `status ${code}`, 1);
}

export async function record(db: Db, pending: Pending, jobId: number, news: readonly NewEvent[]): Promise<JobEvent[]> {
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
  const columns = { ...changedColumns(before, after), last_seq: seq, updated_at: news.at(-1)?.at ?? 0 };
  owe(pending, jobId, columns);
  const fresh = pending.fresh.get(jobId);
  if (fresh !== undefined) pending.fresh.set(jobId, { ...fresh, row: { ...fresh.row, ...columns } });
  noteState(pending, jobId, before, after);
  pending.events.push(...events);
  pending.jobIds.add(jobId);
  return events;
}

/** What migration 15 left to be derived. */
const unplaced = template((db) =>
  db
    .selectFrom('job')
    .select('id')
    .where(boardKeyOf(), '<', sql.lit(firstKeyOf(0))),
);
const idsOfStatus = template((db, status: StatusCode) => db.selectFrom('job').select('id').where('status', '=', status));

/** States that an earlier program derived by other rules, those with a headline that is none, are derived anew. */
export async function deriveAnew(db: Db, pending: Pending): Promise<void> {
  for (const code of statusCodes.filter((one) => !isHeadline(one)))
    for (const { id } of await idsOfStatus(db, code)) {
      const before = await stateOf(db, pending, id);
      const after = deriveState(await readHistory(db, id));
      if (before === null) continue;
      await changeJob(db, id, stateColumns(after));
      noteState(pending, id, before, after);
    }
  for (const { id } of await unplaced(db)) {
    const state = await stateOf(db, pending, id);
    if (state !== null) await changeJob(db, id, { board: askingIn(state).board });
  }
}

export function historyWriter(db: Db, pending: Pending): HistoryWriter {
  return {
    jobFacts: (id) => factsOf(db, pending, id),
    siblings: async (id) =>
      (await othersOfOrder(db, id, id)).map((row) => ({
        id: row.id,
        state: pending.states.get(row.id) ?? stateFrom(row),
        missing: JSON.parse(row.missing) as string[],
        startAt: row.start_at,
      })),
    forgetActions: async (before) => void (await forget(db, before)),
    keepAction: (id, fingerprint, answer, at) => insertAction(db, [{ id, fingerprint, answer, at }]),
  };
}
