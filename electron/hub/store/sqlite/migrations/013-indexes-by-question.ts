/** An index for each set of filters of the list of jobs: where two were asked for, the wider of two indexes was walked to its end, half a minute at a million jobs. */
import type { Migration } from '../../migration.ts';

export const indexesByQuestion: Migration = {
  number: 13,
  name: 'indexes by question',
  statements: [
    'create index job_by_status_and_stage on job (status, stage, id)',
    // With the stage behind the id, status, hot folder and stage together are looked up in here alone.
    'create index job_by_status_and_hot_folder on job (status, hot_folder_id, id, stage)',
    // What the few that need somebody are asked for besides is looked up in here alone.
    'drop index job_with_attention',
    'create index job_with_attention on job (id, status, stage, hot_folder_id) where attention > 0',
    // Does a job wait for something? Asked as it goes its way, and all tasks were read for it.
    'create index task_by_job on task (job_id) where job_id is not null',
  ],
};
