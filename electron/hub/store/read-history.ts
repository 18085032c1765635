/** Reads the history: of one job, or of all of them from a place on. */
import { eventFrom } from './job-rows.ts';
import type { Snapshot } from './read-jobs.ts';
import type { Reader } from './store.ts';
import type { Db } from './tables.ts';
import { template } from './template.ts';
import { readHasTask, readNextTaskAt } from './write-tasks.ts';

export type HistoryReader = Pick<Reader, 'history' | 'eventsSince' | 'lastSeq' | 'action' | 'nextTaskAt' | 'hasTask'>;

const eventsOfJob = template((db, jobId: number) => db.selectFrom('event').selectAll().where('job_id', '=', jobId));
const eventsAfter = template((db, seq: number, limit: number) =>
  db.selectFrom('event').selectAll().where('seq', '>', seq).orderBy('seq').limit(limit),
);
const newest = template((db) => db.selectFrom('event').select((eb) => eb.fn.max('seq').as('seq')));
const answerTo = template((db, id: string) => db.selectFrom('action').select(['fingerprint', 'answer']).where('id', '=', id));

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
    eventsSince: (seq, limit) => snapshot(async (db) => (await eventsAfter(db, seq, limit)).map(eventFrom)),
    lastSeq: () => snapshot(readLastSeq),
    nextTaskAt: (choice) => snapshot((db) => readNextTaskAt(db, choice)),
    hasTask: (jobId) => snapshot((db) => readHasTask(db, jobId)),
    action: (actionId) => snapshot(async (db) => (await answerTo(db, actionId))[0] ?? null),
  };
}
