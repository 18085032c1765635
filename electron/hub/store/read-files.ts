/** Reads files and deliveries. */

import { sql } from 'kysely';
import { bigFrom, type DeliveryState, deliveryStateNames, dueStates, knownState } from '../../../shared/delivery.ts';
import { nameKey } from '../../../shared/name-key.ts';
import { byId, deliveryFrom, fileFrom } from './job-rows.ts';
import type { Snapshot } from './read-jobs.ts';
import type { DeliveryRow, DueDelivery, Reader } from './store.ts';
import { readSums } from './sums.ts';
import type { Db } from './tables.ts';
import { template } from './template.ts';

export type FileReader = Pick<
  Reader,
  | 'files'
  | 'file'
  | 'unfiledFiles'
  | 'delivery'
  | 'deliveriesOf'
  | 'deliveriesIn'
  | 'deliveriesBehind'
  | 'deliveriesTakenSince'
  | 'deliveriesDue'
  | 'nextDueAt'
  | 'deliveriesPutOff'
  | 'deliveriesNamed'
  | 'deliveriesNamedAny'
  | 'deliveriesOfSize'
  | 'deliveriesOfSizes'
  | 'deliveryCounts'
  | 'jobIdsWithUnknownDelivery'
>;

const filesOf = template((db, jobId: number) => db.selectFrom('file').selectAll().where('job_id', '=', jobId));
export const fileById = template((db, id: number) => db.selectFrom('file').selectAll().where('id', '=', id));
const unfiled = template((db) => db.selectFrom('file').selectAll().where('filed', '=', sql.lit<0>(0)).orderBy('id'));
export const deliveryById = template((db, id: number) => db.selectFrom('delivery').selectAll().where('id', '=', id));
const deliveriesOf = template((db, jobId: number) => db.selectFrom('delivery').selectAll().where('job_id', '=', jobId));
const queue = template((db, placeId: number, state: DeliveryState, limit: number) =>
  db
    .selectFrom('delivery')
    .selectAll()
    .where('place_id', '=', placeId)
    .where('state', '=', state)
    .orderBy('priority', 'desc')
    .orderBy('id')
    .limit(limit),
);

/** Two questions rather than one with an "or", which the index would not answer in its order. */
const behindOf = (is: '=' | '<') =>
  template((db, placeId: number, state: DeliveryState, priority: number, id: number, limit: number) =>
    db
      .selectFrom('delivery')
      .selectAll()
      .where('place_id', '=', placeId)
      .where('state', '=', state)
      .where('priority', is, priority)
      .where('id', '>', id)
      .orderBy('priority', 'desc')
      .orderBy('id')
      .limit(limit),
  );
const behind = { sameTurn: behindOf('='), later: behindOf('<') };

/** Nothing is put off for longer than an hour: a time further ahead was written before the clock was set back, and has come. */
const farthestAheadMs = 61 * 60_000;

/** The size stands in the text of the query, so that the index of the big ones serves it: thousands of small ones are not walked through for two big. */
const dueOf = (is: '<' | '>=') =>
  template((db, placeId: number, state: DeliveryState, now: number, farthest: number, below: number, limit: number) =>
    db
      .selectFrom('delivery')
      .select(['id', 'size', 'priority', 'state'])
      .where('place_id', '=', placeId)
      .where('state', '=', state)
      .where((one) => one.or([one('next_try_at', 'is', null), one('next_try_at', '<=', now), one('next_try_at', '>', farthest)]))
      .where('size', is, sql.lit(bigFrom))
      .where('size', '<', below)
      .orderBy('priority', 'desc')
      .orderBy('id')
      .limit(limit),
  );
const due = { small: dueOf('<'), big: dueOf('>=') };
const nextTry = template((db, placeId: number, now: number) =>
  db
    .selectFrom('delivery')
    .select('next_try_at')
    .where('place_id', '=', placeId)
    .where('next_try_at', '>', now)
    .orderBy('next_try_at')
    .limit(1),
);

