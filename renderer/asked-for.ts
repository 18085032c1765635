/** A file that a job waits for has come, and it is asked whose it is: the two know each other. Pure. */
import type { Arrival } from '../shared/api.ts';
import type { Job } from '../shared/job.ts';
import { nameKey } from '../shared/name-key.ts';
import { concernsJob } from './whose-file.ts';

/** The question about a file that this job misses, where the job may be the answer. */
export function askedForMissing(asked: readonly Arrival[], { id, missing }: Pick<Job, 'id' | 'missing'>): Arrival | null {
  if (missing.length === 0) return null;
  const wanted = new Set(missing.map(nameKey));
  return (
    asked.find((arrival) => arrival.question?.about === 'file' && wanted.has(nameKey(arrival.name)) && concernsJob(arrival, id)) ?? null
  );
}
