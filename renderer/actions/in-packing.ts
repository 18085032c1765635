/** The job is being packed. */
import { PackageOpen } from 'lucide-react';
import { type Action, isHeld } from './action.ts';

export const inPacking: Action = {
  label: 'inPacking',
  icon: PackageOpen,
  key: 'k',
  asks: 'nothing',
  rule: (job) => !isHeld(job) && (job.stage === 'printed' || job.stage === 'finishing'),
  perform: () => ({ kind: 'status', code: 'InPacking' }),
};
