/** What a push of the hub does to the floor. */
import { describe, expect, it } from 'vitest';
import { applyLive, emptyFloor, type Floor } from '../../renderer/store.ts';
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
    const open: Floor = { ...emptyFloor, open: { id: 1, job: null, history: [event(2)], problem: null, resync: 0 } };
    const after = applyLive(applyLive(open, push({ events: [event(4), event(3), event(2)] })), push({ events: [event(4), event(5, 2)] }));
    expect(after.open?.history.map(({ seq }) => seq)).toEqual([2, 3, 4]);
  });

  it('takes jobs into the queue of their press and out again when they are printed', () => {
    const queue: Floor = { ...emptyFloor, queue: { folderId: 3, jobs: [], more: false, loaded: true, problem: null, resync: 0 } };
    const there = applyLive(
      queue,
      push({ jobs: [jobWith({ id: 1, hotFolderId: 3, stage: 'queue' }), jobWith({ id: 2, hotFolderId: 4, stage: 'queue' })] }),
    );
    expect(there.queue?.jobs.map((job) => job.id)).toEqual([1]);
    expect(applyLive(there, push({ jobs: [jobWith({ id: 1, hotFolderId: 3, stage: 'printed' })] })).queue?.jobs).toEqual([]);
  });

  it('changes nothing that it does not speak of', () => {
    const before: Floor = {
      ...emptyFloor,
      connection: { kind: 'online' },
      queue: { folderId: 3, jobs: [], more: false, loaded: true, problem: null, resync: 0 },
    };
    const after = applyLive(before, push({}));
    expect(after.list).toBe(before.list);
    expect(after.queue).toBe(before.queue);
    expect(after.connection).toBe(before.connection);
  });
});
