/** Whether what the hub refused is still so, as the job stands now: what was true this morning stands in nobody's way. Pure but for who is here and the clock. */
import { isTaken, objectionToReprint } from '../../shared/job/decide-reprint.ts';
import { mayBeDelivered } from '../../shared/job/may-be-delivered.ts';
import { refusals } from '../../shared/job/refusals.ts';
import { sendingOf } from '../../shared/job/sending.ts';
import type { Job } from '../../shared/job.ts';
import { hubNow } from '../hub-clock.ts';
import type { Call } from '../wishes/wish.ts';
import { objectionTo } from './allowed.ts';

type Deliver = Extract<Call, { kind: 'deliver' }>;

/** The files it was about: those named, or all. */
export function filesOf(job: Job, { fileIds }: Deliver): readonly Job['files'][number][] {
  return job.files.filter((file) => (fileIds === undefined ? file.current : fileIds.includes(file.id)));
}

function sendStillRefused(job: Job, call: Deliver, rule: string): boolean {
  const may = mayBeDelivered({ state: job, missing: job.missing }, true);
  if (!may.ok) return may.why === rule;
  const files = filesOf(job, call);
  const isSome = (holds: (state: Job['deliveries'][number]['state'], fileId: number) => boolean): boolean =>
    files.some(({ id }) => job.deliveries.some(({ fileId, state }) => fileId === id && holds(state, id)));
  switch (rule) {
    case 'liesThere':
    case 'liesElsewhere':
      return isSome((state) => state === 'delivered' || state === 'lying');
    case 'sentAlready':
    case 'sentMeanwhile':
      return files.some(({ id }) => sendingOf(id, job.deliveries) === 'sent');
    case 'sendUnclear':
      return isSome((state) => state === 'publishing' || state === 'withdrawing' || state === 'uncertain' || state === 'waiting');
    case 'blocked':
    case 'sendUnordered':
    case 'sendUnapproved':
    case 'sendIncomplete':
    case 'partOfAnother':
      return false;
    default:
      return true;
  }
}

/** `rule`: the rule that stood against it; null where the hub named none: then nobody here can tell. */
export function stillRefused(job: Job, call: Call, rule: string | null): boolean {
  if (rule === null) return true;
  switch (call.kind) {
    case 'status':
      // What these refuse is not asked of the job again: it stays undone until somebody has seen it. Nor is what only a newer hub knows.
      if (!Object.hasOwn(refusals, rule) || rule === 'countedMeanwhile' || rule === 'blockedAlready') return true;
      return objectionTo(job, call.code, call.custom ?? null, hubNow()) === rule;
    case 'deliver':
      return sendStillRefused(job, call, rule);
    case 'reprint': {
      const objection = objectionToReprint(job, isTaken(job.deliveries));
      return objection === rule || (objection === null && !rule.startsWith('reprintNot') && rule !== 'blocked');
    }
    case 'undo':
      return true;
  }
}
