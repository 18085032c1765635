/** What of a printed job still lies in the hot folder is seen to: it was taken out, or may stay. Said by saying once more where the job is, and why. */
import { CheckCheck } from 'lucide-react';
import { placeOf } from '../../shared/job/place.ts';
import { hubNow } from '../hub-clock.ts';
import { readyReasons } from '../words/ready-reasons.ts';
import { wordsNow } from '../words/words.ts';
import type { Action } from './action.ts';
import { objectionTo } from './allowed.ts';

export const seenTo: Action = {
  label: 'seenTo',
  icon: CheckCheck,
  key: 'x',
  asks: 'nothing',
  rule: (job) => {
    const place = placeOf(job);
    const isTold = job.attention.some(({ code }) => code === 'LiesThoughPrinted');
    return isTold && place !== null && objectionTo(job, place.code, place.custom, hubNow()) === null;
  },
  perform: (job) => {
    const place = placeOf(job);
    if (place === null) return null;
    const [reason] = readyReasons[wordsNow().language].seenTo;
    return { kind: 'status', code: place.code, ...(place.custom !== null && { custom: place.custom }), reason };
  },
};
