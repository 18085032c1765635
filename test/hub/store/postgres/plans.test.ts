/** How PostgreSQL finds the answer to each question of the store: by an index, and never by reading all jobs, events or deliveries. */
import pg from 'pg';
import { afterAll, expect, it } from 'vitest';
import { type Connect, connectTo } from '../../../../electron/hub/store/postgres/client.ts';
import { makeLine } from '../../../../electron/hub/store/postgres/connect.ts';
import { questionsOn } from '../../../../electron/hub/store/postgres/read.ts';
import { makeReader } from '../../../../electron/hub/store/reader.ts';
import { makeFolder } from '../fresh-store.ts';
import { lists, otherQuestions } from '../questions.ts';
import { fillServer } from './fill.ts';
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

it('is not shown where PostgreSQL is not installed', (context) => {
  if (server === null && process.env['CI'] !== undefined) throw new Error('PostgreSQL is not installed (/usr/lib/postgresql)');
  if (server === null) context.skip('PostgreSQL is not installed (/usr/lib/postgresql): its plans were not looked at');
});

it.skipIf(server === null)('no question reads all jobs, events or deliveries', { timeout: 240_000 }, async () => {
  if (server === null) return;
  await server.say('create schema plans');
  const url = server.url('plans');
  await fillServer(url, await makeFolder(), 3000);
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
