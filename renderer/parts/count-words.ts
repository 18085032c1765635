/** What was counted, and how far that is from what was ordered. */
import { type CountedBefore, type Counts, countedBefore, shortBy } from '../../shared/job/counts.ts';
import { isPrinted } from '../../shared/job/place.ts';
import type { Job } from '../../shared/job.ts';
import type { Say } from '../words/words.ts';

function countedOf(job: Pick<Job, 'status' | 'tracks'>): CountedBefore | null {
  return isPrinted(job) ? null : countedBefore(job);
}

/** How far a job is of which the rest follows: 480 of 500 done, 20 left. Null where nothing was counted, or all is done. */
export function doneWords(job: Pick<Job, 'status' | 'tracks' | 'quantity'>, t: Say, before = countedOf(job)): string | null {
  if (before === null) return null;
  const { good } = before;
  if (job.quantity === null) return t('action.doneOnly', { good });
  const left = job.quantity - good;
  return left > 0 ? t('action.done', { good, ordered: job.quantity, left }) : t('action.doneOf', { good, ordered: job.quantity });
}

export function countWords(counts: Counts, t: Say): string {
  const { good, waste, ordered } = counts;
  const short = shortBy(counts);
  const words = t('action.counted', { good, waste });
  if (ordered === null || short === 0) return words;
  return `${words}. ${short > 0 ? t('action.short', { n: short, ordered }) : t('action.over', { n: -short, ordered })}`;
}
