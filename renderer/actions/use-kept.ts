/** Whether what an action says of a job was said here already, and waits until the hub can be reached. */
import type { Job } from '../../shared/job.ts';
import { useFloor } from '../floor/floor.ts';
import type { Action } from './action.ts';

/** What is just being saved is none of it: that is over in a moment. With a count or without, it says the same of the job. */
export function useKept(action: Action, job: Job): boolean {
  const stands = useFloor(({ connection, health }) => connection.kind !== 'online' || (health?.record ?? null) !== null);
  const waiting = useFloor((state) => state.wishes).filter(({ jobId, state }) => jobId === job.id && state.kind === 'waits');
  if (waiting.length === 0) return false;
  const said = action.rule(job) ? action.perform(job, { reason: '' }) : null;
  if (said?.kind !== 'status') return false;
  return waiting.some(
    ({ call, state }) =>
      call.kind === 'status' &&
      call.code === said.code &&
      call.custom === said.custom &&
      (stands || (state.kind === 'waits' && state.tried !== null && state.tried.count > 1)),
  );
}
