/** Which jobs the overview shows, and in which order. Pure. */
import { boardPlaces, type JobOrder, placeOnBoard } from '../../shared/job/board.ts';
import { hotFoldersOf } from '../../shared/job/presses.ts';
import type { Job } from '../../shared/job.ts';
import { notTyped, numberRank } from '../../shared/job-number.ts';
import type { Stage, StatusCode } from '../../shared/status.ts';
import { wordsOf } from './hits.ts';

export type Filter = {
  readonly q: string;
  readonly stage: Stage | null;
  readonly status: StatusCode | null;
  readonly hotFolder: number | null;
  readonly attention: boolean;
  /** Only those that are finished, which are folded away else. */
  readonly finished: boolean;
  readonly order: JobOrder;
  readonly reverse: boolean;
};
export const noFilter: Filter = {
  q: '',
  stage: null,
  status: null,
  hotFolder: null,
  attention: false,
  finished: false,
  order: 'urgent',
  reverse: false,
};

export function sameFilter(a: Filter, b: Filter): boolean {
  return (Object.keys(noFilter) as (keyof Filter)[]).every((name) => a[name] === b[name]);
}

/** Of the finished: `true` only those, `false` none, undefined both. Whoever searches, or asks for where finished jobs stand, finds them. */
export function finishedIn({ finished, q, stage, status }: Filter): boolean | undefined {
  if (finished) return true;
  return q.trim() === '' && status === null && stage !== 'shipped' && stage !== 'done' ? false : undefined;
}

/** Whether these are all jobs but the folded ones. */
export function isWhole({ q, stage, status, hotFolder, attention, finished }: Filter): boolean {
  return q.trim() === '' && stage === null && status === null && hotFolder === null && !attention && !finished;
}

/** The file by whose name a job was found, where nothing else that is shown of it says why; null elsewhere. */
export function fileThatHit(job: Job, q: string): string | null {
  if (numberRank(q, job.number) !== notTyped) return null;
  const asked = wordsOf(q);
  const begins = (word: string, text: string): boolean => wordsOf(text).some((candidate) => candidate.startsWith(word));
  const shown = [job.number, job.title, job.product, job.customer?.name, job.customer?.company].join(' ');
  const rest = asked.filter((word) => !begins(word, shown));
  if (rest.length === 0) return null;
  return job.files.find(({ name }) => rest.some((word) => begins(word, name)))?.name ?? null;
}

/** Whether a job belongs in the list, as the hub would decide it: each word asked for begins a word of the job. */
export function matches(job: Job, filter: Filter): boolean {
  if (filter.stage !== null && job.stage !== filter.stage) return false;
  if (filter.status !== null && job.status !== filter.status) return false;
  if (filter.hotFolder !== null && !hotFoldersOf(job).includes(filter.hotFolder)) return false;
  if (filter.attention && job.attention.length === 0) return false;
  const finished = finishedIn(filter);
  if (finished !== undefined && finished !== (placeOnBoard(job) === boardPlaces.finished)) return false;
  const asked = wordsOf(filter.q);
  if (asked.length === 0 || numberRank(filter.q, job.number) !== notTyped) return true;
  const own = wordsOf(
    [job.number, job.title, job.product, job.customer?.name, job.customer?.company, ...job.files.map((file) => file.name)].join(' '),
  );
  return asked.every((word) => own.some((candidate) => candidate.startsWith(word)));
}
