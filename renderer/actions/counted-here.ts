/** What was counted of a job as far as this screen knows: also what was counted here and waits for the hub, which the record does not know yet. */
import { type CountedBefore, countedBefore } from '../../shared/job/counts.ts';
import type { Job } from '../../shared/job.ts';
import type { Call, Wish } from '../wishes/wish.ts';

export function isCount(call: Call): boolean {
  return call.kind === 'status' && call.counts !== undefined;
}

/** `seq`: the count on record that it goes on from. Pure. */
export function countedHere(job: Pick<Job, 'id' | 'tracks'>, wishes: readonly Wish[]): CountedBefore | null {
  const waiting = wishes.findLast((one) => one.jobId === job.id && one.state.kind === 'waits' && isCount(one.call));
  if (waiting?.call.kind !== 'status' || waiting.call.counts === undefined) return countedBefore(job);
  const { after = 0, ...counts } = waiting.call.counts;
  return { ...counts, seq: after };
}
