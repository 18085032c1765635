/** What a job is part of by now, and what its tickets left open: whether they want an approval, and whether its number is only a count. */
import type { Migration } from '../../migration.ts';

export const joinedJobs: Migration = {
  number: 7,
  name: 'joined jobs',
  statements: [
    // The job that has its files and deliveries since a ticket said whose they are; null for every other.
    'alter table job add column part_of integer references job (id)',
    `update job set part_of = (
        select json_extract(event.data, '$.jobId') from event
        where event.job_id = job.id and event.code = 'CustomStatus' and event.custom = 'Joined' order by event.seq desc limit 1
      ) where instr(tracks, '"Joined"') > 0`,
    // Which jobs are part of this one. Partial: hardly any is.
    'create index job_part_of on job (part_of) where part_of is not null',
    // What its tickets said of an approval; null as long as none did.
    'alter table job add column approval text',
    // Its number was counted within the file that made it, since that said none: the same count of another file may be another job.
    'alter table job add column counted integer not null default 0',
  ],
};
