/** What touched security is written down: who may come in, who tried, and what was set up anew. */
import type { Migration } from '../../migration.ts';

export const securityRecord: Migration = {
  number: 11,
  name: 'security record',
  statements: [
    // What happens again and again within an hour is one row: `times`, from `at` to `until`.
    `create table security (
      id integer primary key, at integer not null, until integer not null, kind text not null, actor text, address text, about text not null,
      changes text not null, times integer not null
    ) strict`,
    // For the pruning, and for counting within the hour.
    'create index security_by_time on security (at)',
  ],
};