/** Read from the index of those that are put off, which are few. */
const putOff = template((db, after: number) =>
  db
    .selectFrom('delivery')
    .select(['hot_folder_id', 'state'])
    .select((one) => one.fn.countAll<number>().as('count'))
    .where('next_try_at', 'is not', null)
    .where('next_try_at', '>', after)
    .groupBy(['hot_folder_id', 'state']),
);

/** What a printer which shows more took. */
const takenFrom = (db: Db, placeId: number) =>
  db
    .selectFrom('delivery')
    .selectAll()
    .where('place_id', '=', placeId)
    .where('state', '=', sql.lit<'taken'>('taken'))
    .where('outcome', 'is not', null);

export const takenSince = template((db, placeId: number, since: number, limit: number) =>
  takenFrom(db, placeId).where('delivered_at', '>=', since).orderBy('delivered_at', 'desc').orderBy('id', 'desc').limit(limit),
);
const takenAt = template((db, placeId: number, at: number, id: number, limit: number) =>
  takenFrom(db, placeId).where('delivered_at', '=', at).where('id', '<', id).orderBy('id', 'desc').limit(limit),
);
const takenBefore = template((db, placeId: number, since: number, at: number, limit: number) =>
  takenFrom(db, placeId)
    .where('delivered_at', '>=', since)
    .where('delivered_at', '<', at)
    .orderBy('delivered_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit),
);

// No joins: a statement with a join or an order is planned anew for each value it is asked with, which costs ten times the reading.
const placesAt = (db: Db, folderPath: string) => db.selectFrom('place').select('id').where('folder_path', '=', folderPath);
const openNamed = template((db, folderPath: string, key: string) =>
  db
    .selectFrom('delivery')
    .selectAll()
    .where('open', '=', sql.lit<1>(1))
    .where('name_key', '=', key)
    .where('place_id', 'in', placesAt(db, folderPath)),
);
const placeIdsAt = template((db, folderPath: string) => placesAt(db, folderPath));
const ofSize = template((db, size: number, placeId: number, after: number, limit: number) =>
  db
    .selectFrom('delivery')
    .selectAll()
    .where('size', '=', size)
    .where('place_id', '=', placeId)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit),
);

/** Asked for at a time: the last one fills up the rest, so that it always is the same statement. */
const atATime = 100;

function inChunks<Value>(values: Iterable<Value>): Value[][] {
  const all = [...new Set(values)];
  return Array.from({ length: Math.ceil(all.length / atATime) }, (_, chunk) =>
    Array.from({ length: atATime }, (_, at) => all[Math.min(chunk * atATime + at, all.length - 1)] as Value),
  );
}

function byTurn(a: DueDelivery, b: DueDelivery): number {
  return b.priority - a.priority || a.id - b.id;
}

