/**
 * Kysely on a session of PostgreSQL that is opened when it is needed, and anew when it was lost. Remembers whether a statement has failed since the last fence: PostgreSQL takes
 * nothing more in that transaction then.
 */
import {
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely';
import type { Db, Tables } from '../tables.ts';
import { type Answer, type Connect, isAway, type Session } from './client.ts';
import { dialect } from './dialect.ts';

export type Line = {
  readonly db: Db;
  /** Opens a session where there is none. */
  open(): Promise<void>;
  /** `withinMs`: see Session. */
  say(sql: string, withinMs?: number): Promise<readonly unknown[]>;
  /** The fault of a statement since the last fence. */
  fault(): unknown;
  /** Went back to the fence, or began anew. */
  forgive(): void;
  isOpen(): boolean;
  /** Lets a session go that was lost. */
  drop(): Promise<void>;
};

/** PostgreSQL keeps no NUL in a text. Nothing that comes in from outside has one (shared/clean-text.ts); what does all the same is kept as the sign for it, and found by it. */
function withoutNul(value: unknown): unknown {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\u2400') : value;
}

/** `greet`: said first in each session; a fault of it is a fault of opening. `watch`: begun with each statement, and ended by its answer. */
export function makeLine(
  connect: Connect,
  greet: (session: Session) => Promise<void> = async () => undefined,
  watch: () => () => void = () => () => undefined,
): Line {
  let session: Session | null = null;
  let fault: unknown = null;
  let changed = 0;

  const told = async <Result>(ask: (session: Session) => Promise<Result>): Promise<Result> => {
    if (session === null) throw new Error('there is no session');
    const answered = watch();
    try {
      return await ask(session);
    } catch (error) {
      fault ??= error;
      if (isAway(error)) session = null;
      throw error;
    } finally {
      answered();
    }
  };
  const ask = async (sql: string, values: readonly unknown[]): Promise<Answer> => {
    const answer = await told((there) => there.ask(sql, values.map(withoutNul)));
    changed += answer.changed;
    return answer;
  };
  const connection: DatabaseConnection = {
    executeQuery: async <Row>({ sql, parameters }: { readonly sql: string; readonly parameters: readonly unknown[] }) => {
      const answer = await ask(sql, parameters);
      return { rows: answer.rows as Row[], numAffectedRows: BigInt(answer.changed) };
    },
    // biome-ignore lint/correctness/useYield: never asked for
    streamQuery: async function* (): AsyncIterableIterator<never> {
      throw new Error('the store reads in pages and never streams');
    },
  };
  const driver: Driver = {
    init: async () => {},
    acquireConnection: async () => connection,
    beginTransaction: async () => {},
    commitTransaction: async () => {},
    rollbackTransaction: async () => {},
    releaseConnection: async () => {},
    destroy: async () => {},
  };
  const kysely: Dialect = {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => driver,
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
  const db: Db = Object.assign(new Kysely<Tables>({ dialect: kysely }), {
    dialect,
    run: async <Row>(sql: string, parameters: readonly unknown[]) => (await ask(sql, parameters)).rows as Row[],
    changed: () => changed,
  });
  return {
    db,
    open: async () => {
      if (session !== null) return;
      const opened = await connect();
      try {
        await greet(opened);
      } catch (error) {
        await opened.end();
        throw error;
      }
      session = opened;
      fault = null;
    },
    say: (sql, withinMs) => told((there) => there.say(sql, withinMs)),
    fault: () => fault,
    forgive: () => {
      fault = null;
    },
    isOpen: () => session !== null,
    drop: async () => {
      const ending = session;
      session = null;
      await ending?.end();
    },
  };
}
