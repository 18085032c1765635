/** The printer has begun with the job, and the RIP cannot say so itself. */
import { Printer } from 'lucide-react';
import { type Action, isHeld } from './action.ts';

export const onPress: Action = {
  label: 'onPress',
  icon: Printer,
  key: 'm',
  asks: 'nothing',
  rule: (job) => !isHeld(job) && job.stage === 'queue' && job.status === 'InHotFolder',
  perform: () => ({ kind: 'status', code: 'InProduction' }),
};
