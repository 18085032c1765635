/**
 * Fills a record of the hub with as many jobs as a shop has after years, in bulk: made by the hub's own migrations, and then written past it, row for row as it
 * would write them. Every sum, word and state is there. Indexes are made at the end.
 */
import Database from 'better-sqlite3';
import { openStore } from '../../../electron/hub/store/open.ts';
import { makeRandom } from '../../random.ts';
import { type BigFolder, lifeOf } from './life.ts';
import { bigTables, type Ids, type OutcomeOf, type Row, writeLife } from './rows.ts';

/** Inserts rows of one table; all have the columns of the first. */
function inserter(database: Database.Database, table: string): (row: Row) => void {
  let columns: string[] = [];
  let statement: Database.Statement | null = null;
  return (row) => {
    if (statement === null) {
      columns = Object.keys(row);
      statement = database.prepare(`insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`);
    }
    statement.run(...columns.map((column) => row[column] ?? null));
  };
}

function firstIds(database: Database.Database): Ids {
  const next = (column: string, table: string): number =>
    Number(database.prepare(`select coalesce(max(${column}), 0) + 1 from ${table}`).pluck().get());
  return { job: next('id', 'job'), file: next('id', 'file'), delivery: next('id', 'delivery'), seq: next('seq', 'event') };
}

type StoredFolder = { readonly id: number; readonly place_id: number; readonly name: string; readonly outcome: string };

function foldersOf(database: Database.Database): { folders: BigFolder[]; outcomeOf: OutcomeOf } {
  const rows = database
    .prepare<[], StoredFolder>(
      "select id, place_id, name, json_extract(settings, '$.outcome') as outcome from hot_folder where removed = 0 order by id",
    )
    .all()
    .map((row) => ({ ...row, outcome: JSON.parse(row.outcome).kind === 'none' ? null : row.outcome }));
  const folders = rows.map(({ id, place_id, name, outcome }) => ({ id, placeId: place_id, name, showsOutcome: outcome !== null }));
  return { folders, outcomeOf: (id) => rows.find((row) => row.id === id)?.outcome ?? null };
}

function dropIndexes(database: Database.Database): string[] {
  const tables = bigTables.map((table) => `'${table}'`).join(', ');
  const indexes = database
    .prepare<[], { name: string; sql: string }>(
      `select name, sql from sqlite_master where type = 'index' and sql is not null and tbl_name in (${tables})`,
    )
    .all();
  for (const { name } of indexes) database.exec(`drop index ${name}`);
  return indexes.map(({ sql }) => sql);
}

function fill(database: Database.Database, jobs: number, now: number, seed: number): void {
  const inserters = new Map(bigTables.map((table) => [table, inserter(database, table)]));
  const indexes = dropIndexes(database);
  const { folders, outcomeOf } = foldersOf(database);
  const [ids, random, sums] = [firstIds(database), makeRandom(seed), new Map<string, number>()];
  for (let at = 0; at < jobs; at += 1) {
    const grown = writeLife(lifeOf(at, jobs, folders, random, now), outcomeOf, ids, (table, row) => inserters.get(table)?.(row));
    for (const name of grown) sums.set(name, (sums.get(name) ?? 0) + 1);
  }
  const count = database.prepare(
    'insert into counter (name, value) values (?, ?) on conflict (name) do update set value = value + excluded.value',
  );
  for (const sum of sums) count.run(...sum);
  for (const sql of indexes) database.exec(sql);
}

/**
 * Adds `jobs` to the record at `path`, made if it is not there; they go to the hot folders it has. Nobody else may have it open.
 * @param now epoch ms, when the newest job has come
 */
export async function fillRecord(path: string, jobs: number, now: number, seed = 1): Promise<void> {
  await (await openStore({ path })).close();
  const database = new Database(path);
  try {
    // Whoever loses power while it is made makes it again.
    for (const pragma of ['journal_mode = delete', 'journal_mode = off', 'synchronous = off', 'foreign_keys = off', 'cache_size = -400000'])
      database.pragma(pragma);
    database.exec('begin');
    fill(database, jobs, now, seed);
    database.exec('commit');
    database.pragma('journal_mode = wal');
  } finally {
    database.close();
  }
}
