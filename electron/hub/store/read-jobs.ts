/** Reads jobs, one or by the page, with their files and deliveries. */

import { type SelectQueryBuilder, sql } from 'kysely';
import { boardPlaces } from '../../../shared/job/board.ts';
import { hotFoldersOf } from '../../../shared/job/presses.ts';
import type { JobState } from '../../../shared/job/state.ts';
import type { Job } from '../../../shared/job.ts';
import { numberParts, numbersTyped, ordersTyped } from '../../../shared/job-number.ts';
import { countAll, countFound, countLate, mostCounted } from './count-jobs.ts';
import { fitPage, pageOf, readCursor, writeSpot } from './cursor.ts';
import { byId, deliveryFrom, fileFrom, jobFrom, type StoredJob, withInnerFacts } from './job-rows.ts';
import { findSpots, isAsTheyCame } from './sort-jobs.ts';
import type { JobInFull, JobPage, JobRow, ListQuery, Reader } from './store.ts';
import { type Differences, readRevision, readSums } from './sums.ts';
import type { Db, Tables } from './tables.ts';
import { template } from './template.ts';

export type JobReader = Pick<
  Reader,
  | 'job'
  | 'toldJob'
  | 'jobRows'
  | 'jobInFull'
  | 'wholeJob'
  | 'partsOf'
  | 'jobByNumber'
  | 'jobNumbersOf'
  | 'jobs'
  | 'jobsByIds'
  | 'jobIdsIn'
  | 'jobIdsWithProblem'
  | 'counts'
  | 'countsOf'
  | 'lateJobs'
  | 'statusCounts'
>;

/** Jobs that are put together first, to see how large they are. */
const firstPortion = 20;

/** How a reader looks at the store: what it sees while `work` runs does not change in between. */
export type Snapshot = <Result>(work: (db: Db) => Promise<Result>) => Promise<Result>;

// The name comes by a subquery, and few rows are sorted here instead of by SQLite: a statement with a join or an order whose
// condition is a parameter is planned anew at every call (STAT4), which costs ten times the reading.
function selectJobs(db: Db) {
  return db
    .selectFrom('job')
    .selectAll('job')
    .select((eb) => eb.selectFrom('hot_folder').select('name').whereRef('hot_folder.id', '=', 'job.hot_folder_id').as('hot_folder'));
}

function selectDeliveries(db: Db) {
  return db
    .selectFrom('delivery')
    .selectAll()
    .select((eb) => eb.selectFrom('hot_folder').select('name').whereRef('hot_folder.id', '=', 'delivery.hot_folder_id').as('hot_folder'));
}

const jobById = template((db, id: number) => selectJobs(db).where('job.id', '=', id));
const jobIdByNumber = template((db, order: string, job: string) =>
  db.selectFrom('job').select('id').where('order_no', '=', order).where('job_no', '=', job),
);
const numbersOf = template((db, order: string) => db.selectFrom('job').select('job_no').where('order_no', '=', order));
const partsOf = template((db, id: number) => db.selectFrom('job').select('id').where('part_of', '=', id));
const filesOfJob = template((db, id: number) => db.selectFrom('file').selectAll().where('job_id', '=', id));
const deliveriesOfJob = template((db, id: number) => selectDeliveries(db).where('job_id', '=', id));
const idsIn = template((db, status: StoredJob['status']) => db.selectFrom('job').select('id').where('status', '=', status).orderBy('id'));
const problemsOpen = template((db, like: string) =>
  db.selectFrom('job').select(['id', 'problems']).where('attention', '>', sql.lit(0)).where('problems', 'like', like).orderBy('id'),
);
/** The state of a job, where the transaction has it at hand. */
export type StateAtHand = (id: number) => JobState | undefined;

async function rowsOfJob(db: Db, id: number) {
  const [row] = await jobById(db, id);
  if (row === undefined) return null;
  const files = await filesOfJob(db, id);
  const deliveries = await deliveriesOfJob(db, id);
  return { row, files: files.sort(byId), deliveries: deliveries.sort(byId) };
}

type JobRows = NonNullable<Awaited<ReturnType<typeof rowsOfJob>>>;

