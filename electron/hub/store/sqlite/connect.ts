/**
 * One connection to a SQLite file, and the Kysely dialect that speaks through it. Statements are prepared once and kept.
 */

import Database from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { said } from '../../../../shared/words/say.ts';
import { Refusal } from '../../parts.ts';
import type { Log } from '../../ports/ports.ts';
import { isDamage, rawOf } from '../record-trouble.ts';
import type { Db, Tables } from '../tables.ts';
import { findDamage } from './check-record.ts';
import { dialect } from './dialect.ts';

/** More distinct statements than the hub has; lists of ids of many lengths make some more. */
const keptStatements = 300;

class CachedConnection implements DatabaseConnection {
  readonly #database: Database.Database;
  readonly #statements = new Map<string, Database.Statement<unknown[], unknown>>();
  /** Rows changed since it was opened. Counted here, since SQLite answers the same only by a statement. */
  changed = 0;

  constructor(database: Database.Database) {
    this.#database = database;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const statement = this.#prepare(sql);
    if (statement.reader) return { rows: this.#all<Row>(statement, parameters) };
    return { rows: [], numAffectedRows: BigInt(this.#change(statement, parameters)) };
  }

  async run<Row>(sql: string, parameters: readonly unknown[]): Promise<Row[]> {
    const statement = this.#prepare(sql);
    if (statement.reader) return this.#all<Row>(statement, parameters);
    this.#change(statement, parameters);
    return [];
  }

  #all<Row>(statement: Database.Statement<unknown[], unknown>, parameters: readonly unknown[]): Row[] {
    const rows = statement.all(...parameters) as Row[];
    // One that writes answers the rows it has written.
    if (!statement.readonly) this.changed += rows.length;
    return rows;
  }

  #change(statement: Database.Statement<unknown[], unknown>, parameters: readonly unknown[]): number {
    const { changes } = statement.run(...parameters);
    this.changed += changes;
    return changes;
  }

  // biome-ignore lint/correctness/useYield: never asked for
  async *streamQuery(): AsyncIterableIterator<never> {
    throw new Error('the store reads in pages and never streams');
  }

  #prepare(sql: string): Database.Statement<unknown[], unknown> {
    const kept = this.#statements.get(sql);
    if (kept !== undefined) return kept;
    const statement = this.#database.prepare<unknown[], unknown>(sql);
    if (this.#statements.size >= keptStatements) {
      const [oldest] = this.#statements.keys();
      if (oldest !== undefined) this.#statements.delete(oldest);
    }
    this.#statements.set(sql, statement);
    return statement;
  }
}

function driverOf(database: Database.Database, connection: CachedConnection): Driver {
  const say = async (sql: string): Promise<void> => {
    await connection.executeQuery(CompiledQuery.raw(sql));
  };
  return {
    init: async () => {},
    acquireConnection: async () => connection,
    beginTransaction: () => say('begin'),
    commitTransaction: () => say('commit'),
    rollbackTransaction: () => say('rollback'),
    releaseConnection: async () => {},
    destroy: async () => {
      database.close();
    },
  };
}

/** Kysely on an open database; `destroy()` closes it. Queries of one connection run one after another. */
export function speakThrough(database: Database.Database): Db {
  const connection = new CachedConnection(database);
  const kysely: Dialect = {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => driverOf(database, connection),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
  return Object.assign(new Kysely<Tables>({ dialect: kysely }), {
    dialect,
    run: <Row>(query: string, parameters: readonly unknown[]) => connection.run<Row>(query, parameters),
    changed: () => connection.changed,
  });
}

/**
 * Questions on a connection of their own, one after another; each sees one moment, whatever is written meanwhile. Those that wait at once see the same
 * moment, since after each write a new one begins with an empty cache. Whoever asks later than it began gets a later one: what he knows of, it shows.
 */
export function snapshotsOf(database: Database.Database): <Result>(work: (db: Db) => Promise<Result>) => Promise<Result> {
  const db = speakThrough(database);
  const [begin, end] = [database.prepare('begin'), database.prepare('commit')];
  const waiting: (() => Promise<void>)[] = [];
  let isWorking = false;

  const workOff = async (): Promise<void> => {
    isWorking = true;
    while (waiting.length > 0) {
      // What is asked in the same breath joins.
      await Promise.resolve();
      for (const ask of waiting.splice(0)) await ask();
      leave();
    }
    isWorking = false;
  };
  /** After a damaged page was read the end fails as well: that is told by the read, and the next question begins anew. */
  const leave = (): void => {
    try {
      if (database.inTransaction) end.run();
    } catch {
      if (database.inTransaction) database.exec('rollback');
    }
  };
  return (work) =>
    new Promise((resolve, reject) => {
      waiting.push(async () => {
        try {
          // The first of all begins it, and whoever follows one that lost it by a fault.
          if (!database.inTransaction) begin.run();
          resolve(await work(db));
        } catch (error) {
          reject(error);
        }
      });
      if (!isWorking) void workOff();
    });
}

export function damaged(path: string, raw: string): Error {
  return new Refusal('CONFLICT', said('refusals.damaged', { path, raw }));
}

/**
 * Opens the file for writing, made if it is not there, with commits that are on disk when they return (`commitBeforeFlush` changes that).
 * `checkFirst`: the whole file is checked before. @throws Error with a sentence for the admin when the file is damaged or no database; the file is left as it is.
 */
export function openForWriting(path: string, checkFirst = true): Database.Database {
  const database = new Database(path, { timeout: 5000 });
  try {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    database.pragma('temp_store = MEMORY');
    database.pragma('cache_size = -8000');
    database.pragma('journal_size_limit = 67108864');
    const damage = checkFirst ? findDamage(database) : null;
    if (damage !== null) throw damaged(path, damage);
    return database;
  } catch (error) {
    database.close();
    if (isDamage(error)) throw damaged(path, rawOf(error));
    throw error;
  }
}

/** A second connection that only reads, and never waits for the one that writes. */
export function openForReading(path: string): Database.Database {
  const database = new Database(path, { readonly: true, timeout: 5000 });
  database.pragma('cache_size = -8000');
  return database;
}

/** For a hub that is running: waiting for another program's lock inside SQLite would stop everything else, so whoever meets one comes again. */
export function neverWaitForLocks(database: Database.Database): void {
  database.pragma('busy_timeout = 0');
}

/**
 * From now on commits return before they are on disk, and the caller flushes the write-ahead log before it tells anybody: the same promise as
 * synchronous=FULL, without making every screen wait for the disk. SQLite still flushes the log itself before it moves it into the file.
 */
export function commitBeforeFlush(database: Database.Database, openLog: (path: string) => Log): Log {
  database.pragma('synchronous = NORMAL');
  return openLog(`${database.name}-wal`);
}
