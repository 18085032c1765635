/** Takes back the last step a person made. What the machines found out cannot be taken back; what somebody else said, or what is not the last thing done here, is asked first. */
import { Undo2 } from 'lucide-react';
import { isHeld } from '../../shared/job/may-say.ts';
import type { Standing } from '../../shared/job/state.ts';
import type { Job } from '../../shared/job.ts';
import { floor } from '../floor/floor.ts';
import type { Action } from './action.ts';
import { undoOffer } from './allowed.ts';

/** The newest standing of the job, when it is one that may be taken back. */
export function lastStep(job: Job): Standing | null {
  return undoOffer(job)?.step ?? null;
}

/** Something was sent or ordered anew here since, and that is not what is taken back: it goes on. */
export function isBehind(job: Job, step: Standing): boolean {
  const last = floor.getState().answers[job.id];
  return (last?.call.kind === 'reprint' || last?.call.kind === 'deliver') && last.at >= Date.parse(step.at);
}

function isOwn(step: Standing): boolean {
  return floor.getState().ownEvents.includes(step.seq);
}

export const undo: Action = {
  label: 'undoShort',
  icon: Undo2,
  key: 'z',
  asks: (job) => {
    const step = lastStep(job);
    if (step === null) return 'nothing';
    if (isOwn(step)) return isBehind(job, step) ? { earlierStep: step } : 'nothing';
    return { othersStep: step };
  },
  rule: (job) => !isHeld(job) && lastStep(job) !== null,
  perform: (job) => {
    const step = lastStep(job);
    return step === null ? null : { kind: 'undo', seq: step.seq };
  },
};
