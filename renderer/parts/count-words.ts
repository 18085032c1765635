/** What was counted, and how far that is from what was ordered. */
import { type Counts, shortBy } from '../../shared/job/counts.ts';
import type { Say } from '../words/words.ts';

export function countWords(counts: Counts, t: Say): string {
  const { good, waste, ordered } = counts;
  const short = shortBy(counts);
  const words = t('action.counted', { good, waste });
  if (ordered === null || short === 0) return words;
  return `${words}. ${short > 0 ? t('action.short', { n: short, ordered }) : t('action.over', { n: -short, ordered })}`;
}
