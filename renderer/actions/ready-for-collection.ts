/** The parcel waits for the customer. */
import { PackageCheck } from 'lucide-react';
import type { Action } from './action.ts';
import { maySay } from './allowed.ts';

export const readyForCollection: Action = {
  label: 'readyForCollection',
  icon: PackageCheck,
  key: 'r',
  asks: 'nothing',
  rule: (job) => job.stage === 'packing' && job.fulfilment !== 'delivery' && maySay(job, 'ReadyForCollection'),
  perform: () => ({ kind: 'status', code: 'ReadyForCollection' }),
};
