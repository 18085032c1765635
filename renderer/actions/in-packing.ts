/** The job is being packed. */
import { PackageOpen } from 'lucide-react';
import type { Action } from './action.ts';
import { maySay } from './allowed.ts';

export const inPacking: Action = {
  label: 'inPacking',
  icon: PackageOpen,
  key: 'k',
  asks: 'nothing',
  rule: (job) => (job.stage === 'printed' || job.stage === 'finishing') && maySay(job, 'InPacking'),
  perform: () => ({ kind: 'status', code: 'InPacking' }),
};
