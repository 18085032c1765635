/** What SQLite's change 14 brings. */
import type { Migration } from '../../migration.ts';

export const details: Migration = { number: 2, name: 'details', statements: ['alter table arrival add column details text collate "C"'] };
