/** The parcel waits for the customer. */
import { PackageCheck } from 'lucide-react';
import { type Action, isHeld } from './action.ts';

export const readyForCollection: Action = {
  label: 'readyForCollection',
  icon: PackageCheck,
  key: 'r',
  asks: 'nothing',
  rule: (job) => !isHeld(job) && job.stage === 'packing' && job.fulfilment !== 'delivery',
  perform: () => ({ kind: 'status', code: 'ReadyForCollection' }),
};
