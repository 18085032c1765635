/** In which order a press sees its jobs, and which of them step aside. Pure. */
import { isStopped } from '../../../shared/job/may-be-delivered.ts';
import { isGoneWrong, urgencyOf } from '../../../shared/job/urgency.ts';
import type { Job } from '../../../shared/job.ts';

/** Somebody's word keeps it from the printer and nothing of it is there: nothing to do for whoever prints. */
export function isAside(job: Job): boolean {
  return isStopped(job) && !job.attention.some(isGoneWrong);
}

/** What needs a person comes first, the most urgent before the rest; then what is printing, what lies there, what is to come. */
function rank(job: Job): number {
  const [first] = job.attention;
  if (first !== undefined) return urgencyOf(first) - 100;
  if (job.stage === 'press') return 0;
  return job.stage === 'queue' ? 1 : 2;
}

function dueOf(job: Job): number {
  return job.dueAt === null ? Number.POSITIVE_INFINITY : Date.parse(job.dueAt);
}

/** Of the same rank: by priority, due date and age. */
export function inPressOrder(jobs: readonly Job[]): readonly Job[] {
  return jobs.toSorted(
    (a, b) => rank(a) - rank(b) || b.priority - a.priority || (dueOf(a) === dueOf(b) ? 0 : dueOf(a) - dueOf(b)) || a.id - b.id,
  );
}

export type PressQueue = { readonly ready: readonly Job[]; readonly aside: readonly Job[] };

export function pressQueue(jobs: readonly Job[]): PressQueue {
  const ordered = inPressOrder(jobs);
  return { ready: ordered.filter((job) => !isAside(job)), aside: ordered.filter(isAside) };
}

/** The job in focus stays until it has left the queue; then the first one that can go on follows. */
export function focusOf({ ready, aside }: PressQueue, chosen: number | null): Job | null {
  return [...ready, ...aside].find((job) => job.id === chosen) ?? ready[0] ?? null;
}