function jobOfRows({ row, files, deliveries }: JobRows, stateOf: StateAtHand): JobRow {
  return withInnerFacts(jobFrom(row, files, deliveries, stateOf(row.id)), row);
}

async function readJob(db: Db, id: number, stateOf: StateAtHand): Promise<JobRow | null> {
  const rows = await rowsOfJob(db, id);
  return rows === null ? null : jobOfRows(rows, stateOf);
}

async function readInFull(db: Db, id: number, stateOf: StateAtHand): Promise<JobInFull | null> {
  const rows = await rowsOfJob(db, id);
  return rows === null ? null : inFull(rows, stateOf);
}

export function inFull(rows: JobRows, stateOf: StateAtHand): JobInFull {
  return { job: jobOfRows(rows, stateOf), files: rows.files.map(fileFrom), deliveries: rows.deliveries.map(deliveryFrom) };
}

/** Those of these jobs that there are, in this order. */
export async function readJobRows(db: Db, ids: readonly number[], stateOf: StateAtHand): Promise<JobRow[]> {
  const jobs: JobRow[] = [];
  for (const id of ids) {
    const job = await readJob(db, id, stateOf);
    if (job !== null) jobs.push(job);
  }
  return jobs;
}

/** What it is part of may be part of another by now. */
async function readWhole(db: Db, id: number, stateOf: StateAtHand): Promise<JobRow | null> {
  let job = await readJob(db, id, stateOf);
  while (job !== null && job.partOf !== null) job = await readJob(db, job.partOf, stateOf);
  return job;
}

async function complete(db: Db, rows: readonly StoredJob[], revision: number): Promise<Job[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const files = Map.groupBy(await db.selectFrom('file').selectAll().where('job_id', 'in', ids).execute(), (row) => row.job_id);
  const deliveries = Map.groupBy(await selectDeliveries(db).where('job_id', 'in', ids).execute(), (row) => row.job_id);
  return rows.map((row) => ({
    ...jobFrom(row, (files.get(row.id) ?? []).sort(byId), (deliveries.get(row.id) ?? []).sort(byId)),
    revision,
  }));
}

/** Those with all filters, in the order in which they came, one more than the page holds. */
function narrow<Row>(jobs: SelectQueryBuilder<Tables, 'job', Row>, db: Db, query: ListQuery): SelectQueryBuilder<Tables, 'job', Row> {
  let found = jobs.limit(query.limit + 1);
  const say = db.dialect.sayings(query);
  if (query.status !== undefined) found = found.where(say.status('job.status'), '=', query.status);
  if (query.stage !== undefined) found = found.where(say.stage('job.stage'), '=', query.stage);
  if (query.hotFolder !== undefined) found = found.where(say.hotFolder('job.hot_folder_id'), '=', query.hotFolder);
  if (query.attention === true) found = found.where('job.attention', '>', sql.lit(0));
  const oldest = query.order === 'oldest';
  if (query.cursor !== undefined) found = found.where('job.id', oldest ? '>' : '<', readCursor(query.cursor));
  return found.orderBy('job.id', oldest ? 'asc' : 'desc');
}

async function findJobs(db: Db, query: ListQuery, words: string | null, besides: boolean): Promise<StoredJob[]> {
  if (words === null && !besides) return await narrow(selectJobs(db), db, query).execute();
  const ids = await db.dialect.findIds(db, query, words, besides);
  return ids.length === 0 ? [] : await selectJobs(db).where('job.id', 'in', ids).execute();
}

/** Ids alone, each once. */
async function findIds(db: Db, { cursor: _, ...query }: ListQuery, words: string | null): Promise<number[]> {
  const own =
    words === null
      ? (await narrow(db.selectFrom('job').select('job.id'), db, query).execute()).map(({ id }) => id)
      : await db.dialect.findIds(db, query, words, false);
  return query.hotFolder === undefined ? own : [...new Set([...own, ...(await db.dialect.findIds(db, query, words, true))])];
}

