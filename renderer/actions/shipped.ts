/** The parcel was handed to a carrier. */
import { Truck } from 'lucide-react';
import type { Action } from './action.ts';
import { maySay } from './allowed.ts';

export const shipped: Action = {
  label: 'shipped',
  icon: Truck,
  key: 'v',
  asks: 'nothing',
  rule: (job) => job.stage === 'packing' && job.fulfilment !== 'collection' && maySay(job, 'Shipped'),
  perform: () => ({ kind: 'status', code: 'Shipped' }),
};
