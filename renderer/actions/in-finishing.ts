/** Cutting, folding, binding and the like have begun. */
import { Scissors } from 'lucide-react';
import type { Action } from './action.ts';
import { maySay } from './allowed.ts';

export const inFinishing: Action = {
  label: 'inFinishing',
  icon: Scissors,
  key: 'f',
  asks: 'nothing',
  rule: (job) => job.stage === 'printed' && maySay(job, 'InFinishing'),
  perform: () => ({ kind: 'status', code: 'InFinishing' }),
};
