/** Who paused a hot folder, and when. */
import type { Migration } from '../../migration.ts';

export const whoPaused: Migration = {
  number: 9,
  name: 'who paused',
  statements: [
    // Null while it is not paused, and where nobody wrote it down: paused before this was kept.
    'alter table hot_folder add column paused_by text',
    'alter table hot_folder add column paused_at integer',
  ],
};
