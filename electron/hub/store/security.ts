/** Writes and reads the record of what touched security. What comes again within an hour is counted in one row, and the rows of an hour are few. */
import { sql } from 'kysely';
import { attemptKinds, type SecurityEntry, securityChangeSchema } from '../../../shared/security.ts';
import { pageOf, readCursor } from './cursor.ts';
import { iso } from './job-rows.ts';
import type { Snapshot } from './read-jobs.ts';
import type { NewSecurity, Reader, Writer } from './store.ts';
import type { Db } from './tables.ts';

const hourMs = 60 * 60_000;
/** Rows that an hour of attempts may fill; what is tried from more addresses is counted as from many. */
const mostAttemptsAnHour = 200;

async function add(db: Db, { kind, actor, address, about, changes }: NewSecurity, at: number, times: number): Promise<void> {
  await db
    .insertInto('security')
    .values({ at, until: at, kind, actor, address, about, changes: JSON.stringify(changes), times })
    .execute();
}

async function count(db: Db, entry: NewSecurity, at: number, times: number): Promise<void> {
  const attempts = () =>
    db
      .selectFrom('security')
      .where('kind', 'in', attemptKinds)
      .where('at', '>', at - hourMs);
  const same = ({ actor, address, about }: Pick<NewSecurity, 'actor' | 'address' | 'about'>) =>
    attempts()
      .select('id')
      .where('kind', '=', entry.kind)
      .where('about', '=', about)
      .where('actor', 'is not distinct from', actor)
      .where('address', 'is not distinct from', address)
      .executeTakeFirst();
  let told = entry;
  let known = await same(told);
  if (known === undefined) {
    const { rows } = await attempts().select(db.fn.countAll<number>().as('rows')).executeTakeFirstOrThrow();
    if (rows >= mostAttemptsAnHour) {
      told = { ...entry, actor: null, address: null, about: '' };
      known = await same(told);
    }
  }
  if (known === undefined) return await add(db, told, at, times);
  await db
    .updateTable('security')
    .set({ until: at, times: sql<number>`times + ${times}` })
    .where('id', '=', known.id)
    .execute();
}

export function securityWriter(db: Db): Pick<Writer, 'noteSecurity' | 'countSecurity' | 'forgetSecurity'> {
  return {
    noteSecurity: (entry, at) => add(db, entry, at, 1),
    countSecurity: (entry, at, times) => count(db, entry, at, times),
    forgetSecurity: async (before) => void (await db.deleteFrom('security').where('at', '<', before).execute()),
  };
}

export function securityReader(snapshot: Snapshot): Pick<Reader, 'security'> {
  return {
    security: ({ limit, cursor }) =>
      snapshot(async (db) => {
        const all = db
          .selectFrom('security')
          .selectAll()
          .orderBy('id', 'desc')
          .limit(limit + 1);
        const { rows, next } = pageOf(await (cursor === undefined ? all : all.where('id', '<', readCursor(cursor))).execute(), limit);
        const items = rows.map(
          ({ changes, at, until, ...row }): SecurityEntry => ({
            ...row,
            at: iso(at),
            until: iso(until),
            changes: securityChangeSchema.array().parse(JSON.parse(changes)),
          }),
        );
        return { items, next };
      }),
  };
}
