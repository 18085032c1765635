/** Printing is done. */
import { PrinterCheck } from 'lucide-react';
import type { Action } from './action.ts';
import { maySay } from './allowed.ts';

export const printed: Action = {
  label: 'printed',
  icon: PrinterCheck,
  key: 'p',
  asks: 'nothing',
  rule: (job) => (job.stage === 'queue' || job.stage === 'press') && maySay(job, 'Printed'),
  perform: () => ({ kind: 'status', code: 'Printed' }),
};
