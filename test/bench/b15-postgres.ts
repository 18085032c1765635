/** B15: the record on a PostgreSQL server of this computer, which flushes each commit: durable status changes a second beside the same rows by the bare driver, and what people ask. */
import pg from 'pg';
import { realPorts } from '../../electron/hub/ports/real.ts';
import { connectTo } from '../../electron/hub/store/postgres/client.ts';
import { openPostgres } from '../../electron/hub/store/postgres/open.ts';
import { record } from '../../electron/hub/store/record.ts';
import type { Store } from '../../electron/hub/store/store.ts';
import { fillServer } from '../hub/store/postgres/fill.ts';
import { findPrograms, startServer } from '../hub/store/postgres/server.ts';
import { median, printRow, printTarget, quantile, runs, scaled, time, withFolder } from './measure.ts';

const atOnce = 64;

type Change = (turn: number) => Promise<unknown>;

/** Changes a second. */
async function rate(change: Change, count: number, callers: number): Promise<number> {
  let next = 0;
  const caller = async (): Promise<void> => {
    for (let turn = next++; turn < count; turn = next++) await change(turn);
  };
  return count / ((await time(() => Promise.all(Array.from({ length: callers }, caller)))) / 1000);
}

function throughStore(store: Store, ids: readonly number[]): Change {
  return (turn) =>
    store.write((tx) =>
      record(tx, ids[turn % ids.length] ?? 0, [
        { code: 'CustomStatus', custom: `Scan ${turn % 9}`, at: Date.now(), actor: 'station Bench', station: 'Bench' },
      ]),
    );
}

/** One transaction a change, with the two rows a person would think of. */
async function bareDriver(url: string): Promise<{ change: Change; end: () => Promise<void> }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('create table scan (id bigserial primary key, job_id bigint, custom text, at bigint)');
  await client.query('create table shown (job_id bigint primary key, custom text, seq bigint)');
  const change: Change = async (turn) => {
    await client.query('begin');
    const { rows } = await client.query({
      name: 'add',
      text: 'insert into scan (job_id, custom, at) values ($1, $2, $3) returning id',
      values: [turn % 200, `Scan ${turn % 9}`, Date.now()],
    });
    await client.query({
      name: 'show',
      text: 'insert into shown (job_id, custom, seq) values ($1, $2, $3) on conflict (job_id) do update set custom = excluded.custom, seq = excluded.seq',
      values: [turn % 200, `Scan ${turn % 9}`, rows[0].id],
    });
    await client.query('commit');
  };
  return { change, end: () => client.end() };
}

const questions: Readonly<Record<string, (store: Store) => Promise<unknown>>> = {
  'the board': (store) => store.ask().jobs({ limit: 100, order: 'urgent' }),
  'a stage': (store) => store.ask().jobs({ limit: 100, stage: 'press' }),
  'a status at a hot folder': (store) => store.ask().jobs({ limit: 100, status: 'InHotFolder', hotFolder: 1 }),
  'a history': (store) => store.ask().historyPage(7, 0),
  'events since': (store) => store.ask().eventsPage(1000, 500),
  counts: (store) => store.read.counts(),
};

export async function onPostgres(): Promise<boolean> {
  const programs = await findPrograms();
  if (programs === null) {
    console.log('PostgreSQL is not installed (/usr/lib/postgresql)');
    return false;
  }
  // The last word on a setting counts.
  const server = await startServer(programs, { flags: ['-c', 'fsync=on'] });
  try {
    return await withFolder(async (folder) => {
      await server.say('create schema bench');
      await server.say('create schema bare');
      const url = server.url('bench');
      const jobs = scaled(100_000, 2000);
      await fillServer(url, folder, jobs);
      const store = await openPostgres({ connect: connectTo(url), ports: realPorts });
      const bare = await bareDriver(server.url('bare'));
      const ids = Array.from({ length: 200 }, (_, at) => at + 1);
      const sides = [
        { name: `store, ${atOnce} at once`, change: throughStore(store, ids), count: scaled(3000, 300), callers: atOnce },
        { name: 'store, one by one', change: throughStore(store, ids), count: scaled(300, 60), callers: 1 },
        { name: 'bare driver, one by one', change: bare.change, count: scaled(1000, 100), callers: 1 },
      ].map((side) => ({ ...side, values: [] as number[] }));
      for (let run = 0; run < runs; run += 1)
        for (const { change, count, callers, values } of sides) values.push(await rate(change, count, callers));
      for (const { name, values } of sides) printRow({ name, safety: 'each commit is on disk (fsync)', values, unit: 'changes/s' });
      const asked: number[] = [];
      for (let run = 0; run < 30; run += 1) for (const ask of Object.values(questions)) asked.push(await time(() => ask(store)));
      printRow({
        name: `a question at ${jobs} jobs`,
        safety: 'reads only',
        values: [median(asked)],
        unit: 'ms',
        more: `p99 ${quantile(asked, 0.99).toFixed(1)} ms`,
      });
      await bare.end();
      await store.close();
      const [many, , driver] = sides.map(({ values }) => median(values));
      return (
        printTarget('64 at once against the bare driver', (many ?? 0) / (driver ?? 1), 'x', { atLeast: 1 }) &&
        printTarget('a question, p99', quantile(asked, 0.99), ' ms', { atMost: 100 })
      );
    });
  } finally {
    await server.remove();
  }
}
