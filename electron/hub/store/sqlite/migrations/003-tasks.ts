/** What is due, where no row is the work itself; and what the answers to wishes need to be forgotten in time. */
import type { Migration } from '../../migration.ts';

export const tasks: Migration = {
  number: 3,
  name: 'tasks',
  statements: [
    // Work that is due at a time. `subject`: what it is about, one task a kind and subject. `due_at` null: of a kind this program does not know,
    // it waits for one that does. `lease_until`: somebody works on it until then; if he dies, it is due again. `raw`: why the last try failed.
    `create table task (
      id integer primary key, kind text not null, subject text not null, job_id integer references job (id), due_at integer, lease_until integer,
      tries integer not null, raw text, created_at integer not null
    ) strict`,
    'create unique index task_by_subject on task (kind, subject)',
    'create index task_due on task (due_at) where due_at is not null',
    // Future orders of yesterday start by the clock as well, whatever came to them since.
    `insert into task (kind, subject, job_id, due_at, tries, created_at)
      select 'startOrder', cast(id as text), id, start_at, 0, created_at from job
      where start_at is not null and json_extract(tracks, '$.intake.code') = 'FutureOrder'`,
    // Answers to wishes are forgotten by age.
    'create index action_by_age on action (at)',
  ],
};
