/** The list of the overview with 100,000 rows, and the pushes of a busy floor: what each costs, as React measures it. */

import { Profiler } from 'react';
import { createRoot } from 'react-dom/client';
import { emptyFeed } from '../../../renderer/floor/feed.ts';
import { noFilter } from '../../../renderer/floor/filter.ts';
import { applyLive, floor } from '../../../renderer/floor/floor.ts';
import { JobList } from '../../../renderer/stations/office/job-list.tsx';
import { ListRow } from '../../../renderer/stations/office/list-row.tsx';
import type { Live } from '../../../shared/api.ts';
import { sortKey } from '../../../shared/job/board.ts';
import type { Job } from '../../../shared/job.ts';
import { jobWith } from '../../stations/job-for-tests.ts';
import { type RenderedRow, watchRows } from './seen-by-react.ts';

export type Measured = {
  /** Of each push: ms from where React began until the list stood, with its layout effects. */
  readonly commits: readonly number[];
  /** Rows that were rendered although neither their job nor anything they are given had changed. */
  readonly needless: number;
  readonly rendered: number;
  readonly rows: number;
};

const [pageSize, pagesInMemory, pages] = [100, 8, 1000];
const rows = pageSize * pages;
let lastSeq = rows;

function jobAt(id: number, revision: number, status: Job['status']): Job {
  return jobWith({
    id,
    number: `${100_000 + id}-1`,
    title: `Flyer ${id}`,
    product: 'Flyer A5',
    quantity: 500,
    status,
    stage: 'queue',
    revision,
    lastSeq: revision,
  });
}

function fill(): void {
  const filter = { ...noFilter, order: 'newest' as const };
  const jobs = new Map<number, Job>();
  const all = Array.from({ length: pages }, (_, page) => {
    const ids = page < pagesInMemory ? Array.from({ length: pageSize }, (_row, at) => rows - page * pageSize - at) : null;
    for (const id of ids ?? []) jobs.set(id, jobAt(id, id, 'Ordered'));
    const end = rows - (page + 1) * pageSize + 1;
    return {
      cursor: page === 0 ? null : String(page),
      ids,
      count: pageSize,
      last: { key: sortKey(jobAt(end, end, 'Ordered'), 'newest'), id: end },
    };
  });
  floor.setState({ connection: { kind: 'online' }, seq: lastSeq, jobs, list: { ...emptyFeed(filter), pages: all, next: null } });
}

function push(jobs: readonly Job[]): void {
  const live: Live = {
    seq: ++lastSeq,
    resync: false,
    jobs: [...jobs],
    events: [],
    hotFolders: null,
    counts: null,
    arrivals: false,
    settings: false,
  };
  floor.setState(applyLive(floor.getState(), live));
}

const drawn = (): Promise<unknown> => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

/** `each`: which jobs a push tells; every `everyMs` one. */
async function measure(pushes: number, everyMs: number, arrivals: boolean): Promise<Measured> {
  const commits: number[] = [];
  let [needless, rendered] = [0, 0];
  let told = new Set<number>();
  hearCommit = (ms) => commits.push(ms);
  hearRows = (seen) => {
    rendered += seen.length;
    needless += seen.filter(({ id, givenOther }) => !givenOther && !told.has(id)).length;
  };
  const statuses = ['Ordered', 'InHotFolder', 'InProduction'] as const;
  for (let turn = 0; turn < pushes; turn += 1) {
    const status = statuses[turn % statuses.length] ?? 'Ordered';
    // One in view, one in memory, one that is neither; and where some arrive, one that is new
    const ids = arrivals ? [rows + turn + 1] : [rows - (turn % 12), rows - ((turn * 37) % 800), 1 + ((turn * 997) % 90_000)];
    told = new Set(ids);
    push(ids.map((id) => jobAt(id, lastSeq + 1, status)));
    await drawn();
    await new Promise((done) => setTimeout(done, everyMs));
  }
  hearCommit = () => undefined;
  hearRows = () => undefined;
  return { commits, needless, rendered, rows: floor.getState().list.pages.reduce((sum, { count }) => sum + count, 0) };
}

let hearCommit: (ms: number) => void = () => undefined;
let hearRows: (seen: readonly RenderedRow[]) => void = () => undefined;

watchRows(ListRow, (seen) => hearRows(seen));
fill();
const place = document.getElementById('root');
if (place === null) throw new Error('The page has no place to draw in');
createRoot(place).render(
  <Profiler id="list" onRender={(_id, _phase, _actual, _base, startedAt) => hearCommit(performance.now() - startedAt)}>
    <div className="rows-box" style={{ height: 800, display: 'flex', flexDirection: 'column' }}>
      <JobList jobId={null} wide />
    </div>
  </Profiler>,
);
Object.assign(globalThis, { measure });
