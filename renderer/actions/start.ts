/** Begins an action: does it at once, or opens its question in the action bar of the job. */
import { create } from 'zustand';
import type { Job } from '../../shared/job.ts';
import { wish } from '../wishes/make.ts';
import type { Call } from '../wishes/wish.ts';
import { type Action, type Asks, asksOf, type GivenAnswer } from './action.ts';
import { actionsFor } from './all.ts';

/** `force`: the hub refused this call, and the person wants it all the same. */
export type Question = { readonly jobId: number } & (
  | { readonly kind: 'action'; readonly action: Action; readonly asks: Exclude<Asks, 'nothing'> }
  | { readonly kind: 'force'; readonly call: Exclude<Call, { kind: 'undo' }>; readonly asks: { readonly reason: 'goOn' } }
);

export const useQuestion = create<{ readonly question: Question | null }>()(() => ({ question: null }));

export function ask(question: Question | null): void {
  useQuestion.setState({ question });
}

/** A question of another job than this one is over: it must not come back under a finger that means something else. */
export function letGoOfOthers(jobId: number | null): void {
  const { question } = useQuestion.getState();
  if (question !== null && question.jobId !== jobId) ask(null);
}

export function startAction(action: Action, job: Job): void {
  if (!action.rule(job)) return;
  const asks = asksOf(action, job);
  if (asks !== 'nothing') {
    ask({ jobId: job.id, kind: 'action', action, asks });
    return;
  }
  const call = action.perform(job, { reason: '' });
  if (call !== null) wish(job, call);
}

/** The action on this letter (with Alt) for this job, begun; false when there is none. */
export function startByKey(key: string, job: Job): boolean {
  const action = actionsFor(job).find((candidate) => candidate.key === key);
  if (action !== undefined) startAction(action, job);
  return action !== undefined;
}

/** Does what the question was about, with this answer. */
export function answerQuestion(job: Job, question: Question, answer: GivenAnswer): void {
  const wanted = question.kind === 'force' ? question.call : question.action.perform(job, answer);
  const insists = question.kind === 'force' || (typeof question.asks === 'object' && 'insist' in question.asks);
  const call = wanted !== null && wanted.kind !== 'undo' && insists ? { ...wanted, force: true, reason: answer.reason } : wanted;
  ask(null);
  if (call !== null) wish(job, call, true);
}
