/**
 * What a write owes its jobs: columns that one piece of it after another changes, in one statement for each job. Each touches half a dozen indexes, so that
 * three statements cost three times as much. Nobody who reads the rows of jobs sees them without (reader.ts).
 */
import type { Updateable } from 'kysely';
import type { Pending } from './pending.ts';
import type { Db, JobTable } from './tables.ts';
import { changeIn } from './template.ts';

const changeJob = changeIn('job');

export function owe(pending: Pending, jobId: number, columns: Updateable<JobTable>): void {
  const before = pending.owed.get(jobId);
  pending.owed.set(jobId, before === undefined ? columns : { ...before, ...columns });
}

export async function payOwed(db: Db, { owed }: Pending): Promise<void> {
  if (owed.size === 0) return;
  for (const [jobId, columns] of owed) await changeJob(db, jobId, columns);
  owed.clear();
}
