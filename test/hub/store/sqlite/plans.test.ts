import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { openStore } from '../../../../electron/hub/store/open.ts';
import { makeReader } from '../../../../electron/hub/store/reader.ts';
import { snapshotsOf } from '../../../../electron/hub/store/sqlite/connect.ts';
import type { ListQuery, Reader } from '../../../../electron/hub/store/store.ts';
import { fillRecord } from '../../../bench/big-record/fill.ts';
import { addFolder, makeFolder, noon } from '../fresh-store.ts';

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

const values = {
  status: ['CustomStatus', 'EmailBounced'],
  stage: ['done', 'press'],
  hotFolder: [1, 3],
  attention: [true],
  q: ['flyer', 'f', 'summer mor'],
} as const;
type Filter = keyof typeof values;

/** Every set of filters with each of their values, on its first page and a later one, in each order. */
function lists(): { readonly filters: readonly Filter[]; readonly query: ListQuery }[] {
  const names = Object.keys(values) as Filter[];
  const cursor = Buffer.from('before 1500').toString('base64url');
  return Array.from({ length: 2 ** names.length }, (_, set) => names.filter((_name, bit) => (set >> bit) % 2 === 1)).flatMap((filters) => {
    const variants = filters.reduce<object[]>(
      (before, name) => before.flatMap((said) => values[name].map((value) => ({ ...said, [name]: value }))),
      [{}],
    );
    return variants.flatMap((said) =>
      [{}, { cursor }].flatMap((page) =>
        (filters.includes('q') ? (['newest'] as const) : (['newest', 'oldest'] as const)).map((order) => ({
          filters,
          query: { limit: 100, order, ...said, ...page },
        })),
      ),
    );
  });
}