async function readTold(db: Db, id: number, stateOf: StateAtHand, unsaved: readonly Differences[]): Promise<Job | null> {
  const rows = await rowsOfJob(db, id);
  if (rows === null) return null;
  return { ...jobFrom(rows.row, rows.files, rows.deliveries, stateOf(id)), revision: await readRevision(db, unsaved) };
}

/** The jobs whose number is exactly what was typed, looked up by it, the best first (`numbersTyped`). */
async function rowsNumbered(db: Db, typed: string): Promise<StoredJob[]> {
  const rows: StoredJob[] = [];
  for (const number of numbersTyped(typed)) {
    const parts = numberParts(number);
    const [found] = parts === null ? [] : await jobIdByNumber(db, parts.order, parts.job);
    if (found !== undefined) rows.push(...(await jobById(db, found.id)));
  }
  return rows;
}

/** The jobs of the order whose number was typed, looked up by it. */
async function rowsOfOrder(db: Db, typed: string, limit: number): Promise<StoredJob[]> {
  const rows: StoredJob[] = [];
  for (const order of ordersTyped(typed))
    rows.push(...(await selectJobs(db).where('order_no', '=', order).orderBy('order_no').orderBy('job_no').limit(limit).execute()));
  return rows.slice(0, limit);
}

/** Whether a job that was not looked for by them has all filters but the hot folder. */
function passes(row: StoredJob, { status, stage, attention, finished }: ListQuery): boolean {
  if (status !== undefined && row.status !== status) return false;
  if (stage !== undefined && row.stage !== stage) return false;
  if (attention === true && row.attention === 0) return false;
  return finished === undefined || finished === (row.board === boardPlaces.finished);
}

async function readPage(db: Db, query: ListQuery, unsaved: readonly Differences[]): Promise<JobPage> {
  const typed = query.q?.trim() ?? '';
  const words = typed === '' ? null : db.dialect.searchQuery(typed);
  const { hotFolder, number, orderNumber } = query;
  // What was sent elsewhere since is none of its jobs any more: a page may hold fewer than were asked for.
  const belongs = (job: Job): boolean => hotFolder === undefined || hotFoldersOf(job).includes(hotFolder);
  const revision = await readRevision(db, unsaved);
  const numbered = (await rowsNumbered(db, number ?? typed)).filter((row) => passes(row, query));
  if (number !== undefined) {
    const items = (await complete(db, numbered, revision)).filter(belongs);
    return { items, next: null, order: query.order ?? 'newest' };
  }
  if (orderNumber !== undefined) {
    const rows = (await rowsOfOrder(db, orderNumber, query.limit)).filter((row) => passes(row, query));
    return { items: (await complete(db, rows, revision)).filter(belongs), next: null, order: query.order ?? 'newest' };
  }
  if (typed !== '' && words === null) return { items: [], next: null, order: query.order ?? 'newest' };
  // However many the words find: the job with that very number is at the top of the first page, and on no other.
  const isFirst = query.cursor === undefined;
  const [first] = (await complete(db, numbered.slice(0, 1), revision)).filter(belongs);
  const others = (job: Job): boolean => belongs(job) && job.id !== first?.id;
  if (first === undefined || !isFirst) return await readFound(db, afterFirst(query), words, revision, others);
  if (query.limit === 1) return { items: [first], next: behindFirst, order: query.order ?? 'newest' };
  const { items, ...page } = await readFound(db, { ...query, limit: query.limit - 1 }, words, revision, others);
  return { ...page, items: [first, ...items] };
}

/** The cursor of a page that held nothing but the job whose number was typed: what the words find follows, from its beginning. */
const behindFirst = Buffer.from('behind the number').toString('base64url');

function afterFirst({ cursor, ...query }: ListQuery): ListQuery {
  return cursor === undefined || cursor === behindFirst ? query : { ...query, cursor };
}

