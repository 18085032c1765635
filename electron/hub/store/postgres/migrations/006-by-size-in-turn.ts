/** Deliveries of one size are read in parts: from where the last part ended. On SQLite an index goes on by the id by itself. */
import type { Migration } from '../../migration.ts';

export const bySizeInTurn: Migration = {
  number: 6,
  name: 'by size in turn',
  statements: ['drop index delivery_by_size', 'create index delivery_by_size on delivery (size, place_id, id)'],
};
