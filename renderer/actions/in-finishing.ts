/** Cutting, folding, binding and the like have begun. */
import { Scissors } from 'lucide-react';
import { type Action, isHeld } from './action.ts';

export const inFinishing: Action = {
  label: 'inFinishing',
  icon: Scissors,
  key: 'f',
  asks: 'nothing',
  rule: (job) => !isHeld(job) && job.stage === 'printed',
  perform: () => ({ kind: 'status', code: 'InFinishing' }),
};
