/** Takes back the last step a person made. What the machines found out cannot be taken back. */
import { Undo2 } from 'lucide-react';
import type { Job } from '../../shared/job.ts';
import type { Standing } from '../../shared/state.ts';
import { type Action, isHeld } from './action.ts';

const machine = /^(system|printer\b|demo\b)/i;

/** The newest standing of the job, when a person made it. */
export function lastStep(job: Job): Standing | null {
  const standings = [
    job.tracks.production,
    job.tracks.fulfilment,
    job.tracks.review,
    job.tracks.custom,
    job.tracks.intake,
    job.tracks.output,
  ].filter((standing) => standing !== undefined);
  const newest = standings.reduce<Standing | null>((last, standing) => (last === null || standing.seq > last.seq ? standing : last), null);
  return newest === null || machine.test(newest.actor) ? null : newest;
}

export const undo: Action = {
  label: 'undoShort',
  icon: Undo2,
  key: 'z',
  asks: 'nothing',
  rule: (job) => !isHeld(job) && lastStep(job) !== null,
  perform: (job) => {
    const step = lastStep(job);
    return step === null ? null : { kind: 'undo', seq: step.seq };
  },
};
