/** The sentences of an answer, in the language it is asked in. What many are told at once has keys and values alone. Pure. */
import { attentionIn } from '../../../shared/job/say-attention.ts';
import type { Job } from '../../../shared/job.ts';
import type { Language } from '../../../shared/words/say.ts';

function jobIn(language: Language, job: Job): Job {
  return job.attention.length === 0 ? job : { ...job, attention: job.attention.map((one) => attentionIn(language, one)) };
}

const jobItself = (language: Language, answer: unknown): unknown => jobIn(language, answer as Job);
const jobInside = (language: Language, answer: unknown): unknown => {
  const told = answer as { readonly job: Job };
  return { ...told, job: jobIn(language, told.job) };
};

const ways: ReadonlyMap<string, (language: Language, answer: unknown) => unknown> = new Map([
  [
    'jobs.list',
    (language, answer) => {
      const list = answer as { readonly items: readonly Job[] };
      return { ...list, items: list.items.map((job) => jobIn(language, job)) };
    },
  ],
  ['jobs.get', jobItself],
  ['jobs.create', jobItself],
  ['jobs.deliver', jobItself],
  ['jobs.reprint', jobItself],
  ['jobs.setStatus', jobInside],
  ['jobs.undo', jobInside],
]);

/** The answer of the procedure at this place of the contract. */
export function answerIn(language: Language, place: readonly string[], answer: unknown): unknown {
  return ways.get(place.join('.'))?.(language, answer) ?? answer;
}
