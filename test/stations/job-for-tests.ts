/** A job with nothing special about it, for tests of pure rules. */
import type { Job } from '../../shared/job.ts';

export function jobWith(fields: Partial<Job>): Job {
  const id = fields.id ?? 1;
  const at = '2026-03-02T09:00:00.000Z';
  return {
    id,
    number: `${1000 + id}-1`,
    order: String(1000 + id),
    job: '1',
    title: 'Flyer',
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
    status: 'Ordered',
    custom: null,
    statusAt: at,
    stage: 'intake',
    tracks: {},
    attention: [],
    hotFolder: null,
    hotFolderId: null,
    missing: [],
    files: [],
    deliveries: [],
    createdAt: at,
    updatedAt: at,
    partOf: null,
    reprintOf: null,
    reprints: [],
    lastSeq: 1,
    revision: 1,
    ...fields,
  };
}
