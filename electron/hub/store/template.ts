/**
 * Queries that are built and compiled once and then only filled in. Building one with Kysely costs more than SQLite needs to
 * run it, so everything on the way of a job goes through here.
 */
import type { Compilable, CompiledQuery, Insertable, Updateable } from 'kysely';
import type { EngineName } from './engine.ts';
import type { Db, Tables, TableWithId } from './tables.ts';

/** Stands in a template for an argument. */
class Slot {
  readonly index: number;

  constructor(index: number) {
    this.index = index;
  }
}

/** What was compiled, an engine at a time: each has its own SQL. */
type PerEngine<Compiled> = { [Name in EngineName]?: Compiled };

/** Compiled anew for each key of each engine, once. */
export function keptFor<Key, Compiled>(): (db: Db, key: Key, compile: () => Compiled) => Compiled {
  const kept: { readonly [Name in EngineName]: Map<Key, Compiled> } = { sqlite: new Map(), postgres: new Map() };
  return (db, key, compile) => {
    const ofEngine = kept[db.dialect.name];
    const known = ofEngine.get(key);
    if (known !== undefined) return known;
    const compiled = compile();
    ofEngine.set(key, compiled);
    return compiled;
  };
}

/** `build` is called once an engine, with placeholders for its arguments: it may pass them to the query and do nothing else with them. */
export function template<Args extends unknown[], Row>(
  build: (db: Db, ...args: Args) => Compilable<Row>,
): (db: Db, ...args: Args) => Promise<Row[]> {
  const kept: PerEngine<CompiledQuery<Row>> = {};
  return (db, ...args) => {
    let compiled = kept[db.dialect.name];
    if (compiled === undefined) {
      // A placeholder is of no argument's type, and is only handed through to the list of parameters.
      const slots = Array.from({ length: build.length - 1 }, (_, index) => new Slot(index)) as unknown as Args;
      compiled = build(db, ...slots).compile();
      kept[db.dialect.name] = compiled;
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
  const byLength = keptFor<number, CompiledQuery>();
  return async (db, rows) => {
    if (rows.length === 0) return;
    const compiled = byLength(db, rows.length, () => {
      const empty = Object.fromEntries(columns.map((column) => [column, null]));
      return db
        .insertInto<Table>(table)
        .values(Array.from(rows, () => empty) as never)
        .compile();
    });
    await db.run(
      compiled.sql,
      rows.flatMap((row) => columns.map((column) => row[column])),
    );
  };
}

/** Inserts one row and answers its id. */
export function addTo<Name extends TableWithId>(table: Name): (db: Db, row: Insertable<Tables[Name]>) => Promise<number> {
  const byColumns = keptFor<string, CompiledQuery<{ id: number }>>();
  return async (db, row) => {
    const compiled = byColumns(
      db,
      Object.keys(row).join(),
      () =>
        db
          .insertInto<Table>(table)
          .values(row as never)
          .returning('id' as never)
          .compile() as CompiledQuery<{ id: number }>,
    );
    const [added] = await db.run<{ id: number }>(compiled.sql, Object.values(row));
    if (added === undefined) throw new Error(`${table}: nothing was added`);
    return added.id;
  };
}

/** Changes some columns of the row with this id. */
export function changeIn<Name extends TableWithId>(table: Name): (db: Db, id: number, change: Updateable<Tables[Name]>) => Promise<void> {
  const byColumns = keptFor<string, CompiledQuery>();
  return async (db, id, change) => {
    const columns = Object.keys(change);
    if (columns.length === 0) return;
    const compiled = byColumns(db, columns.join(), () =>
      db
        .updateTable<Table>(table)
        .set(change as never)
        .where('id' as never, '=', id as never)
        .compile(),
    );
    await db.run(compiled.sql, [...Object.values(change), id]);
  };
}
