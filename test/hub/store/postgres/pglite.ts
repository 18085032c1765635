/** PostgreSQL inside this process: one session of its own, which all who open one take in turns, a transaction at a time. */
import { PGlite, types } from '@electric-sql/pglite';
import type { Connect, Session } from '../../../../electron/hub/store/postgres/client.ts';

const asNumber = { parsers: { [types.INT8]: Number, [types.NUMERIC]: Number } };

export type InProcess = { connectTo(schema: string): Connect; end(): Promise<void> };

export async function startInProcess(): Promise<InProcess> {
  const database = await PGlite.create();
  let busy: Promise<void> = Promise.resolve();

  const openSession = (schema: string): Session => {
    let letGo: (() => void) | null = null;
    let isOpen = false;
    const take = async (): Promise<void> => {
      const before = busy;
      const { promise, resolve } = Promise.withResolvers<void>();
      busy = promise;
      await before;
      letGo = resolve;
      await database.exec(`set search_path = ${schema}`);
    };
    const inTurn = async <Result>(ask: () => Promise<Result>, goesOn: boolean): Promise<Result> => {
      if (letGo === null) await take();
      let keeps = goesOn;
      try {
        return await ask();
      } catch (error) {
        keeps = isOpen;
        throw error;
      } finally {
        isOpen = keeps;
        if (!keeps) {
          letGo?.();
          letGo = null;
        }
      }
    };
    return {
      ask: (sql, values) =>
        inTurn(async () => {
          const { rows, affectedRows = 0 } = await database.query(sql, [...values], asNumber);
          return { rows, changed: /^\s*(insert|update|delete)/i.test(sql) ? affectedRows : 0 };
        }, isOpen),
      say: (sql) => {
        const ends = /(^|; )(commit|rollback)$/.test(sql);
        return inTurn(
          async () => {
            const answers = await database.exec(sql, asNumber);
            return answers.findLast(({ rows }) => rows.length > 0)?.rows ?? [];
          },
          /^begin/.test(sql) || (isOpen && !ends),
        );
      },
      end: async () => {
        letGo?.();
        letGo = null;
      },
    };
  };
  return {
    connectTo: (schema) => async () => {
      const session = openSession(schema);
      await session.say(`create schema if not exists ${schema}`);
      return session;
    },
    end: () => database.close(),
  };
}
