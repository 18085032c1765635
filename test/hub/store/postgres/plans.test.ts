/** How PostgreSQL finds the answer to each question of the store: by an index, and never by reading all jobs, events or deliveries. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';
import { afterAll, expect, it } from 'vitest';
import { realPorts } from '../../../../electron/hub/ports/real.ts';
import { openStore } from '../../../../electron/hub/store/open.ts';
import { type Connect, connectTo } from '../../../../electron/hub/store/postgres/client.ts';
import { makeLine } from '../../../../electron/hub/store/postgres/connect.ts';
import { openPostgres } from '../../../../electron/hub/store/postgres/open.ts';
import { questionsOn } from '../../../../electron/hub/store/postgres/read.ts';
import { makeReader } from '../../../../electron/hub/store/reader.ts';
import { fillRecord } from '../../../bench/big-record/fill.ts';
import { bigTables } from '../../../bench/big-record/rows.ts';
import { addFolder, makeFolder, noon } from '../fresh-store.ts';
import { lists, otherQuestions } from '../questions.ts';
import { findPrograms, type Server, startServer } from './server.ts';

const programs = await findPrograms();
const server: Server | null = programs === null ? null : await startServer(programs);
afterAll(() => server?.remove());

/** Grow with the jobs; whatever else there is stays small enough to be read whole. */
const large: ReadonlySet<string> = new Set([
  'job',
  'event',
  'file',
  'delivery',
  'arrival',
  'job_press',
  'job_search',
  'left_behind',
  'security',
]);

type Node = { readonly 'Node Type': string; readonly 'Relation Name'?: string; readonly Plans?: readonly Node[] };
type Asked = { readonly sql: string; readonly values: readonly unknown[] };

const nodesOf = (node: Node): readonly Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** A record on the server with the rows of one in a file: every kind of row, and every index. */
async function copyToServer(url: string): Promise<void> {
  const path = join(await makeFolder(), 'record.db');
  const [inFile, there] = [await openStore({ path }), await openPostgres({ connect: connectTo(url), ports: realPorts })];
  for (const store of [inFile, there]) {
    for (const name of ['press-1', 'press-2', 'press-3']) await addFolder(store, name);
    await store.close();
  }
  await fillRecord(path, 3000, noon);
  const database = new Database(path, { readonly: true });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("set session_replication_role = 'replica'");
  for (const table of bigTables.filter((name) => name !== 'job_search')) {
    const rows: unknown[] = database.prepare(`select * from ${table}`).all();
    for (let at = 0; at < rows.length; at += 1000)
      await client.query(`insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1) on conflict do nothing`, [
        JSON.stringify(rows.slice(at, at + 1000)),
      ]);
  }
  await client.query('analyze');
  await client.end();
  database.close();
}

it('is not shown where PostgreSQL is not installed', (context) => {
  if (server === null && process.env['CI'] !== undefined) throw new Error('PostgreSQL is not installed (/usr/lib/postgresql)');
  if (server === null) context.skip('PostgreSQL is not installed (/usr/lib/postgresql): its plans were not looked at');
});

it.skipIf(server === null)('no question reads all jobs, events or deliveries', { timeout: 240_000 }, async () => {
  if (server === null) return;
  await server.say('create schema plans');
  const url = server.url('plans');
  await copyToServer(url);
  const asked: Asked[] = [];
  const connect: Connect = async () => {
    const session = await connectTo(url)();
    return {
      ...session,
      ask: (sql, values) => {
        asked.push({ sql, values });
        return session.ask(sql, values);
      },
    };
  };
  const line = makeLine(connect);
  const read = makeReader(questionsOn(line).ask);
  const plans = new pg.Client({ connectionString: url });
  await plans.connect();
  // Some thousand rows are read quicker whole: what counts is whether there is another way, at any size.
  await plans.query('set enable_seqscan = off; set jit = off');
  const seen = new Set<string>();
  const faults = new Set<string>();
  const look = async (name: string, ask: () => Promise<unknown>): Promise<void> => {
    asked.length = 0;
    await ask();
    for (const { sql, values } of asked) {
      if (!/^\s*(select|with)/i.test(sql) || seen.has(`${sql} ${values.map((value) => value === null)}`)) continue;
      seen.add(`${sql} ${values.map((value) => value === null)}`);
      const { rows } = await plans.query(`explain (format json) ${sql}`, [...values]);
      const [{ Plan }] = rows[0]['QUERY PLAN'] as [{ Plan: Node }];
      for (const node of nodesOf(Plan))
        if (node['Node Type'].includes('Seq Scan') && large.has(node['Relation Name'] ?? ''))
          faults.add(`${name}: reads all of ${node['Relation Name']}: ${sql.replace(/\s+/g, ' ').slice(0, 300)}`);
    }
  };
  for (const { filters, query } of lists()) await look(filters.join(' + '), () => read.jobs(query));
  for (const order of ['urgent', 'title'] as const)
    for (const narrowed of [{}, { finished: false }, { attention: true }, { stage: 'press' as const }, { hotFolder: 1 }])
      await look(`board by ${order}`, () => read.jobs({ limit: 100, order, ...narrowed }));
  for (const [name, ask] of Object.entries(otherQuestions)) await look(name, () => ask(read));
  expect(seen.size).toBeGreaterThan(100);
  expect([...faults]).toEqual([]);
  // One index less, and it is seen.
  seen.clear();
  await server.say('drop index plans.event_by_job');
  await look('history', () => read.history(7));
  await plans.end();
  await line.drop();
  expect([...faults]).toHaveLength(1);
});
