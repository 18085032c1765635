/** Nothing moves the job on until somebody releases it. */
import { OctagonX } from 'lucide-react';
import { type Action, isHeld } from './action.ts';

export const block: Action = {
  label: 'block',
  icon: OctagonX,
  key: 'b',
  asks: { reason: 'block' },
  rule: (job) => !isHeld(job) && job.stage !== 'done' && job.stage !== 'shipped',
  perform: (_job, { reason }) => ({ kind: 'status', code: 'Blocked', reason }),
};
