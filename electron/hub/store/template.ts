/**
 * Queries that are built and compiled once and then only filled in. Building one with Kysely costs more than SQLite needs to
 * run it, so everything on the way of a job goes through here.
 */
import type { Compilable, CompiledQuery, Insertable, Updateable } from 'kysely';
import type { Db, Tables, TableWithId } from './tables.ts';

/** Stands in a template for an argument. */
class Slot {
  readonly index: number;

  constructor(index: number) {
    this.index = index;
  }
}

/** `build` is called once, with placeholders for its arguments: it may pass them to the query and do nothing else with them. */
export function template<Args extends unknown[], Row>(
  build: (db: Db, ...args: Args) => Compilable<Row>,
): (db: Db, ...args: Args) => Promise<Row[]> {
  let compiled: CompiledQuery<Row> | null = null;
  return async (db, ...args) => {
    if (compiled === null) {
      // A placeholder is of no argument's type, and is only handed through to the list of parameters.
      const slots = Array.from({ length: build.length - 1 }, (_, index) => new Slot(index)) as unknown as Args;
      compiled = build(db, ...slots).compile();
    }
    const parameters = compiled.parameters.map((parameter) => (parameter instanceof Slot ? args[parameter.index] : parameter));
    return db.run<Row>(compiled.sql, parameters);
  };
}

type Table = keyof Tables;

/** Inserts any number of rows at once; all have these columns. */
export function insertInto<Name extends Table, Column extends keyof Insertable<Tables[Name]> & string>(
  table: Name,
  columns: readonly Column[],
): (db: Db, rows: readonly Pick<Insertable<Tables[Name]>, Column>[]) => Promise<void> {
  const byLength = new Map<number, CompiledQuery>();
  return async (db, rows) => {
    if (rows.length === 0) return;
    let compiled = byLength.get(rows.length);
    if (compiled === undefined) {
      const empty = Object.fromEntries(columns.map((column) => [column, null]));
      compiled = db
        .insertInto<Table>(table)
        .values(Array.from(rows, () => empty) as never)
        .compile();
      byLength.set(rows.length, compiled);
    }
    await db.run(
      compiled.sql,
      rows.flatMap((row) => columns.map((column) => row[column])),
    );
  };
}

/** Inserts one row and answers its id. */
export function addTo<Name extends TableWithId>(table: Name): (db: Db, row: Insertable<Tables[Name]>) => Promise<number> {
  const byColumns = new Map<string, CompiledQuery<{ id: number }>>();
  return async (db, row) => {
    const key = Object.keys(row).join();
    let compiled = byColumns.get(key);
    if (compiled === undefined) {
      compiled = db
        .insertInto<Table>(table)
        .values(row as never)
        .returning('id' as never)
        .compile() as CompiledQuery<{ id: number }>;
      byColumns.set(key, compiled);
    }
    const [added] = await db.run<{ id: number }>(compiled.sql, Object.values(row));
    if (added === undefined) throw new Error(`${table}: nothing was added`);
    return added.id;
  };
}

/** Changes some columns of the row with this id. */
export function changeIn<Name extends TableWithId>(table: Name): (db: Db, id: number, change: Updateable<Tables[Name]>) => Promise<void> {
  const byColumns = new Map<string, CompiledQuery>();
  return async (db, id, change) => {
    const columns = Object.keys(change);
    if (columns.length === 0) return;
    const key = columns.join();
    let compiled = byColumns.get(key);
    if (compiled === undefined) {
      compiled = db
        .updateTable<Table>(table)
        .set(change as never)
        .where('id' as never, '=', id as never)
        .compile();
      byColumns.set(key, compiled);
    }
    await db.run(compiled.sql, [...Object.values(change), id]);
  };
}
