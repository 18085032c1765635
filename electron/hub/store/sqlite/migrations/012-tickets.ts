/** What tickets leave in the record is read by the piece: whatever somebody writes into one, what everybody waits for stays short. */
import type { Migration } from '../../migration.ts';

export const tickets: Migration = {
  number: 12,
  name: 'tickets',
  statements: [
    // Do all tickets of a folder speak of one order? Asked by the first and the last: one list may have put twenty thousand rows there.
    'create index ticket_folder_by_order on ticket_folder (folder, order_no)',
    // A ticket that a person is asked about, beside its question: the questions are read at each ticket that comes, and what stands in it only for an answer or a
    // page. `size` in characters; `hash` (sha256) tells the very same ticket, null of one from an earlier version, which is compared itself.
    'create table asked_ticket (arrival_id integer primary key references arrival (id), size integer not null, hash text, ticket text not null) strict',
    'create index asked_ticket_by_hash on asked_ticket (hash)',
    `insert into asked_ticket (arrival_id, size, hash, ticket)
      select id, length(json_extract(question, '$.ticket')), null, json_extract(question, '$.ticket') from arrival
      where question is not null and json_extract(question, '$.ticket') is not null`,
    `update arrival set question = json_set(question, '$.ticket', null) where id in (select arrival_id from asked_ticket)`,
  ],
};
