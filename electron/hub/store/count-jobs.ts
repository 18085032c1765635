/** How many jobs stand where: all by sums that are kept, those found by words by looking at each. */
import { sql } from 'kysely';
import type { Counts } from '../../../shared/api.ts';
import { boardKey, boardPlaces, firstKeyOf } from '../../../shared/job/board.ts';
import { type Stage, stageNames } from '../../../shared/status.ts';
import { boardKeyOf } from './board-key.ts';
import { type Differences, readSums } from './sums.ts';
import type { Db } from './tables.ts';

/** Jobs found by words that are looked at. */
export const mostCounted = 20_000;
const mostLate = 10_000;

function inTurn(counts: ReadonlyMap<string, number>): Counts['stages'] {
  return Object.fromEntries(
    stageNames.flatMap((stage): [Stage, number][] => {
      const count = counts.get(stage);
      return count === undefined ? [] : [[stage, count]];
    }),
  );
}

export async function countLate(db: Db, before: number): Promise<number> {
  const key = boardKeyOf();
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (
      select 1 from job ${db.dialect.byIndex('job_by_board')}
      where ${key} >= ${firstKeyOf(boardPlaces.inWork)} and ${key} < ${boardKey(boardPlaces.inWork, before)} limit ${mostLate}
    ) as late
  `.execute(db);
  return rows[0]?.count ?? 0;
}

export async function countAll(db: Db, unsaved: readonly Differences[]): Promise<Counts> {
  const jobs = await readSums(db, 'jobs', unsaved);
  const stages = await readSums(db, 'stage', unsaved);
  return {
    all: jobs.get('all') ?? 0,
    attention: jobs.get('attention') ?? 0,
    stages: inTurn(stages),
    finished: jobs.get('finished') ?? 0,
  };
}

/** `ids`: of the jobs found, one more than are counted where there are more. */
export async function countFound(db: Db, ids: readonly number[]): Promise<Counts> {
  const counted = ids.slice(0, mostCounted);
  const rows = await db
    .selectFrom('job')
    .select((eb) => ['stage', 'board', eb.fn.countAll<number>().as('count')])
    .where('id', 'in', db.dialect.idsOf(counted))
    .groupBy(['stage', 'board'])
    .execute();
  const stages = new Map<string, number>();
  for (const { stage, count } of rows) stages.set(stage, (stages.get(stage) ?? 0) + count);
  const sum = (is: (board: number) => boolean): number => rows.reduce((all, { board, count }) => all + (is(board) ? count : 0), 0);
  return {
    all: counted.length,
    attention: sum((board) => board < boardPlaces.inWork),
    stages: inTurn(stages),
    finished: sum((board) => board === boardPlaces.finished),
    ...(ids.length > counted.length && { more: true }),
  };
}
