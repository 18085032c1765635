/** Agrees to a job that waits for a yes. */
import { ThumbsUp } from 'lucide-react';
import type { Action } from './action.ts';
import { maySay } from './allowed.ts';

export const approve: Action = {
  label: 'approve',
  icon: ThumbsUp,
  key: 'g',
  asks: 'nothing',
  rule: (job) =>
    (job.tracks.intake?.code === 'UnapprovedOrder' || job.tracks.review?.code === 'AwaitingApproval') && maySay(job, 'Approved'),
  perform: () => ({ kind: 'status', code: 'Approved' }),
};
