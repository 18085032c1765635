/** What PostgreSQL says in its own way. Which index serves a list it finds out by itself, from its statistics. */
import { sql } from 'kysely';
import { readCursor } from '../cursor.ts';
import type { Dialect } from '../engine.ts';
import { learnWords, matching, searchQuery } from './search.ts';

export const dialect: Dialect = {
  name: 'postgres',
  searchQuery,
  learnWords: (db, id, words) => learnWords(db, id, words),
  sayings: () => ({ status: sql.ref, stage: sql.ref, hotFolder: sql.ref }),
  byIndex: () => sql``,
  idsOf: (ids) => sql<number>`(select value::bigint from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`,
  lockOrder: async (db, jobId) => {
    await db.run('select id from job where order_no = (select order_no from job where id = $1) order by id for update', [jobId]);
  },
  findIds: async (db, { status, stage, hotFolder, attention, order, limit, cursor }, words, besides) => {
    const before = cursor === undefined ? null : readCursor(cursor);
    const oldest = words === null && order === 'oldest';
    const conditions = [
      ...(words === null ? [] : [matching(words)]),
      ...(status === undefined ? [] : [sql`job.status = ${status}`]),
      ...(stage === undefined ? [] : [sql`job.stage = ${stage}`]),
      ...(attention === true ? [sql`job.attention > 0`] : []),
      ...(hotFolder === undefined
        ? []
        : [
            besides
              ? sql`job.id in (select job_id from job_press where hot_folder_id = ${hotFolder})`
              : sql`job.hot_folder_id = ${hotFolder}`,
          ]),
      ...(before === null ? [] : [oldest ? sql`job.id > ${before}` : sql`job.id < ${before}`]),
    ];
    const searched = words === null ? sql`` : sql`join job_search on job_search.job_id = job.id`;
    const { rows } = await sql<{ id: number }>`
      select job.id from job ${searched} where ${sql.join([sql`true`, ...conditions], sql` and `)}
      order by job.id ${oldest ? sql`asc` : sql`desc`} limit ${limit + 1}
    `.execute(db);
    return rows.map(({ id }) => id);
  },
};
