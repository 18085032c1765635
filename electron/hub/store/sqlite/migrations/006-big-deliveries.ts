/** Big files are read from the queue apart from the small ones; without an index of their own all that waits would be walked through for each few. */
import type { Migration } from '../../migration.ts';

export const bigDeliveries: Migration = {
  number: 6,
  name: 'big deliveries',
  // 8 MiB, as `bigFrom` in shared/delivery.ts: of another size the index serves nobody.
  statements: ['create index delivery_big on delivery (place_id, state, priority desc, id) where size >= 8388608'],
};
