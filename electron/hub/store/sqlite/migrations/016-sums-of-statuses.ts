/** How many jobs are in each status, kept from now on: counted anew each time somebody asks, a million of them would be read. */
import type { Migration } from '../../migration.ts';
import { besideHeadline } from '../../status-sums.ts';

export const sumsOfStatuses: Migration = {
  number: 16,
  name: 'sums of statuses',
  statements: [
    "delete from counter where name >= 'status ' and name < 'status!'",
    "insert into counter (name, value) select 'status ' || status, count(*) from job group by status",
    besideHeadline('instr(tracks, standing)'),
  ],
};
