/**
 * A session on a PostgreSQL server, as little of it as the record needs, so that another driver can stand in its place. Owns how numbers come: PostgreSQL sends those of
 * 64 bits as text, and all that is kept here fits a number of JavaScript. Set for this session alone, never for the whole process.
 */
import pg from 'pg';

/** `changed`: rows a statement wrote; 0 where it only read. */
export type Answer = { readonly rows: readonly unknown[]; readonly changed: number };

export type Session = {
  /** One statement with its values. */
  ask(sql: string, values: readonly unknown[]): Promise<Answer>;
  /** Statements without values, in one go. Answers the last that has rows. `withinMs`: how long they may take, where it is longer than any of the hub's. */
  say(sql: string, withinMs?: number): Promise<readonly unknown[]>;
  /** Ends it, as far as the server still hears. */
  end(): Promise<void>;
};
/** @throws ServerAway */
export type Connect = () => Promise<Session>;

/** The server cannot be reached, or has ended the session: whatever was begun there is undone, unless it was just being committed. */
export class ServerAway extends Error {
  readonly code = 'SERVER_AWAY';
  /** The code of the fault behind it, of the server or of the way there; empty where it has none. */
  readonly word: string;

  constructor(message: string, word = '') {
    super(message);
    this.word = word;
  }
}

/** The server ends the session (also since it stood still in a transaction), is stopping or starting, has no more room for sessions, or is a copy that takes no writes. */
const endings = /^(08|57P|25P0[34]$|53300$|25006$|28|3D000$)/;

/** Another hub has the database: to whoever had it before, it is away. */
export class DatabaseTaken extends ServerAway {}

export function isAway(error: unknown): boolean {
  return error instanceof ServerAway;
}

/** A fault with a code of five letters is the server's word on a statement; all others are of the way there. */
function asFault(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const code = 'code' in error ? String(error.code) : '';
  const isWord = error instanceof pg.DatabaseError && /^[0-9A-Z]{5}$/.test(code);
  return isWord && !endings.test(code) ? error : asLoss(error);
}

/** A session that is lost stays so, whatever was the last word on it. */
function asLoss(error: Error): ServerAway {
  if (error instanceof ServerAway) return error;
  const code = 'code' in error ? String(error.code) : '';
  return new ServerAway(`${code === '' ? '' : `${code}: `}${error.message}`, code);
}

/** int8, int2, int4, oid, float4, float8, numeric. */
const numberTypes: ReadonlySet<number> = new Set([20, 21, 23, 26, 700, 701, 1700]);
const types = {
  getTypeParser: (type: number) => (numberTypes.has(type) ? Number : (text: string) => text) as (text: string) => unknown,
};

/** Statements the server keeps prepared; lists of ids of many lengths make more than that. */
const mostPrepared = 300;
const connectWithinMs = 5000;
/** Longer than any statement of the hub takes; then nobody is there any more. */
const answerWithinMs = 30_000;

/** `withinMs`: a statement without an answer by then is lost with its session. */
export function connectTo(url: string, withinMs = answerWithinMs): Connect {
  return async () => {
    const client = new pg.Client({
      connectionString: url,
      types: types as pg.CustomTypesConfig,
      connectionTimeoutMillis: connectWithinMs,
      query_timeout: withinMs,
      keepAlive: true,
      application_name: 'printfloor',
    });
    let lost: Error | null = null;
    const lose = (error: Error): void => {
      lost ??= error;
    };
    client.on('error', lose);
    const told = async <Result>(ask: () => Promise<Result>): Promise<Result> => {
      if (lost !== null) throw asLoss(lost);
      try {
        return await ask();
      } catch (error) {
        const fault = asFault(error);
        if (fault instanceof ServerAway) {
          lose(fault);
          // Nobody waits for a server that does not answer.
          void client.end().catch(() => undefined);
        }
        throw fault;
      }
    };
    await told(() => client.connect());
    const prepared = new Map<string, string>();
    const nameOf = (sql: string): string | undefined => {
      const known = prepared.get(sql);
      if (known !== undefined || prepared.size >= mostPrepared) return known;
      const name = `q${prepared.size}`;
      prepared.set(sql, name);
      return name;
    };
    return {
      ask: (sql, values) =>
        told(async () => {
          const name = nameOf(sql);
          const { rows, rowCount, command } = await client.query({ text: sql, values: [...values], ...(name !== undefined && { name }) });
          return { rows, changed: command === 'SELECT' ? 0 : (rowCount ?? 0) };
        }),
      say: (text, longerMs = withinMs) =>
        told(async () => {
          // Its types do not know that a statement may have a limit of its own.
          const query = { text, query_timeout: longerMs } as pg.QueryConfig;
          const answers: unknown = await client.query(query);
          const all = (Array.isArray(answers) ? answers : [answers]) as readonly { readonly rows: readonly unknown[] }[];
          return all.findLast(({ rows }) => rows.length > 0)?.rows ?? [];
        }),
      end: async () => {
        if (lost === null) await client.end().catch(() => undefined);
      },
    };
  };
}
