/** Jobs that print pieces of another job again, from the originals that one has in the archive. */
import type { Migration } from '../../migration.ts';

export const reprints: Migration = {
  number: 17,
  name: 'reprints',
  statements: [
    // Both as JSON with id and number, so that a list of jobs tells them without another question: which job it is a reprint of (`orderedAs`: the number within the
    // order of the one that was ordered), and its own reprints, which are few.
    'alter table job add column reprint_of text',
    "alter table job add column reprints text not null default '[]'",
    // The file of another job whose original this one is as well. Two originals never share a place in the archive; one that two jobs print from has one place.
    'alter table file add column same_as integer references file (id)',
    'drop index file_in_archive',
    'create unique index file_in_archive on file (archive_path) where same_as is null',
  ],
};
