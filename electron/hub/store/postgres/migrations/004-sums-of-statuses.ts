/** What SQLite's change 16 brings. */
import type { Migration } from '../../migration.ts';
import { besideHeadline } from '../../status-sums.ts';

export const sumsOfStatuses: Migration = {
  number: 4,
  name: 'sums of statuses',
  statements: [
    "delete from counter where name >= 'status ' and name < 'status!'",
    "insert into counter (name, value) select 'status ' || status, count(*) from job group by status",
    besideHeadline('position(standing in tracks)'),
  ],
};
