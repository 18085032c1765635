/** Printing is done. */
import { PrinterCheck } from 'lucide-react';
import { type Action, isHeld } from './action.ts';

export const printed: Action = {
  label: 'printed',
  icon: PrinterCheck,
  key: 'p',
  asks: 'nothing',
  rule: (job) => !isHeld(job) && (job.stage === 'queue' || job.stage === 'press'),
  perform: () => ({ kind: 'status', code: 'Printed' }),
};
