/** The printer has begun with the job, and the RIP cannot say so itself. */
import { Printer } from 'lucide-react';
import type { Action } from './action.ts';
import { maySay } from './allowed.ts';

export const onPress: Action = {
  label: 'onPress',
  icon: Printer,
  key: 'm',
  asks: 'nothing',
  rule: (job) => job.stage === 'queue' && job.status === 'InHotFolder' && maySay(job, 'InProduction'),
  perform: () => ({ kind: 'status', code: 'InProduction' }),
};
