/** The customer has it. */
import { Hand } from 'lucide-react';
import { type Action, isHeld } from './action.ts';

export const collected: Action = {
  label: 'collected',
  icon: Hand,
  key: 'c',
  asks: 'nothing',
  rule: (job) => !isHeld(job) && job.stage === 'collection',
  perform: () => ({ kind: 'status', code: 'CustomStatus', custom: 'Collected' }),
};
