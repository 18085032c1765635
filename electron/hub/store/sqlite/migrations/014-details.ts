/** Why a file was turned away is kept as a key with values too, to be read in any language. */
import type { Migration } from '../../migration.ts';

export const details: Migration = {
  number: 14,
  name: 'details',
  // Null: nothing is to be said, they are the words of a system, or an earlier version kept their English alone.
  statements: ['alter table arrival add column details text'],
};
