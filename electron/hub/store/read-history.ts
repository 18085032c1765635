/** Reads the history: of one job, or of all of them from a place on. */
import type { Selectable } from 'kysely';
import type { JobEvent } from '../../../shared/event.ts';
import { fitting, mostPageBytes } from './cursor.ts';
import { eventFrom } from './job-rows.ts';
import type { Snapshot } from './read-jobs.ts';
import type { EventsPage, Reader } from './store.ts';
import type { Db, Tables } from './tables.ts';
import { template } from './template.ts';
import { readHasTask, readNextTaskAt } from './write-tasks.ts';

export type HistoryReader = Pick<
  Reader,
  'history' | 'historyPage' | 'eventsSince' | 'eventsPage' | 'lastSeq' | 'action' | 'nextTaskAt' | 'hasTask'
>;

type EventRow = Selectable<Tables['event']>;

const eventsOfJob = template((db, jobId: number) => db.selectFrom('event').selectAll().where('job_id', '=', jobId));
const laterOfJob = template((db, jobId: number, after: number, limit: number) =>
  db.selectFrom('event').selectAll().where('job_id', '=', jobId).where('seq', '>', after).orderBy('seq').limit(limit),
);
const eventsAfter = template((db, seq: number, limit: number) =>
  db.selectFrom('event').selectAll().where('seq', '>', seq).orderBy('seq').limit(limit),
);
const newest = template((db) => db.selectFrom('event').select((eb) => eb.fn.max('seq').as('seq')));
const answerTo = template((db, id: string) => db.selectFrom('action').select(['fingerprint', 'answer']).where('id', '=', id));

/** Of one job, on a page. */
const mostOnPage = 2000;
/** Of the largest there are, about as many as a page holds. */
const portion = 100;

/** Read in portions, so that not much more is in hand than a page may have. */
async function readEvents(more: (after: number, limit: number) => Promise<EventRow[]>, after: number, limit: number): Promise<EventsPage> {
  const items: JobEvent[] = [];
  let bytesLeft = mostPageBytes;
  for (let isFull = false; !isFull && items.length < limit; ) {
    const wanted = Math.min(portion, limit - items.length);
    const found = (await more(items.at(-1)?.seq ?? after, wanted)).map(eventFrom);
    const { count, bytes } = fitting(found, bytesLeft);
    isFull = count < found.length;
    // One that alone is larger than a page goes all the same.
    items.push(...found.slice(0, items.length === 0 ? Math.max(1, count) : count));
    bytesLeft -= bytes;
    if (!isFull && found.length < wanted) return { items, next: null };
  }
  return { items, next: items.at(-1)?.seq ?? null };
}

export async function readLastSeq(db: Db): Promise<number> {
  const [row] = await newest(db);
  return row?.seq ?? 0;
}

export async function readHistory(db: Db, jobId: number) {
  return (await eventsOfJob(db, jobId)).sort((a, b) => a.seq - b.seq).map(eventFrom);
}

export function historyReader(snapshot: Snapshot): HistoryReader {
  return {
    history: (jobId) => snapshot((db) => readHistory(db, jobId)),
    historyPage: (jobId, after) => snapshot((db) => readEvents((seq, limit) => laterOfJob(db, jobId, seq, limit), after, mostOnPage)),
    eventsPage: (after, limit) => snapshot((db) => readEvents((seq, most) => eventsAfter(db, seq, most), after, limit)),
    eventsSince: (seq, limit) => snapshot(async (db) => (await eventsAfter(db, seq, limit)).map(eventFrom)),
    lastSeq: () => snapshot(readLastSeq),
    nextTaskAt: (choice) => snapshot((db) => readNextTaskAt(db, choice)),
    hasTask: (jobId) => snapshot((db) => readHasTask(db, jobId)),
    action: (actionId) => snapshot(async (db) => (await answerTo(db, actionId))[0] ?? null),
  };
}
