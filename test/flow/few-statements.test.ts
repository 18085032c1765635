/** What a file costs the record: on a server each statement is a round trip, and here most of the time a burst takes. */
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { type Floor, openFloor } from './floor.ts';

const files = 60;
/** Small things are summed up over many files; what counts is asked for each of them. */
const mostForEach = 40;

/** Statements of the connection that writes, by their text: how often they ran, and how often they were planned anew. */
let ran = new Map<string, number>();
let planned = new Map<string, number>();

function count(counts: Map<string, number>, sql: string): void {
  counts.set(sql, (counts.get(sql) ?? 0) + 1);
}

const { prepare } = Database.prototype;
const makeFunction = globalThis.Function;
let running: string | null = null;

/** After each plan the driver makes the function anew that makes rows. */
function watchStatements(): void {
  globalThis.Function = new Proxy(makeFunction, {
    apply: (target, self, args) => {
      if (running !== null) count(planned, running);
      return Reflect.apply(target, self, args) as unknown;
    },
  });
  Database.prototype.prepare = function (this: Database.Database, sql: string) {
    const statement = prepare.call(this, sql);
    if (this.readonly) return statement;
    for (const name of ['all', 'run'] as const) {
      const call = statement[name].bind(statement) as (...args: unknown[]) => never;
      statement[name] = (...args: unknown[]) => {
        count(ran, sql);
        running = sql;
        try {
          return call(...args);
        } finally {
          running = null;
        }
      };
    }
    return statement;
  } as typeof prepare;
}

let floor: Floor;
beforeEach(async () => {
  watchStatements();
  floor = await openFloor();
});
afterEach(async () => {
  await floor.close();
  Database.prototype.prepare = prepare;
  globalThis.Function = makeFunction;
});

async function dropAll(order: number): Promise<void> {
  const numbers = Array.from({ length: files }, (_, index) => `${order + index}-1`);
  await Promise.all(numbers.map((number, index) => floor.drop(`${number} Card.pdf`, pdfBytes(order + index))));
  await until(
    async () => {
      const there = new Map((await floor.jobs()).map((job) => [job.number, job.tracks.production?.code]));
      return numbers.every((number) => there.get(number) !== undefined && there.get(number) !== 'OutputCreated');
    },
    'all are delivered',
    20_000,
  );
}

it('a file that arrives and is delivered costs few statements, and none that is planned anew each time', async () => {
  await dropAll(1000);
  ran = new Map();
  planned = new Map();
  await dropAll(2000);
  const forEach = [...ran].map(([sql, times]) => ({ sql, times: Math.floor(times / files) })).filter(({ times }) => times > 0);
  const told = forEach.map(({ sql, times }) => `${times} ${sql}`).join('\n');
  expect(
    forEach.reduce((sum, { times }) => sum + times, 0),
    told,
  ).toBeLessThanOrEqual(mostForEach);
  expect([...planned].filter(([, times]) => times > files / 2)).toEqual([]);
});
