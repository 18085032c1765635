/** Every question the store may be asked, in each form that makes another statement of it: for the tests that look at how an engine finds the answer. */
import type { ListQuery, Reader } from '../../../electron/hub/store/store.ts';
import { noon } from './fresh-store.ts';

const values = {
  status: ['CustomStatus', 'EmailBounced'],
  stage: ['done', 'press'],
  hotFolder: [1, 3],
  attention: [true],
  q: ['flyer', 'f', 'summer mor'],
} as const;
export type Filter = keyof typeof values;

/** Every set of filters with each of their values, on its first page and a later one, in each order. */
export function lists(): { readonly filters: readonly Filter[]; readonly query: ListQuery }[] {
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
export const otherQuestions: { readonly [Name in Exclude<keyof Reader, 'jobs'>]: (read: Reader) => Promise<unknown> } = {
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
  deliveriesOfSize: (read) => read.deliveriesOfSize('/hot/press-1', 10, null, 100),
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
