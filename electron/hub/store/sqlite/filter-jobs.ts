/**
 * The filters of the list of jobs, so that a page is read and not much more: each set of them has an index that ends with the id (migrations 1 and 13), and is looked up in
 * that index alone, never in the wide rows of the jobs. SQLite only where words are searched, as the search itself is.
 */
import { type RawBuilder, sql } from 'kysely';
import type { ListQuery } from '../store.ts';
import type { Db } from '../tables.ts';

type Filters = Pick<ListQuery, 'status' | 'stage' | 'hotFolder' | 'attention'>;

/** Keeps SQLite from choosing an index by this column. */
export function unindexed(column: string): RawBuilder<unknown> {
  return sql`nullif(${sql.ref(column)}, null)`;
}

/**
 * How each filter is said, so that the index of all of them is taken: among the few that need somebody everything else is looked up in theirs; with status and hot folder
 * the stage stands behind the id.
 */
export function sayings({
  status,
  hotFolder,
  attention,
}: Filters): Readonly<Record<'status' | 'stage' | 'hotFolder', (column: string) => RawBuilder<unknown>>> {
  const among = attention === true ? unindexed : sql.ref;
  return { status: among, hotFolder: among, stage: status !== undefined && hotFolder !== undefined ? unindexed : among };
}

/** Ids in a narrow index. */
type IdSet = { readonly id: RawBuilder<unknown>; readonly from: RawBuilder<unknown>; readonly where: RawBuilder<unknown> };

function indexOf({ status, stage, hotFolder, attention }: Filters): string {
  if (attention === true) return 'job_with_attention';
  if (status !== undefined && hotFolder !== undefined) return 'job_by_status_and_hot_folder';
  if (status !== undefined) return stage === undefined ? 'job_by_status' : 'job_by_status_and_stage';
  if (hotFolder !== undefined) return stage === undefined ? 'job_by_hot_folder' : 'job_by_hot_folder_and_stage';
  return 'job_by_stage';
}

function jobsWith(filters: Filters): IdSet[] {
  const { status, stage, hotFolder, attention } = filters;
  const conditions = [
    ...(status === undefined ? [] : [sql`status = ${status}`]),
    ...(stage === undefined ? [] : [sql`stage = ${stage}`]),
    ...(hotFolder === undefined ? [] : [sql`hot_folder_id = ${hotFolder}`]),
    ...(attention === true ? [sql`attention > 0`] : []),
  ];
  if (conditions.length === 0) return [];
  return [{ id: sql.ref('id'), from: sql`job indexed by ${sql.ref(indexOf(filters))}`, where: sql.join(conditions, sql` and `) }];
}

/** `besides`: of the jobs that belong to another hot folder than the one asked for, and have had deliveries at it. */
function setsOf({ hotFolder, ...filters }: Filters, besides: boolean, words: boolean): IdSet[] {
  if (!besides || hotFolder === undefined) return jobsWith({ ...filters, hotFolder });
  const atIt: IdSet = { id: sql.ref('job_id'), from: sql`job_press`, where: sql`hot_folder_id = ${hotFolder}` };
  // Without words it is they that are walked.
  return [...(words ? [atIt] : []), ...jobsWith(filters)];
}

/** A set of so many is read at once for a search; of a larger one each job the words find is looked up by itself, and a page is soon full. */
const mostRead = 20_000;

async function isSmall(db: Db, { from, where }: IdSet): Promise<boolean> {
  const { rows } = await sql<{
    count: number;
  }>`select count(*) as count from (select 1 from ${from} where ${where} limit ${mostRead + 1})`.execute(db);
  return (rows[0]?.count ?? 0) <= mostRead;
}

/** What must hold of `id` besides the words, or besides its having been at a hot folder. The plus keeps SQLite from searching the words once for each id. */
export async function conditionsOn(db: Db, id: string, filters: Filters, besides: boolean, words: boolean): Promise<RawBuilder<unknown>> {
  const conditions: RawBuilder<unknown>[] = [sql`true`];
  for (const set of setsOf(filters, besides, words)) {
    const theirs = sql`${set.from} where ${set.where}`;
    conditions.push(
      (await isSmall(db, set))
        ? sql`+${sql.ref(id)} in (select ${set.id} from ${theirs})`
        : sql`exists (select 1 from ${theirs} and ${set.id} = +${sql.ref(id)})`,
    );
  }
  return sql.join(conditions, sql` and `);
}

/** Jobs that have had deliveries at a hot folder that is not theirs, in the order of the list, for which `also` holds of `job_press.job_id`. */
export async function pressIds(
  db: Db,
  { hotFolder, order, limit }: ListQuery,
  also: RawBuilder<unknown>,
  before: number | null,
): Promise<number[]> {
  const oldest = order === 'oldest';
  const further = before === null ? sql`true` : oldest ? sql`job_id > ${before}` : sql`job_id < ${before}`;
  const { rows } = await sql<{ id: number }>`
    select job_id as id from job_press where hot_folder_id = ${hotFolder} and ${further} and ${also}
    order by job_id ${oldest ? sql`asc` : sql`desc`} limit ${limit + 1}
  `.execute(db);
  return rows.map(({ id }) => id);
}
