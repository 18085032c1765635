/** The place of each job on the departure board, so that its beginning is read without sorting, however many jobs there are. */
import type { Migration } from '../../migration.ts';

export const board: Migration = {
  number: 15,
  name: 'board',
  statements: [
    // 4 in work, 5 to collect, 6 finished; below 4 somebody must act, and what exactly is derived from the problems at the next start: -1 until then.
    'alter table job add column board integer not null default 4',
    "update job set board = case when attention > 0 then -1 when stage = 'collection' then 5 else 6 end where attention > 0 or stage in ('collection', 'shipped', 'done')",
    // With the filters behind it a list is looked up in here alone.
    'create index job_by_board on job (board * 1000000000000000 + coalesce(case when board < 6 then due_at end, 900000000000000), id desc, stage, status, hot_folder_id)',
    "insert into counter (name, value) select 'jobs finished', count(*) from job where board = 6",
  ],
};
