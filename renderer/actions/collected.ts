/** The customer has it. */
import { Hand } from 'lucide-react';
import type { Action } from './action.ts';
import { maySay } from './allowed.ts';

export const collected: Action = {
  label: 'collected',
  icon: Hand,
  key: 'c',
  asks: 'nothing',
  rule: (job) => job.stage === 'collection' && maySay(job, 'CustomStatus', 'Collected'),
  perform: () => ({ kind: 'status', code: 'CustomStatus', custom: 'Collected' }),
};
