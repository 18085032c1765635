/** Agrees to a job that waits for a yes. */
import { ThumbsUp } from 'lucide-react';
import { type Action, isHeld } from './action.ts';

export const approve: Action = {
  label: 'approve',
  icon: ThumbsUp,
  key: 'g',
  asks: 'nothing',
  rule: (job) => !isHeld(job) && (job.tracks.intake?.code === 'UnapprovedOrder' || job.tracks.review?.code === 'AwaitingApproval'),
  perform: (job) => ({ kind: 'status', code: job.tracks.intake?.code === 'UnapprovedOrder' ? 'Ordered' : 'Approved' }),
};
