/**
 * Every job this page knows, once, by its id: lists, the queue and the open job hold ids. Whatever tells of a job, push or answer, tells it here, in any order:
 * the one that the hub read later stands, which its revision says. Pure.
 */
import type { Job } from '../../shared/job.ts';

export type Jobs = ReadonlyMap<number, Job>;

/** The jobs after these were told. */
export function tellJobs(jobs: Jobs, told: readonly Job[]): Jobs {
  const news = told.filter((job) => (jobs.get(job.id)?.revision ?? -1) < job.revision);
  if (news.length === 0) return jobs;
  const after = new Map(jobs);
  // What was told may have it twice.
  for (const job of news) if ((after.get(job.id)?.revision ?? -1) < job.revision) after.set(job.id, job);
  return after;
}

/** Those of these ids that are known, in this order. */
export function jobsOf(jobs: Jobs, ids: readonly number[]): Job[] {
  return ids.flatMap((id) => jobs.get(id) ?? []);
}

/** Without those that nothing speaks of any more. */
export function keepJobs(jobs: Jobs, spokenOf: ReadonlySet<number>): Jobs {
  return new Map([...jobs].filter(([id]) => spokenOf.has(id)));
}
