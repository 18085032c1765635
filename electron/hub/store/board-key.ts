/** `boardKey` of shared/job/board.ts in SQL: letter for letter what the index job_by_board holds, else it is not taken. */
import { type RawBuilder, sql } from 'kysely';

export function boardKeyOf(): RawBuilder<number> {
  return sql<number>`(job.board * 1000000000000000 + coalesce(case when job.board < 6 then job.due_at end, 900000000000000))`;
}
