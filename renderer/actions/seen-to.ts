/** What of a printed job still lies in the hot folder is seen to: it was taken out, or may stay. What stands of the job stays as it is. */
import { CheckCheck } from 'lucide-react';
import { placeOf } from '../../shared/job/place.ts';
import type { Job } from '../../shared/job.ts';
import { hubNow } from '../hub-clock.ts';
import { readyReasons } from '../words/ready-reasons.ts';
import { wordsNow } from '../words/words.ts';
import type { Action } from './action.ts';
import { objectionTo } from './allowed.ts';

function toldOf({ attention }: Job): Job['attention'][number] | undefined {
  return attention.find(({ code }) => code === 'LiesThoughPrinted');
}

export const seenTo: Action = {
  label: 'seenTo',
  icon: CheckCheck,
  key: 'x',
  asks: 'nothing',
  rule: (job) => {
    const place = placeOf(job);
    return toldOf(job) !== undefined && place !== null && objectionTo(job, place.code, place.custom, hubNow()) === null;
  },
  perform: (job) => {
    const place = placeOf(job);
    const told = toldOf(job);
    if (place === null || told === undefined) return null;
    const [reason] = readyReasons[wordsNow().language].seenTo;
    return { kind: 'status', code: place.code, ...(place.custom !== null && { custom: place.custom }), reason, seenTo: told.seq };
  },
};
