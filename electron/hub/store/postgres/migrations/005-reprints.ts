/** What SQLite's change 17 brings. */
import type { Migration } from '../../migration.ts';

const text = 'text collate "C"';

export const reprints: Migration = {
  number: 5,
  name: 'reprints',
  statements: [
    `alter table job add column reprint_of ${text}`,
    `alter table job add column reprints ${text} not null default '[]'`,
    'alter table file add column same_as bigint references file (id)',
    'drop index file_in_archive',
    'create unique index file_in_archive on file (archive_path) where same_as is null',
  ],
};
