/**
 * The door for what only adds to the history: what was done, seen or asked. Inside the caller's transaction; never refused, sets no work going. What is
 * told of a job that is part of another by now is said of that one.
 */
import type { Told } from '../../../shared/job/command.ts';
import { decide } from '../../../shared/job/decide.ts';
import type { Mover } from '../../../shared/job/mover.ts';
import type { JobState } from '../../../shared/job/state.ts';
import { record } from '../store/record.ts';
import type { Writer } from '../store/store.ts';

/** Answers where the job stood before. */
export async function tell(tx: Writer, told: Told, mover: Mover, at: number): Promise<JobState> {
  const facts = await tx.jobFacts(told.jobId);
  if (facts === null) throw new Error(`there is no job ${told.jobId}`);
  const decision = decide({ ...facts, said: null, history: [], siblings: [] }, told, { now: at, mover });
  if (decision.kind !== 'decided') throw new Error(`${told.kind} was not taken for job ${told.jobId}`);
  await record(tx, facts.id, decision.events);
  return facts.state;
}
