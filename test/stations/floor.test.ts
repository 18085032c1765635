/** What a push of the hub, or an answer, does to the floor. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyJobs, applyLive, emptyFloor, type Floor, pushedSince, withJobs } from '../../renderer/floor/floor.ts';
import type { Live } from '../../shared/api.ts';
import type { JobEvent } from '../../shared/event.ts';
import { jobWith } from './job-for-tests.ts';

const push = (fields: Partial<Live>): Live => ({
  seq: 10,
  resync: false,
  jobs: [],
  events: [],
  hotFolders: null,
  counts: null,
  arrivals: false,
  settings: false,
  ...fields,
});
const event = (seq: number, jobId = 1): JobEvent => ({
  seq,
  jobId,
  code: 'Printed',
  track: 'production',
  custom: null,
  at: '2026-03-02T09:00:00.000Z',
  actor: 'admin',
  station: null,
  reason: null,
  data: {},
  undoes: null,
});

describe('a push of the hub', () => {
  it('brings the connection back and never counts backwards', () => {
    const lost: Floor = { ...emptyFloor, seq: 12, connection: { kind: 'lost', since: 1 } };
    expect(applyLive(lost, push({ seq: 10 }))).toMatchObject({ seq: 12, connection: { kind: 'online' } });
  });

  it('counts from the new seq when too much was missed, and has everything loaded again', () => {
    const after = applyLive({ ...emptyFloor, seq: 99 }, push({ seq: 3, resync: true }));
    expect(after).toMatchObject({ seq: 3, resyncs: 1 });
  });

  it('adds each event to the open job once, in order', () => {
    const open: Floor = { ...emptyFloor, open: { id: 1, history: [event(2)], problem: null, resync: 0 } };
    const after = applyLive(applyLive(open, push({ events: [event(4), event(3), event(2)] })), push({ events: [event(4), event(5, 2)] }));
    expect(after.open?.history.map(({ seq }) => seq)).toEqual([2, 3, 4]);
  });

  it('takes jobs into the queue of their press and out again when they are printed', () => {
    const queue: Floor = { ...emptyFloor, queue: { folderId: 3, ids: [], more: false, loaded: true, problem: null, resync: 0 } };
    const there = applyLive(
      queue,
      push({ jobs: [jobWith({ id: 1, hotFolderId: 3, stage: 'queue' }), jobWith({ id: 2, hotFolderId: 4, stage: 'queue' })] }),
    );
    expect(there.queue?.ids).toEqual([1]);
    expect(applyLive(there, push({ jobs: [jobWith({ id: 1, hotFolderId: 3, stage: 'printed', revision: 2 })] })).queue?.ids).toEqual([]);
  });

  it('changes nothing that it does not speak of', () => {
    const before: Floor = {
      ...emptyFloor,
      connection: { kind: 'online' },
      queue: { folderId: 3, ids: [], more: false, loaded: true, problem: null, resync: 0 },
    };
    const after = applyLive(before, push({}));
    expect(after.list).toBe(before.list);
    expect(after.queue).toBe(before.queue);
    expect(after.connection).toBe(before.connection);
  });
});

describe('jobs that are told by pushes and answers', () => {
  it('stand as they were read last, in whatever order they are told', () => {
    const told = fc.array(fc.record({ id: fc.integer({ min: 1, max: 3 }), revision: fc.integer({ min: 0, max: 9 }) }), { maxLength: 12 });
    fc.assert(
      fc.property(told, (tellings) => {
        const jobs = tellings.map(({ id, revision }) => jobWith({ id, revision, title: `read at ${revision}` }));
        const after = jobs.reduce((state, job) => applyJobs(state, [job]), emptyFloor);
        for (const job of jobs) {
          const newest = Math.max(...jobs.filter(({ id }) => id === job.id).map(({ revision }) => revision));
          expect(after.jobs.get(job.id)?.title).toBe(`read at ${newest}`);
        }
        expect(withJobs(emptyFloor, jobs).jobs).toEqual(after.jobs);
      }),
    );
  });

  it('leave the press when an answer that is older than the push says that they are still there', () => {
    const queue: Floor = { ...emptyFloor, queue: { folderId: 3, ids: [], more: false, loaded: true, problem: null, resync: 0 } };
    const printed = applyLive(queue, push({ jobs: [jobWith({ id: 1, hotFolderId: 3, stage: 'printed', revision: 8 })] }));
    const after = applyJobs(printed, [jobWith({ id: 1, hotFolderId: 3, stage: 'queue', revision: 7 })]);
    expect(after.queue?.ids).toEqual([]);
    expect(after.jobs.get(1)?.stage).toBe('printed');
  });

  it('are added to an answer that was read before they came', () => {
    const pushed = applyLive(emptyFloor, push({ jobs: [jobWith({ id: 5, revision: 8 }), jobWith({ id: 4, revision: 6 })] }));
    expect(pushedSince(pushed, [[jobWith({ id: 3, revision: 7 })]]).map(({ id }) => id)).toEqual([5]);
    expect(pushedSince(pushed, [[]]).map(({ id }) => id)).toEqual([5, 4]);
  });

  it('are added to answers of which one was read before they came: it alone may have had them', () => {
    const pushed = applyLive(emptyFloor, push({ jobs: [jobWith({ id: 5, revision: 8 }), jobWith({ id: 4, revision: 6 })] }));
    const [early, late] = [[jobWith({ id: 3, revision: 7 })], [jobWith({ id: 2, revision: 9 })]];
    expect(pushedSince(pushed, [late, early]).map(({ id }) => id)).toEqual([5]);
    expect(pushedSince(pushed, [late, []]).map(({ id }) => id)).toEqual([5, 4]);
  });

  it('are no news any more once something was missed: what they were then may have changed unseen', () => {
    const pushed = applyLive(emptyFloor, push({ jobs: [jobWith({ id: 5, revision: 8 })] }));
    expect(pushedSince(applyLive(pushed, push({ resync: true })), [[]])).toEqual([]);
  });

  it('are let go when very many were told and nothing speaks of them', () => {
    const shown = applyLive(emptyFloor, push({ jobs: [jobWith({ id: 1, revision: 1 })] }));
    const open: Floor = { ...shown, pushed: [], open: { id: 1, history: [], problem: null, resync: 0 } };
    const after = Array.from({ length: 40 }, (_, page) => page).reduce(
      (state, page) =>
        withJobs(
          state,
          Array.from({ length: 100 }, (_, at) => jobWith({ id: 10 + page * 100 + at, revision: 2 })),
        ),
      open,
    );
    expect(after.jobs.size).toBeLessThanOrEqual(3000);
    expect(after.jobs.has(1)).toBe(true);
  });
});
