/** The first shape of the record. Never edited once it has left the house: a change is a new migration. */
import type { Migration } from '../../migration.ts';

export const record: Migration = {
  number: 1,
  name: 'record',
  statements: [
    // A job is one line of an order: what the ticket said, and below `last_seq` what its history comes to. That part is only ever
    // written together with the event that changed it; it could be made again from the events at any time.
    // `named` 0: we gave the number, because neither file nor ticket did. `attention`: how many open problems somebody must act on.
    `create table job (
      id integer primary key, order_no text not null, job_no text not null, title text not null, product text, quantity integer,
      customer text, due_at integer, start_at integer, fulfilment text, priority integer not null, notes text, attributes text not null,
      named integer not null, letter text, has_ticket integer not null, missing text not null, hot_folder_id integer references hot_folder (id),
      created_at integer not null, updated_at integer not null, last_seq integer not null, status text not null, custom text,
      status_at integer, status_seq integer not null, stage text not null, stage_seq integer not null, tracks text not null, problems text not null,
      attention integer not null
    ) strict`,
    // The number is what people read aloud: one job for each. Also finds the job a file name or a ticket speaks of.
    'create unique index job_by_number on job (order_no, job_no)',
    // Lists are always newest first; with `id` in the index each filter reads just the page it shows.
    'create index job_by_stage on job (stage, id)',
    'create index job_by_status on job (status, id)',
    'create index job_by_hot_folder on job (hot_folder_id, id)',
    // A press screen asks for what waits at its printer, all the time.
    'create index job_by_hot_folder_and_stage on job (hot_folder_id, stage, id)',
    // Few of a million jobs need somebody; only those are in here.
    'create index job_with_attention on job (id) where attention > 0',

    // One line of a job's history. `seq` counts without gaps over all jobs; screens and outside systems catch up by it.
    // `undoes` names the event this one takes back.
    `create table event (
      seq integer primary key, job_id integer not null references job (id), code text not null, track text not null, custom text,
      at integer not null, actor text not null, station text, reason text, data text not null, undoes integer references event (seq)
    ) strict`,
    // The history of one job.
    'create index event_by_job on event (job_id, seq)',
    // An event is taken back once at most.
    'create unique index event_undone on event (undoes) where undoes is not null',
    // History is append-only, whatever code runs above.
    "create trigger event_stays before update on event begin select raise(abort, 'history is append-only'); end",
    "create trigger event_is_kept before delete on event begin select raise(abort, 'history is append-only'); end",

    // A print file of a job. The same name again is the next `version`; only the newest is `current`. `filed`: the original
    // lies at `archive_path`. `name_key`: the name as it is compared. `own_number`: its job has a number of ours.
    `create table file (
      id integer primary key, job_id integer not null references job (id), name text not null, name_key text not null, version integer not null,
      current integer not null, size integer not null, sha256 text not null, type text not null, source_path text not null,
      archive_path text not null, filed integer not null, arrived_at integer not null, own_number integer not null
    ) strict`,
    'create index file_by_job on file (job_id)',
    // Two originals never share a place in the archive.
    'create unique index file_in_archive on file (archive_path)',
    // A file found again by a rescan: was it taken in already.
    'create index file_by_source on file (source_path)',
    // What a start must finish.
    'create index file_unfiled on file (id) where filed = 0',
    // A ticket, or the same content, that comes after a job we had to number ourselves. Partial, since a shop may send one
    // content under thousands of proper numbers.
    'create index file_unnamed_by_name on file (name_key, job_id) where own_number = 1',
    'create index file_unnamed_by_content on file (sha256, job_id) where own_number = 1',

    // A file a ticket names that has not come yet; `job.missing` has the names as written, this finds the job by the name.
    'create table missing_file (job_id integer not null references job (id), name_key text not null, primary key (name_key, job_id)) strict',
    'create index missing_by_job on missing_file (job_id)',

    // One delivery to a hot folder: first the intent (name, size, hash), then how far it came. Never removed: it is also the
    // ledger against printing twice. `mark`: what the verified copy looked like just before it got its name.
    // `open`: it may still lie in the hot folder, or come; `name_key`: the name as it is compared.
    `create table delivery (
      id integer primary key, job_id integer not null references job (id), file_id integer references file (id),
      hot_folder_id integer not null references hot_folder (id), name text not null, name_key text not null, size integer not null, sha256 text not null,
      state text not null, open integer not null, send integer not null, tries integer not null, reason_code text, raw text, next_try_at integer, mark text,
      priority integer not null, created_at integer not null, delivered_at integer
    ) strict`,
    'create index delivery_by_job on delivery (job_id)',
    // The queue of a folder in the order it is worked: the next one is found without sorting.
    // When a folder has to look again: few rows, those that failed lately or are held.
    'create index delivery_retry on delivery (hot_folder_id, next_try_at) where next_try_at is not null',
    'create index delivery_queue on delivery (hot_folder_id, state, priority desc, id)',

    // Whose file is it that lies there under this name.
    'create index delivery_open_by_name on delivery (hot_folder_id, name_key) where open = 1',

    // A hot folder. `removed` ones are kept: old deliveries still name them.
    `create table hot_folder (
      id integer primary key, name text not null, settings text not null, staging_path text not null, marker_path text not null, marker text not null, health text,
      removed integer not null
    ) strict`,
    // Which hot folder a job belongs to. May name a folder that was removed: the job then says so instead of going astray.
    'create table rule (id integer primary key, position integer not null, name text not null, conditions text not null, hot_folder_id integer) strict',
    // What the shop changed; anything not in here has its default.
    'create table setting (name text primary key, value text not null) strict',

    // What was found in a watched folder and what became of it.
    `create table arrival (
      id integer primary key, name text not null, folder text not null, at integer not null, outcome text not null, job_id integer,
      reason_code text, detail text, path text, sha256 text, seen integer not null
    ) strict`,
    'create index arrival_by_outcome on arrival (outcome, id)',
    // Rejected ones nobody has taken note of: the few the screen asks for all the time.
    "create index arrival_unseen on arrival (id) where seen = 0 and outcome = 'rejected'",

    // A station that may speak to the hub; only a hash of its token is kept.
    `create table station (
      id integer primary key, name text not null, role text not null, token_hash text not null unique, created_at integer not null,
      last_seen_at integer
    ) strict`,
    // The answer given to an action id, so that the same wish sent twice happens once.
    'create table action (id text primary key, fingerprint text not null, answer text not null, at integer not null) strict',
    // Sums that must not be counted anew at a million jobs; changed in the transaction that changes what they count.
    'create table counter (name text primary key, value integer not null) strict',

    // Text search, SQLite only. Holds no text of its own, just the words; rowid is the job's id. The prefix indexes keep the
    // first letters somebody types as fast as the whole word.
    `create virtual table job_search using fts5 (
      number, title, product, customer, files,
      content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3'
    )`,
  ],
};
