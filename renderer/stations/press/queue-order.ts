/** In which order a press sees its jobs. Pure. */
import type { Job } from '../../../shared/job.ts';

/** What needs a person comes first, then what is printing, then by priority, due date and age. */
function rank(job: Job): number {
  if (job.attention.length > 0) return 0;
  if (job.stage === 'press') return 1;
  return job.stage === 'queue' ? 2 : 3;
}

function dueOf(job: Job): number {
  return job.dueAt === null ? Number.POSITIVE_INFINITY : Date.parse(job.dueAt);
}

export function inPressOrder(jobs: readonly Job[]): readonly Job[] {
  return jobs.toSorted(
    (a, b) => rank(a) - rank(b) || b.priority - a.priority || (dueOf(a) === dueOf(b) ? 0 : dueOf(a) - dueOf(b)) || a.id - b.id,
  );
}

/** The job in focus stays until it has left the queue; then the first one follows. */
export function focusOf(ordered: readonly Job[], chosen: number | null): Job | null {
  return ordered.find((job) => job.id === chosen) ?? ordered[0] ?? null;
}
