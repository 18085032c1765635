/** What a ticket wrote for its dates stands beside the instant it came to: a person can see it, and another time zone can read it again. */
import type { Migration } from '../../migration.ts';

export const writtenDates: Migration = {
  number: 4,
  name: 'written dates',
  statements: [
    // As written; null where no ticket said it, and for jobs from before. `..._day_only`: a day without a time was written.
    'alter table job add column due_written text',
    'alter table job add column due_day_only integer not null default 0',
    'alter table job add column start_written text',
    'alter table job add column start_day_only integer not null default 0',
  ],
};
