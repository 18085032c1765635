/** Pieces of it are printed again, as a job of their own: spoilt, lost, or too few good ones. */
import { CopyPlus } from 'lucide-react';
import { isTaken, objectionToReprint } from '../../shared/job/decide-reprint.ts';
import type { Action } from './action.ts';

export const reprint: Action = {
  label: 'reprint',
  icon: CopyPlus,
  key: 'd',
  asks: 'reprint',
  rule: (job) => job.files.some((file) => file.current) && objectionToReprint(job, isTaken(job.deliveries)) === null,
  perform: (_job, { reason, quantity, force }) =>
    quantity === undefined ? null : { kind: 'reprint', quantity, reason, ...(force === true && { force, insists: ['reprintMore'] }) },
};
