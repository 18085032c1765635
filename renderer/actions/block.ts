/** Nothing moves the job on until somebody releases it. */
import { OctagonX } from 'lucide-react';
import { isHeld } from '../../shared/job/may-say.ts';
import type { Action } from './action.ts';
import { maySay } from './allowed.ts';

export const block: Action = {
  label: 'block',
  icon: OctagonX,
  key: 'b',
  asks: { reason: 'block' },
  rule: (job) => !isHeld(job) && maySay(job, 'Blocked') && job.stage !== 'done' && job.stage !== 'shipped',
  perform: (_job, { reason }) => ({ kind: 'status', code: 'Blocked', reason }),
};
