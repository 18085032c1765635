/** Lets a blocked job go on: takes the block back, so that the history says who blocked it and who let it go. */
import { LockOpen } from 'lucide-react';
import { isHeld } from '../../shared/job/may-say.ts';
import type { Action } from './action.ts';

export const release: Action = {
  label: 'release',
  icon: LockOpen,
  key: 'l',
  asks: { reason: 'release' },
  rule: isHeld,
  perform: (job, { reason }) => (job.tracks.hold === undefined ? null : { kind: 'undo', seq: job.tracks.hold.seq, reason }),
};
