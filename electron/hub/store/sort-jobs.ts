/**
 * Pages of jobs that are sorted by something. The board is walked in its index. What a column sorts is read and sorted here, so that both engines and the screens
 * sort alike, as long as it is no more than `mostSorted` jobs; more of them come in the order of the board, and those found by words the newest first.
 */
import { type RawBuilder, type Selectable, sql } from 'kysely';
import {
  boardKey,
  boardPlaces,
  compareSpots,
  firstKeyOf,
  isReversed,
  type JobOrder,
  type Sortable,
  type SortKey,
  type Spot,
  sortKey,
} from '../../../shared/job/board.ts';
import { shownNumber } from '../../../shared/job-number.ts';
import { boardKeyOf } from './board-key.ts';
import { readSpot } from './cursor.ts';
import { iso } from './job-rows.ts';
import type { ListQuery } from './store.ts';
import type { Db, JobTable } from './tables.ts';

export const mostSorted = 20_000;

/** Is this list in the order in which the jobs came, with nothing folded away? */
export function isAsTheyCame({ order = 'newest', reverse = false, finished }: ListQuery): boolean {
  return (order === 'newest' || order === 'oldest') && !reverse && finished === undefined;
}

function conditionsOf({ stage, status, hotFolder, attention, finished }: ListQuery): RawBuilder<unknown>[] {
  const key = boardKeyOf();
  return [
    ...(attention === true ? [sql`${key} < ${firstKeyOf(boardPlaces.inWork)}`] : []),
    ...(finished === undefined ? [] : [sql`${key} ${finished ? sql`>=` : sql`<`} ${firstKeyOf(boardPlaces.finished)}`]),
    ...(stage === undefined ? [] : [sql`job.stage = ${stage}`]),
    ...(status === undefined ? [] : [sql`job.status = ${status}`]),
    ...(hotFolder === undefined
      ? []
      : [sql`(job.hot_folder_id = ${hotFolder} or job.id in (select job_id from job_press where hot_folder_id = ${hotFolder}))`]),
  ];
}

/** So many jobs of the board from here on. */
async function walkBoard(db: Db, query: ListQuery, after: Spot | null, limit: number): Promise<Spot[]> {
  const key = boardKeyOf();
  // Many are due at no time: "later, or as late and older" would walk past all of them for each page.
  const inTurn = sql`${key}, job.id desc`;
  const parts =
    after === null
      ? [{ where: sql`true`, order: inTurn }]
      : [
          { where: sql`${key} = ${after.key} and job.id < ${after.id}`, order: sql`job.id desc` },
          { where: sql`${key} > ${after.key}`, order: inTurn },
        ];
  const found: Spot[] = [];
  for (const { where, order } of parts) {
    if (found.length >= limit) break;
    const { rows } = await sql<{ id: number; key: number }>`
      select job.id, ${key} as key from job ${db.dialect.byIndex('job_by_board')}
      where ${sql.join([where, ...conditionsOf(query)], sql` and `)} order by ${order} limit ${limit - found.length}
    `.execute(db);
    found.push(...rows);
  }
  return found;
}

/** Read at once, since each list of ids is a statement of its own. */
const portion = 1000;

const sortedBy = [
  'id',
  'order_no',
  'job_no',
  'title',
  'customer',
  'quantity',
  'due_at',
  'status_at',
  'stage',
  'hot_folder_id',
  'board',
] as const;
type SortedRow = Pick<Selectable<JobTable>, (typeof sortedBy)[number]>;

function keyOf(row: SortedRow, order: JobOrder, folders: ReadonlyMap<number, string>): SortKey {
  if (order === 'urgent') return boardKey(row.board, row.due_at);
  const job: Sortable = {
    number: shownNumber(row.order_no, row.job_no),
    title: row.title,
    customer: order === 'customer' && row.customer !== null ? JSON.parse(row.customer) : null,
    quantity: row.quantity,
    dueAt: row.due_at === null ? null : iso(row.due_at),
    statusAt: row.status_at === null ? null : iso(row.status_at),
    stage: row.stage,
    attention: [],
    hotFolder: row.hot_folder_id === null ? null : (folders.get(row.hot_folder_id) ?? null),
  };
  return sortKey(job, order);
}

async function spotsOf(db: Db, ids: readonly number[], order: JobOrder, { finished, attention }: ListQuery): Promise<Spot[]> {
  const folders = new Map((await db.selectFrom('hot_folder').select(['id', 'name']).execute()).map(({ id, name }) => [id, name]));
  const spots: Spot[] = [];
  for (let at = 0; at < ids.length; at += portion) {
    const rows = await db
      .selectFrom('job')
      .select(sortedBy)
      .where('id', 'in', db.dialect.idsOf(ids.slice(at, at + portion)))
      .execute();
    const wanted = rows.filter(
      ({ board }) =>
        (finished === undefined || finished === (board === boardPlaces.finished)) && (attention !== true || board < boardPlaces.inWork),
    );
    spots.push(...wanted.map((row) => ({ key: keyOf(row, order, folders), id: row.id })));
  }
  return spots;
}

/** Where the jobs of a page stand, one more than it holds; null: they are found by words, and too many to be sorted. */
export async function findSpots(
  db: Db,
  query: ListQuery,
  words: string | null,
  idsOf: (query: ListQuery) => Promise<readonly number[]>,
): Promise<{ readonly spots: readonly Spot[]; readonly order: JobOrder } | null> {
  const { order = 'newest', reverse, limit, cursor } = query;
  const isNarrowed = words !== null || query.stage !== undefined || query.status !== undefined || query.hotFolder !== undefined;
  const walked = async () => ({
    spots: await walkBoard(db, query, cursor === undefined ? null : readSpot(cursor), limit + 1),
    order: 'urgent' as const,
  });
  if (!isNarrowed && order === 'urgent' && reverse !== true) return await walked();
  const ids = isNarrowed
    ? await idsOf({ ...query, order: 'newest', limit: mostSorted })
    : (await walkBoard(db, query, null, mostSorted + 1)).map(({ id }) => id);
  if (ids.length > mostSorted) return words === null ? await walked() : null;
  const turned = isReversed(order, reverse);
  const spots = (await spotsOf(db, ids, order, query)).sort((a, b) => compareSpots(a, b, turned));
  const after = cursor === undefined ? null : readSpot(cursor);
  const first = after === null ? 0 : spots.findIndex((spot) => compareSpots(spot, after, turned) > 0);
  return { spots: first === -1 ? [] : spots.slice(first, first + limit + 1), order };
}
