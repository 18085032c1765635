/** What SQLite says in its own way. */
import { sql } from 'kysely';
import { readCursor } from '../cursor.ts';
import type { Dialect } from '../engine.ts';
import { conditionsOn, pressIds, sayings } from './filter-jobs.ts';
import { learnWords, searchIds, searchQuery } from './search.ts';

export const dialect: Dialect = {
  name: 'sqlite',
  searchQuery,
  learnWords,
  sayings,
  byIndex: (index) => sql`indexed by ${sql.ref(index)}`,
  idsOf: (ids) => sql<number>`(select value from json_each(${JSON.stringify(ids)}))`,
  // One connection writes, and no other program does.
  lockOrder: async () => undefined,
  findIds: async (db, query, words, besides) => {
    const before = query.cursor === undefined ? null : readCursor(query.cursor);
    const also = await conditionsOn(db, words === null ? 'job_press.job_id' : 'job_search.rowid', query, besides, words !== null);
    return words === null ? await pressIds(db, query, also, before) : await searchIds(db, words, also, before, query.limit + 1);
  },
};
