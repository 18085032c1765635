/** The counts as screens are told them: those late are late at this moment. */
import type { Counts } from '../../../shared/api.ts';
import type { Reader } from '../store/store.ts';
import type { Hours } from './hours.ts';

export async function countNow(read: Pick<Reader, 'counts' | 'lateJobs'>, hours: Hours, now: number): Promise<Counts> {
  const [counts, late] = await Promise.all([read.counts(), read.lateJobs(hours.now().lateBefore(now))]);
  return { ...counts, late };
}
