import { describe, expect, it } from 'vitest';
import type { JobEvent } from '../../shared/event.ts';
import type { Delivery, Job } from '../../shared/job.ts';
import { statusEntry } from '../../shared/status.ts';
import { longestStopMs } from '../loop.ts';
import { judge, type Observations } from './oracle.ts';

const at = '2026-01-01T10:00:00.000Z';

function event(seq: number, code: JobEvent['code'], more: Partial<JobEvent> = {}): JobEvent {
  return {
    seq,
    jobId: 1,
    code,
    track: statusEntry(code).track,
    custom: null,
    at,
    actor: 'system',
    station: null,
    reason: null,
    data: {},
    undoes: null,
    ...more,
  };
}

const delivery: Delivery = {
  id: 1,
  fileId: 1,
  hotFolderId: 1,
  hotFolder: 'press-1',
  name: 'a.pdf',
  state: 'taken',
  send: 1,
  tries: 1,
  reasonCode: null,
  raw: null,
  nextTryAt: null,
  deliveredAt: at,
};

const job: Job = {
  id: 1,
  number: '1-1',
  order: '1',
  job: '1',
  title: 'a',
  product: null,
  quantity: null,
  customer: null,
  dueAt: null,
  dueAtWritten: null,
  dueDayOnly: false,
  startAt: null,
  startAtWritten: null,
  startDayOnly: false,
  fulfilment: null,
  priority: 0,
  notes: null,
  attributes: {},
  status: 'InProduction',
  custom: null,
  statusAt: at,
  stage: 'press',
  tracks: {},
  attention: [],
  hotFolder: 'press-1',
  hotFolderId: 1,
  missing: [],
  files: [{ id: 1, name: 'a.pdf', version: 1, current: true, size: 3, sha256: 'aa', type: 'pdf', arrivedAt: at }],
  deliveries: [delivery],
  createdAt: at,
  updatedAt: at,
  partOf: null,
  reprintOf: null,
  reprints: [],
  lastSeq: 3,
  revision: 3,
};

/** A floor on which everything went well: one file, delivered, seen whole, taken. */
const good: Observations = {
  manifest: [{ name: 'a.pdf', size: 3, sha256: 'aa', fate: 'delivered' }],
  rip: [
    { what: 'seen', at: 1, name: 'a.pdf', ino: 7, size: 3, sha256: 'aa' },
    { what: 'took', at: 2, name: 'a.pdf', sha256: 'aa' },
  ],
  jobs: [job],
  events: [event(1, 'Ordered'), event(2, 'InHotFolder'), event(3, 'InProduction')],
  arrivals: [],
  keptHashes: new Set(['aa']),
  leftovers: [],
  lying: [],
  integrity: 'ok',
  longestStopMs: 12,
};

function broken(change: Partial<Observations>): string[] {
  return [...new Set(judge({ ...good, ...change }).map((violation) => violation.invariant))];
}

describe('the oracle hears every lie', () => {
  it('finds nothing wrong where nothing is', () => {
    expect(judge(good)).toEqual([]);
  });

  it.each<[string, string, Partial<Observations>]>([
    ['a lost file', 'I1', { jobs: [], events: [], rip: [], keptHashes: new Set(['aa']) }],
    ['a file on record twice', 'I1', { jobs: [job, { ...job, id: 2, deliveries: [], status: 'Nothing', stage: 'intake' }] }],
    ['a bad file that got through', 'I1', { manifest: [{ name: 'a.pdf', size: 3, sha256: 'aa', fate: 'rejected' }] }],
    [
      'half a file under its final name',
      'I2',
      { rip: [{ what: 'seen', at: 0, name: 'a.pdf', ino: 7, size: 1, sha256: 'half' }, ...good.rip] },
    ],
    [
      'a file that grows under its final name',
      'I2',
      { rip: [...good.rip, { what: 'changed', at: 3, name: 'a.pdf', ino: 7, size: 3, sha256: 'aa' }] },
    ],
    ['a double print', 'I3', { rip: [...good.rip, { what: 'seen', at: 9, name: 'a (2).pdf', ino: 8, size: 3, sha256: 'aa' }] }],
    ['InHotFolder of a file nobody ever saw', 'I3', { rip: [{ what: 'took', at: 2, name: 'a.pdf', sha256: 'aa' }] }],
    ['a delivery the history does not know', 'I3', { events: [event(1, 'Ordered'), event(2, 'InProduction')] }],
    [
      'a job that never went out',
      'I3',
      { jobs: [{ ...job, deliveries: [] }], rip: good.rip.slice(1), events: good.events.filter((one) => one.code !== 'InHotFolder') },
    ],
    [
      'a hand-over told twice',
      'I3',
      {
        events: [
          ...good.events,
          event(4, 'InHotFolder', { data: { deliveryId: 1 } }),
          event(5, 'InHotFolder', { data: { deliveryId: 1 } }),
        ],
      },
    ],
    [
      'a failure without words',
      'I4',
      { events: [...good.events, event(4, 'CopyToHotFolderFailed', { data: { reasonCode: 'DiskFull' } })] },
    ],
    ['a gap in the history', 'I5', { events: [event(1, 'Ordered'), event(3, 'InHotFolder'), event(4, 'InProduction')] }],
    [
      'time that runs backwards',
      'I5',
      { events: [event(1, 'Ordered'), event(2, 'InHotFolder', { at: '2025-01-01T10:00:00.000Z' }), event(3, 'InProduction')] },
    ],
    ['an undo of nothing', 'I5', { events: [...good.events, event(4, 'InProduction', { undoes: 99 })] }],
    ['a job that shows what its history does not say', 'I5', { jobs: [{ ...job, status: 'Printed' }] }],
    ['an original that is gone', 'I6', { keptHashes: new Set() }],
    ['a forgotten temporary file', 'I7', { leftovers: ['.printfloor-staging/1.part'] }],
    ['"taken" said of a file that only went with its share', 'I8', { rip: good.rip.slice(0, 1) }],
    ['a damaged record', 'I10', { integrity: 'row 7 missing from index' }],
    ['a loop that stands', 'loop', { longestStopMs: longestStopMs + 1 }],
  ])('%s', (_, invariant, change) => {
    expect(broken(change)).toContain(invariant);
  });

  it('accepts an uncertain delivery, seen or not, as long as nobody claims it', () => {
    const uncertain = {
      ...job,
      deliveries: [{ ...delivery, state: 'uncertain' as const }],
      status: 'Ordered' as const,
      stage: 'intake' as const,
    };
    expect(broken({ jobs: [uncertain], events: [event(1, 'Ordered')] })).toEqual([]);
    expect(broken({ jobs: [uncertain], events: [event(1, 'Ordered')], rip: [] })).toEqual([]);
  });
});