/** Each question of the store once or more; the compiler knows when one is left out. */
const others: { readonly [Name in Exclude<keyof Reader, 'jobs'>]: (read: Reader) => Promise<unknown> } = {
  job: (read) => read.job(7),
  toldJob: (read) => read.toldJob(7),
  jobRows: (read) => read.jobRows([7, 8]),
  jobInFull: (read) => read.jobInFull(7),
  wholeJob: (read) => read.wholeJob(7),
  partsOf: (read) => read.partsOf(7),
  jobByNumber: (read) => read.jobByNumber('100003', '1'),
  jobNumbersOf: (read) => read.jobNumbersOf('100003'),
  jobsByIds: (read) => read.jobsByIds([7, 8]),
  jobIdsIn: (read) => read.jobIdsIn('AwaitingData'),
  jobIdsWithProblem: (read) => read.jobIdsWithProblem('StillLyingThere'),
  jobIdsWithUnknownDelivery: (read) => read.jobIdsWithUnknownDelivery(),
  counts: (read) => read.counts(),
  countsOf: (read) => read.countsOf('flyer'),
  lateJobs: (read) => read.lateJobs(noon),
  statusCounts: (read) => read.statusCounts(),
  nextTaskAt: async (read) => [await read.nextTaskAt(), await read.nextTaskAt({ of: 'startOrder' })],
  hasTask: (read) => read.hasTask(7),
  history: (read) => read.history(7),
  historyPage: (read) => read.historyPage(7, 3),
  eventsSince: (read) => read.eventsSince(100, 50),
  eventsPage: (read) => read.eventsPage(100, 50),
  lastSeq: (read) => read.lastSeq(),
  files: (read) => read.files(7),
  file: (read) => read.file(7),
  unfiledFiles: (read) => read.unfiledFiles(),
  delivery: (read) => read.delivery(7),
  deliveriesOf: (read) => read.deliveriesOf(7),
  deliveriesIn: (read) => read.deliveriesIn(1, ['delivered', 'lying'], 100),
  deliveriesBehind: async (read) => [
    await read.deliveriesBehind(1, 'taken', null, 100),
    await read.deliveriesBehind(1, 'taken', { priority: 0, id: 500 }, 100),
  ],
  deliveriesTakenSince: async (read) => {
    const some = await read.deliveriesTakenSince(1, noon - 86_400_000, null, 2);
    await read.deliveriesTakenSince(1, noon - 86_400_000, some.at(-1) ?? null, 100);
  },
  deliveriesDue: async (read) => [await read.deliveriesDue(1, noon, 100, 'small'), await read.deliveriesDue(1, noon, 8, 'big', 1e9)],
  deliveriesPutOff: (read) => read.deliveriesPutOff(noon),
  nextDueAt: (read) => read.nextDueAt(1, noon),
  deliveriesNamed: (read) => read.deliveriesNamed('/hot/press-1', 'a.pdf'),
  deliveriesOfSize: (read) => read.deliveriesOfSize('/hot/press-1', 10),
  deliveriesNamedAny: (read) => read.deliveriesNamedAny('/hot/press-1', ['a.pdf', 'b.pdf']),
  deliveriesOfSizes: (read) => read.deliveriesOfSizes('/hot/press-1', [10, 11]),
  deliveryCounts: (read) => read.deliveryCounts(),
  hotFolders: (read) => read.hotFolders(),
  hotFolder: (read) => read.hotFolder(1),
  placesLeft: (read) => read.placesLeft(noon),
  rules: (read) => read.rules(),
  settings: (read) => read.settings(),
  notCounted: (read) => read.notCounted(),
  arrivals: async (read) => {
    for (const outcome of [undefined, 'accepted', 'rejected', 'asked'] as const)
      for (const unseen of [undefined, true])
        for (const cursor of [undefined, Buffer.from('before 500').toString('base64url')])
          await read.arrivals({ outcome, unseen, cursor, limit: 50 });
  },
  arrival: (read) => read.arrival(7),
  askedArrival: (read) => read.askedArrival(7),
  openQuestions: (read) => read.openQuestions(),
  openQuestionSums: (read) => read.openQuestionSums(),
  isTicketAsked: (read) => read.isTicketAsked({ order: '1', job: '1', files: [], attributes: {} }),
  leftBehindIn: (read) => read.leftBehindIn('/incoming'),
  leftBehind: (read) => read.leftBehind('/incoming/a.pdf'),
  stations: (read) => read.stations(),
  stationByTokenHash: (read) => read.stationByTokenHash('x'),
  security: async (read) => [
    await read.security({ limit: 50 }),
    await read.security({ limit: 50, cursor: Buffer.from('before 500').toString('base64url') }),
  ],
  endedToken: (read) => read.endedToken('x'),
  action: (read) => read.action('x'),
  jobsMissing: (read) => read.jobsMissing('a.pdf'),
  ticketedJobsWithFile: (read) => read.ticketedJobsWithFile('a.pdf'),
  ticketedJobsWithContent: (read) => read.ticketedJobsWithContent('a'),
  unnamedJobsWithFile: (read) => read.unnamedJobsWithFile('a.pdf'),
  unnamedJobsFrom: (read) => read.unnamedJobsFrom('/incoming'),
  unnamedJobWithContent: (read) => read.unnamedJobWithContent('a'),
  ticketsIn: (read) => read.ticketsIn('/incoming'),
  jobsNaming: (read) => read.jobsNaming('/incoming', 'a.pdf'),
  ownFoldersOf: (read) => read.ownFoldersOf(7),
  unfiledAt: (read) => read.unfiledAt('/incoming/a.pdf'),
};

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

it('no other question reads or sorts a whole table that grows', async () => {
  const { plansOf, close } = await openBig(false);
  const faults = new Set<string>();
  for (const [name, ask] of Object.entries(others))
    for (const plan of await plansOf(ask))
      for (const step of plan.steps) {
        const fault = faultOf(step, plan);
        if (fault !== null) faults.add(`${name}: ${fault}: ${step}: ${plan.sql.slice(0, 300)}`);
      }
  close();
  expect([...faults]).toEqual([]);
});
