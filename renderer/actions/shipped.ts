/** The parcel was handed to a carrier. */
import { Truck } from 'lucide-react';
import { type Action, isHeld } from './action.ts';

export const shipped: Action = {
  label: 'shipped',
  icon: Truck,
  key: 'v',
  asks: 'nothing',
  rule: (job) => !isHeld(job) && job.stage === 'packing' && job.fulfilment !== 'collection',
  perform: () => ({ kind: 'status', code: 'Shipped' }),
};
