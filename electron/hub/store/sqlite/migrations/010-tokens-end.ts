/** Tokens may end, are seen, and are known once they are over. */
import type { Migration } from '../../migration.ts';

export const tokensEnd: Migration = {
  number: 10,
  name: 'tokens end',
  statements: [
    // Null: it has no end.
    'alter table station add column ends_at integer',
    // The address it last came from.
    'alter table station add column seen_from text',
    // Tokens that were revoked, so that whoever still shows one is told so, and told apart from somebody who guesses.
    'create table ended_token (token_hash text primary key, station text not null, ended_at integer not null) strict',
  ],
};
