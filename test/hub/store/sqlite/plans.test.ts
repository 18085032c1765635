import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { openStore } from '../../../../electron/hub/store/open.ts';
import { makeReader } from '../../../../electron/hub/store/reader.ts';
import { snapshotsOf } from '../../../../electron/hub/store/sqlite/connect.ts';
import type { Reader } from '../../../../electron/hub/store/store.ts';
import { fillRecord } from '../../../bench/big-record/fill.ts';
import { addFolder, makeFolder, noon } from '../fresh-store.ts';
import { type Filter, lists, otherQuestions } from '../questions.ts';

type Plan = { readonly sql: string; readonly steps: readonly string[] };

/** Grow with the jobs; whatever else there is stays small enough to be read whole. */
const large = new Set([
  'job',
  'event',
  'file',
  'delivery',
  'arrival',
  'job_press',
  'missing_file',
  'asked_ticket',
  'ticket_folder',
  'left_behind',
  'action',
  'task',
  'ended_token',
  'security',
]);

/** Why a step may not be, at any size of the record; null when it may. */
function faultOf(step: string, { sql, steps }: Plan): string | null {
  const readsLarge = steps.some((one) => large.has(/^(?:SCAN|SEARCH) (\w+)/.exec(one)?.[1] ?? ''));
  if (/USE TEMP B-TREE FOR ORDER BY/.test(step)) return readsLarge ? 'sorts everything it found' : null;
  const [, table = '', index] = /^SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?/.exec(step) ?? [];
  if (!large.has(table)) return null;
  // What few rows are in, and the beginning of a table in its own order.
  if (index !== undefined && /^(job_with_attention|file_unfiled|arrival_unseen|delivery_retry|task_due)$/.test(index)) return null;
  // The board is walked from where it is asked for until a page is full.
  if (index === 'job_by_board' && / limit \d+/.test(sql)) return null;
  if (index === undefined && /from "\w+" order by [\w".]+ (asc|desc) limit \d+[.\d]*$/.test(sql)) return null;
  return `reads all of ${table}`;
}

/** A record with every kind of row, and with the statistics of its size where `analyzed`. */
async function openBig(analyzed: boolean) {
  const path = join(await makeFolder(), 'record.db');
  const store = await openStore({ path });
  for (const name of ['press-1', 'press-2', 'press-3']) await addFolder(store, name);
  await store.close();
  await fillRecord(path, 3000, noon);
  const writing = new Database(path);
  writing.exec('insert into job_press select 1 + id / 7 % 3, id from job where id % 7 = 0');
  if (analyzed) writing.exec('analyze');
  writing.close();
  const asked: string[] = [];
  const database = new Database(path, { readonly: true, verbose: (sql) => void asked.push(String(sql)) });
  const plan = new Database(path, { readonly: true });
  const plansOf = async (ask: (read: Reader) => Promise<unknown>): Promise<Plan[]> => {
    asked.length = 0;
    await ask(makeReader(snapshotsOf(database)));
    return asked
      .filter((sql) => /^\s*select/i.test(sql))
      .map((sql) => ({
        sql,
        steps: plan
          .prepare<[], { detail: string }>(`explain query plan ${sql}`)
          .all()
          .map(({ detail }) => detail),
      }));
  };
  const close = (): void => {
    database.close();
    plan.close();
  };
  return { plansOf, close };
}

const columnOf: { readonly [Name in Filter]?: string } = { status: 'status', stage: 'stage', hotFolder: 'hot_folder_id' };

/** Filters of a list that its index does not hold together: then the jobs of one of them are walked until a page is full, or to the end. */
function walkedFor(filters: readonly Filter[], { sql, steps }: Plan): string[] {
  // What is found by words, or at a hot folder that is not its own, is held against the index of all other filters, which is named there.
  if (/job_search|job_press|indexed by/.test(sql)) return [];
  const main = steps.find((step) => /^(SEARCH|SCAN) job /.test(step)) ?? '';
  // By id; and with an index that has everything that is asked.
  if (/INTEGER PRIMARY KEY|job_with_attention/.test(main) || !/ limit \d+/.test(sql)) return [];
  const behindId = /job_by_status_and_hot_folder/.test(main) ? ['stage'] : [];
  return filters.flatMap((name) => {
    const column = columnOf[name];
    return column === undefined || behindId.includes(column) || main.includes(`${column}=?`) ? [] : [`${name}: ${main}`];
  });
}

// The hub makes none; a record that somebody has analyzed is to be as quick.
it.each([{ statistics: false }, { statistics: true }])(
  'no list of jobs reads or sorts more than its page (statistics: $statistics)',
  async ({ statistics }) => {
    const { plansOf, close } = await openBig(statistics);
    const faults = new Set<string>();
    for (const { filters, query } of lists())
      for (const plan of await plansOf((read) => read.jobs(query))) {
        for (const step of plan.steps) {
          const fault = faultOf(step, plan);
          if (fault !== null) faults.add(`${filters.join(' + ')} ${query.order}: ${fault}: ${step}: ${plan.sql.slice(-400)}`);
        }
        for (const walked of walkedFor(filters, plan)) faults.add(`${filters.join(' + ')} ${query.order}: ${walked}`);
      }
    close();
    expect([...faults]).toEqual([]);
  },
);

it.each([{ statistics: false }, { statistics: true }])(
  'no page of the board, folded or narrowed, reads or sorts more than it holds (statistics: $statistics)',
  async ({ statistics }) => {
    const { plansOf, close } = await openBig(statistics);
    const cursor = Buffer.from(JSON.stringify(['after', 4_900_000_000_000_000, 1500])).toString('base64url');
    const faults: string[] = [];
    const lists = [{}, { finished: false }, { finished: true }, { attention: true }, { stage: 'press' as const }, { hotFolder: 1 }]
      .flatMap((said) => [said, { ...said, cursor }])
      .flatMap((said) => (['urgent', 'title'] as const).map((order) => ({ limit: 100, order, ...said })));
    for (const query of lists)
      for (const plan of await plansOf((read) => read.jobs(query)))
        faults.push(
          ...plan.steps
            .map((step) => [faultOf(step, plan), step, plan.sql.slice(-300)].join(': '))
            .filter((fault) => !fault.startsWith(':')),
        );
    close();
    expect(faults).toEqual([]);
  },
);

it.each([{ statistics: false }, { statistics: true }])(
  'a job is looked up by its number alone, whatever its words find (statistics: $statistics)',
  async ({ statistics }) => {
    const { plansOf, close } = await openBig(statistics);
    const plans = await plansOf((read) => read.jobs({ number: '100003-1', limit: 8 }));
    expect(plans.flatMap(({ steps }) => steps).filter((step) => /^S\w+ job /.test(step))).toEqual([
      expect.stringContaining('USING COVERING INDEX job_by_number (order_no=? AND job_no=?)'),
      'SEARCH job USING INTEGER PRIMARY KEY (rowid=?)',
    ]);
    close();
  },
);

it.each([{ statistics: false }, { statistics: true }])(
  'the jobs of an order are looked up by it, and not sorted (statistics: $statistics)',
  async ({ statistics }) => {
    const { plansOf, close } = await openBig(statistics);
    const steps = (await plansOf((read) => read.jobs({ orderNumber: '100003', limit: 8 }))).flatMap((plan) => plan.steps);
    expect(steps.filter((step) => /^S\w+ job /.test(step))).toEqual([expect.stringContaining('USING INDEX job_by_number (order_no=?)')]);
    expect(steps.filter((step) => step.includes('TEMP B-TREE'))).toEqual([]);
    close();
  },
);

it('no other question reads or sorts a whole table that grows', async () => {
  const { plansOf, close } = await openBig(false);
  const faults = new Set<string>();
  for (const [name, ask] of Object.entries(otherQuestions))
    for (const plan of await plansOf(ask))
      for (const step of plan.steps) {
        const fault = faultOf(step, plan);
        if (fault !== null) faults.add(`${name}: ${fault}: ${step}: ${plan.sql.slice(0, 300)}`);
      }
  close();
  expect([...faults]).toEqual([]);
});