export function fileReader(snapshot: Snapshot, unsaved: () => readonly ReadonlyMap<string, number>[]): FileReader {
  return {
    files: (jobId) => snapshot(async (db) => (await filesOf(db, jobId)).map(fileFrom).sort(byId)),
    file: (id) => snapshot(async (db) => (await fileById(db, id)).map(fileFrom)[0] ?? null),
    unfiledFiles: () => snapshot(async (db) => (await unfiled(db)).map(fileFrom)),
    delivery: (id) => snapshot(async (db) => (await deliveryById(db, id)).map(deliveryFrom)[0] ?? null),
    deliveriesOf: (jobId) => snapshot(async (db) => (await deliveriesOf(db, jobId)).map(deliveryFrom).sort(byId)),
    // One state at a time: each is read in its order from the index, and never more than asked for.
    deliveriesIn: (placeId, states, limit = Number.MAX_SAFE_INTEGER) =>
      snapshot(async (db) => {
        const found: DeliveryRow[] = [];
        for (const state of new Set(states)) found.push(...(await queue(db, placeId, state, limit)).map(deliveryFrom));
        return found.sort(byTurn).slice(0, limit);
      }),
    deliveriesBehind: (placeId, state, last, limit) =>
      snapshot(async (db) => {
        if (last === null) return (await queue(db, placeId, state, limit)).map(deliveryFrom);
        const found = await behind.sameTurn(db, placeId, state, last.priority, last.id, limit);
        if (found.length < limit) found.push(...(await behind.later(db, placeId, state, last.priority, 0, limit - found.length)));
        return found.map(deliveryFrom);
      }),
    deliveriesDue: (placeId, now, limit, which, below = Number.MAX_SAFE_INTEGER) =>
      snapshot(async (db) => {
        const found: DueDelivery[] = [];
        for (const state of dueStates)
          for (const row of await due[which](db, placeId, state, now, now + farthestAheadMs, below, limit))
            found.push({ ...row, state: knownState(row.state) });
        return found.sort(byTurn).slice(0, limit);
      }),
    deliveriesPutOff: (after) =>
      snapshot(async (db) =>
        (await putOff(db, after))
          .filter(({ state }) => state === 'waiting' || state === 'copying')
          .map(({ hot_folder_id, count }) => ({ hotFolderId: hot_folder_id, count })),
      ),
    nextDueAt: (placeId, now) => snapshot(async (db) => (await nextTry(db, placeId, now))[0]?.next_try_at ?? null),
    deliveriesTakenSince: (placeId, since, last, limit) =>
      snapshot(async (db) => {
        if (last === null) return (await takenSince(db, placeId, since, limit)).map(deliveryFrom);
        const at = last.deliveredAt ?? since;
        const found = await takenAt(db, placeId, at, last.id, limit);
        if (found.length < limit) found.push(...(await takenBefore(db, placeId, since, at, limit - found.length)));
        return found.map(deliveryFrom);
      }),
    deliveriesNamed: (folderPath, name) =>
      snapshot(async (db) => (await openNamed(db, folderPath, nameKey(name))).map(deliveryFrom).sort(byId)),
    deliveriesNamedAny: (folderPath, names) =>
      snapshot(async (db) => {
        const found: DeliveryRow[] = [];
        const open = db
          .selectFrom('delivery')
          .selectAll()
          .where('open', '=', sql.lit<1>(1))
          .where('place_id', 'in', placesAt(db, folderPath));
        for (const keys of inChunks(names.map(nameKey)))
          found.push(...(await open.where('name_key', 'in', keys).execute()).map(deliveryFrom));
        return found.sort(byId);
      }),
    deliveriesOfSize: (folderPath, size, last, limit) =>
      snapshot(async (db) => {
        const found: DeliveryRow[] = [];
        const places = (await placeIdsAt(db, folderPath)).map(({ id }) => id).sort((a, b) => a - b);
        for (const place of places.filter((id) => id >= (last?.placeId ?? 0))) {
          const after = last?.placeId === place ? last.id : 0;
          if (found.length < limit) found.push(...(await ofSize(db, size, place, after, limit - found.length)).map(deliveryFrom));
        }
        return found;
      }),
    deliveriesOfSizes: (folderPath, sizes) =>
      snapshot(async (db) => {
        const found: DeliveryRow[] = [];
        const there = db.selectFrom('delivery').selectAll().where('place_id', 'in', placesAt(db, folderPath));
        for (const some of inChunks(sizes)) found.push(...(await there.where('size', 'in', some).execute()).map(deliveryFrom));
        return found.sort(byId);
      }),
    deliveryCounts: () =>
      snapshot(async (db) =>
        [...(await readSums(db, 'delivery', unsaved()))].map(([name, count]) => {
          const [hotFolderId = '', state = ''] = name.split(' ');
          return { hotFolderId: Number(hotFolderId), state: knownState(state), count };
        }),
      ),
    jobIdsWithUnknownDelivery: () =>
      snapshot(async (db) => {
        // The sums name every state there is; only then is it worth reading the whole ledger.
        const states = [...(await readSums(db, 'delivery', unsaved())).keys()].map((name) => name.split(' ')[1] ?? '');
        if (states.every((state) => knownState(state) === state)) return [];
        const rows = await db.selectFrom('delivery').select('job_id').distinct().where('state', 'not in', deliveryStateNames).execute();
        return rows.map((row) => row.job_id);
      }),
  };
}
