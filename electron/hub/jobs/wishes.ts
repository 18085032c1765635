/** Wishes from outside, by their words in the contract, and the answers to them. Every one goes through the door. */
import type { z } from 'zod';
import type { contract } from '../../../shared/api.ts';
import type { JobEvent } from '../../../shared/event.ts';
import type { StatusWish, UndoWish } from '../../../shared/job/command.ts';
import type { Job } from '../../../shared/job.ts';
import { statusWords } from '../../../shared/status.ts';
import type { Caller } from '../parts.ts';
import { askedEvent, type Door, moverOf } from './door.ts';

type InputOf<Procedure extends { '~orpc': { inputSchema?: z.ZodType | undefined } }> = z.output<
  NonNullable<Procedure['~orpc']['inputSchema']>
>;
export type StatusAsked = Omit<InputOf<typeof contract.jobs.setStatus>, 'id'>;
export type UndoAsked = Omit<InputOf<typeof contract.jobs.undo>, 'id'>;

export type Answer = { readonly job: Job; readonly event: JobEvent; readonly already?: true };
export type UndoAnswer = Answer & { readonly comesTo: Pick<Job, 'status' | 'custom' | 'stage'> & { readonly words: string } };

export type Wishes = {
  /** @throws Refusal when the job is not there, the move makes no sense, or the wish is incomplete */
  setStatus(jobId: number, asked: StatusAsked, caller: Caller): Promise<Answer>;
  /** @throws Refusal when the event is not there, is taken back already, or cannot be taken back */
  undo(jobId: number, asked: UndoAsked, caller: Caller): Promise<UndoAnswer>;
};

export function makeWishes(door: Door): Wishes {
  const ask = async (wish: StatusWish | UndoWish, caller: Caller): Promise<Answer> => {
    const { events, already, job } = await door.apply(wish, moverOf(caller));
    const event = askedEvent(wish, events);
    if (event === undefined) throw new Error(`a ${wish.kind} wish for job ${wish.jobId} was answered without an event`);
    return { job, event, ...(already && { already }) };
  };
  return {
    setStatus: (jobId, asked, caller) => ask({ kind: 'setStatus', jobId, ...asked }, caller),
    undo: async (jobId, asked, caller) => {
      const answer = await ask({ kind: 'undo', jobId, ...asked }, caller);
      const { status, custom, stage } = answer.job;
      return { ...answer, comesTo: { status, custom, stage, words: `back to: ${statusWords(status, custom, 'en')}` } };
    },
  };
}
