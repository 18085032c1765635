/** What SQLite's change 15 brings. */
import type { Migration } from '../../migration.ts';

export const board: Migration = {
  number: 3,
  name: 'board',
  statements: [
    'alter table job add column board bigint not null default 4',
    "update job set board = case when attention > 0 then -1 when stage = 'collection' then 5 else 6 end where attention > 0 or stage in ('collection', 'shipped', 'done')",
    'create index job_by_board on job ((board * 1000000000000000 + coalesce(case when board < 6 then due_at end, 900000000000000)), id desc, stage, status, hot_folder_id)',
    "insert into counter (name, value) select 'jobs finished', count(*) from job where board = 6",
  ],
};
