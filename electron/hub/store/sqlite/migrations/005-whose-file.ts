/** Whose file is it: what the answer needs to be found by, the questions that wait for a person, and what could not be moved away. */
import type { Migration } from '../../migration.ts';

export const whoseFile: Migration = {
  number: 5,
  name: 'whose file',
  statements: [
    // Names its tickets gave, come or not; those of older jobs are not known, and nothing is concluded from that.
    "alter table job add column ticket_files text not null default '[]'",
    // `has_ticket`: its job has one, so that the file may be known by nothing but its name or content.
    'alter table file add column has_ticket integer not null default 0',
    'update file set has_ticket = 1 where job_id in (select id from job where has_ticket = 1)',
    // A correction of a file, or the same again, under a name that says nothing. Partial: most jobs have no ticket.
    'create index file_ticketed_by_name on file (name_key, job_id) where has_ticket = 1',
    'create index file_ticketed_by_content on file (sha256, job_id) where has_ticket = 1',
    // Sub-folders that tickets lay in. A folder with tickets of one order is that order's own; where a second order's lay, it proves
    // nothing, and no further ones are noted.
    'create table ticket_folder (folder text not null, job_id integer not null references job (id), order_no text not null, primary key (folder, job_id)) strict',
    'create index ticket_folder_by_job on ticket_folder (job_id)',
    // An arrival that a person must decide: what is asked, and the answer. Its file lies at `path`.
    'alter table arrival add column question text',
    'alter table arrival add column answer text',
    // What was dealt with but could not be moved away: not dealt with again while this very file lies there. `waits`: dealt with again
    // once it can be read.
    `create table left_behind (
      place text primary key, size integer not null, mtime_ms real not null, ino text not null, sha256 text, arrival_id integer, waits integer not null
    ) strict`,
  ],
};