/** What the words and filters find. */
async function readFound(
  db: Db,
  query: ListQuery,
  words: string | null,
  revision: number,
  belongs: (job: Job) => boolean,
): Promise<JobPage> {
  const { hotFolder } = query;
  const sorted = isAsTheyCame(query) ? null : await findSpots(db, query, words, (few) => findIds(db, few, words));
  if (sorted !== null) {
    const spots = new Map(sorted.spots.slice(0, query.limit).map((spot) => [spot.id, spot]));
    const rows = await rowsIn(db, [...spots.keys()]);
    const last = sorted.spots[query.limit - 1];
    const next = sorted.spots.length > query.limit && last !== undefined ? writeSpot(last) : null;
    const cursorAt = ({ id }: StoredJob): string => writeSpot(spots.get(id) ?? { key: null, id });
    const page = await fitPage({ rows, next }, firstPortion, (some) => complete(db, some, revision), belongs, cursorAt);
    return { ...page, order: sorted.order };
  }
  const found = await findJobs(db, query, words, false);
  if (hotFolder !== undefined) found.push(...(await findJobs(db, query, words, true)));
  const order = words === null && query.order === 'oldest' ? 'oldest' : 'newest';
  const page = pageOf(inOrder(found, order), query.limit);
  return { ...(await fitPage(page, firstPortion, (rows) => complete(db, rows, revision), belongs)), order };
}

/** Those of these ids that there are, in this order. */
async function rowsIn(db: Db, ids: readonly number[]): Promise<StoredJob[]> {
  if (ids.length === 0) return [];
  const rows = new Map((await selectJobs(db).where('job.id', 'in', ids).execute()).map((row) => [row.id, row]));
  return ids.flatMap((id) => rows.get(id) ?? []);
}

/** Each once. */
function inOrder(rows: readonly StoredJob[], order: 'newest' | 'oldest'): StoredJob[] {
  const once = [...new Map(rows.map((row) => [row.id, row])).values()];
  return once.sort((a, b) => (order === 'oldest' ? a.id - b.id : b.id - a.id));
}

/** `unsaved`: sums that the transaction in hand has not written yet. */
export function jobReader(snapshot: Snapshot, unsaved: () => readonly Differences[], stateOf: StateAtHand): JobReader {
  return {
    job: (id) => snapshot((db) => readJob(db, id, stateOf)),
    toldJob: (id) => snapshot((db) => readTold(db, id, stateOf, unsaved())),
    jobRows: (ids) => snapshot((db) => readJobRows(db, ids, stateOf)),
    jobInFull: (id) => snapshot((db) => readInFull(db, id, stateOf)),
    wholeJob: (id) => snapshot((db) => readWhole(db, id, stateOf)),
    partsOf: (id) => snapshot(async (db) => (await partsOf(db, id)).map((row) => row.id)),
    jobByNumber: (order, job) =>
      snapshot((db) => jobIdByNumber(db, order, job).then(([row]) => (row === undefined ? null : readWhole(db, row.id, stateOf)))),
    jobNumbersOf: (order) => snapshot(async (db) => (await numbersOf(db, order)).map((row) => row.job_no)),
    jobs: (query) => snapshot((db) => readPage(db, query, unsaved())),
    jobsByIds: (ids) =>
      snapshot(async (db) => {
        if (ids.length === 0) return [];
        const rows = await selectJobs(db).where('job.id', 'in', ids).orderBy('job.id', 'desc').execute();
        return complete(db, rows, await readRevision(db, unsaved()));
      }),
    jobIdsIn: (status) => snapshot(async (db) => (await idsIn(db, status)).map((row) => row.id)),
    jobIdsWithProblem: (code) =>
      snapshot(async (db) => {
        const rows = await problemsOpen(db, `%"${code}"%`);
        return rows
          .filter((row) => (JSON.parse(row.problems) as Job['attention']).some((problem) => problem.code === code))
          .map((row) => row.id);
      }),
    statusCounts: () => snapshot((db) => readSums(db, 'status', unsaved())),
    counts: () => snapshot((db) => countAll(db, unsaved())),
    lateJobs: (before) => snapshot((db) => countLate(db, before)),
    countsOf: (q) =>
      snapshot(async (db) => {
        const words = db.dialect.searchQuery(q);
        const ids = words === null ? [] : await db.dialect.findIds(db, { limit: mostCounted }, words, false);
        return await countFound(db, ids);
      }),
  };
}
