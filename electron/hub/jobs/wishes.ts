/** Wishes from outside, by their words in the contract, and the answers to them. Every one goes through the door. */
import type { z } from 'zod';
import type { contract } from '../../../shared/api.ts';
import type { JobEvent } from '../../../shared/event.ts';
import type { Job } from '../../../shared/job.ts';
import { statusWords } from '../../../shared/status.ts';
import { type Caller, Refusal } from '../parts.ts';
import type { Store } from '../store/store.ts';
import { type Applied, type Door, moverOf } from './door.ts';

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

export function makeWishes({ store, door }: { readonly store: Store; readonly door: Door }): Wishes {
  const answer = async (jobId: number, { already }: Applied, event: JobEvent | undefined): Promise<Answer> => {
    const job = await store.read.job(jobId);
    if (job === null || event === undefined) throw new Refusal('NOT_FOUND', 'There is no such job.', 'Search for it by its number.');
    return { job, event, ...(already && { already }) };
  };
  return {
    setStatus: async (jobId, asked, caller) => {
      const applied = await door.apply({ kind: 'setStatus', jobId, ...asked }, moverOf(caller));
      return answer(jobId, applied, applied.events[0]);
    },
    undo: async (jobId, asked, caller) => {
      const applied = await door.apply({ kind: 'undo', jobId, ...asked }, moverOf(caller));
      const answered = await answer(jobId, applied, applied.events.at(-1));
      const { status, custom, stage } = answered.job;
      return { ...answered, comesTo: { status, custom, stage, words: `back to: ${statusWords(status, custom, 'en')}` } };
    },
  };
}
