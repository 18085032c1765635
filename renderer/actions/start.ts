/** Begins an action: does it at once, or opens its question in the action bar of the job. */
import { create } from 'zustand';
import { doubtful } from '../../shared/job/lies-though-printed.ts';
import type { Delivery, Job } from '../../shared/job.ts';
import { isPressedAgain } from '../input/same-press.ts';
import { wishes } from '../wishes/all.ts';
import { wish } from '../wishes/make.ts';
import { type Call, isSameCall } from '../wishes/wish.ts';
import { type Action, type Asks, asksAnew, asksOf, type GivenAnswer } from './action.ts';
import { actionsFor } from './all.ts';
import { isJustMoved } from './moved.ts';

/**
 * `seen`: the job as it was when it was asked, which is what is answered. `force`: the hub refused this call, and the person wants it all the same; `lies`: it says that the
 * job is printed, and these files of it still lie in a hot folder.
 */
export type Question = { readonly jobId: number } & (
  | { readonly kind: 'action'; readonly action: Action; readonly asks: Exclude<Asks, 'nothing'>; readonly seen: Job }
  | { readonly kind: 'force'; readonly call: Exclude<Call, { kind: 'undo' }>; readonly asks: { readonly reason: 'goOn' } }
  | { readonly kind: 'lies'; readonly call: Call; readonly asks: { readonly lies: readonly [Delivery, ...Delivery[]] } }
);

export type AskedQuestion = Exclude<Question, { kind: 'lies' }>;

export const useQuestion = create<{ readonly question: Question | null }>()(() => ({ question: null }));

export function ask(question: Question | null): void {
  useQuestion.setState({ question });
}

/** A question of another job than this one is over: it must not come back under a finger that means something else. */
export function letGoOfOthers(jobId: number | null): void {
  const { question } = useQuestion.getState();
  if (question !== null && question.jobId !== jobId) ask(null);
}

/** Does it, or asks first where what this page knows makes it doubtful. `deliberate`: a question was answered for it. */
function send(job: Job, call: Call, deliberate: boolean): void {
  const waits = wishes().some((one) => one.jobId === job.id && one.state.kind === 'waits' && isSameCall(one.call, call));
  const [first, ...more] = call.kind === 'status' ? doubtful(job, call.code, call.custom ?? null, job.deliveries) : [];
  if (first !== undefined && !waits) ask({ jobId: job.id, kind: 'lies', call, asks: { lies: [first, ...more] } });
  else wish(job, call, deliberate);
}

export function startAction(action: Action, job: Job): void {
  if (!action.rule(job) || isJustMoved(job.id)) return;
  const asks = asksOf(action, job);
  if (asks !== 'nothing') {
    ask({ jobId: job.id, kind: 'action', action, asks, seen: job });
    return;
  }
  const call = action.perform(job, { reason: '' });
  if (call !== null) send(job, call, false);
}

/** The action on this letter (with Alt) for this job, begun; false when there is none. */
export function startByKey(key: string, job: Job): boolean {
  const action = actionsFor(job).find((candidate) => candidate.key === key);
  if (action !== undefined) startAction(action, job);
  return action !== undefined;
}

/** On what was read, and nothing else that may stand against it by the time it is sent. */
function insistedOn(call: Exclude<Call, { kind: 'undo' }>, question: AskedQuestion, { reason }: GivenAnswer): Call {
  if (question.kind === 'force') return { ...call, force: true, reason };
  const { asks } = question;
  return typeof asks === 'object' && 'insist' in asks ? { ...call, force: true, insists: [asks.insist], reason } : call;
}

/** Does what the question was about, with this answer: to the job as it was when it was asked, whatever was said or sent since. The hub says what stands against that. */
export function answerQuestion(job: Job, question: AskedQuestion, answer: GivenAnswer): void {
  // The second touch of a double one on what asked, or asked anew, is no answer.
  if (isPressedAgain()) return;
  const anew = question.kind === 'force' ? null : asksAnew(question.action, question.asks, job);
  if (question.kind === 'action' && anew !== null) {
    ask({ ...question, asks: anew, seen: job });
    return;
  }
  const wanted = question.kind === 'force' ? question.call : question.action.perform(question.seen, answer);
  const call = wanted === null || wanted.kind === 'undo' ? wanted : insistedOn(wanted, question, answer);
  ask(null);
  if (call !== null) send(job, call, true);
}

/** It is printed, whatever lies there. */
export function insistPrinted(job: Job, { call }: Extract<Question, { kind: 'lies' }>): void {
  // The second touch of a double one on what asked is no answer.
  if (isPressedAgain()) return;
  ask(null);
  wish(job, call, true);
}
