/** A job whose files go to several hot folders is found at each of them. */
import type { Migration } from '../../migration.ts';

export const pressesOfAJob: Migration = {
  number: 8,
  name: 'presses of a job',
  statements: [
    // Hot folders that have or had deliveries of a job, besides the one in `job.hot_folder_id`. Few jobs have any; whether one still counts its deliveries tell.
    `create table job_press (
      hot_folder_id integer not null references hot_folder (id), job_id integer not null references job (id), primary key (hot_folder_id, job_id)
    ) strict`,
    `insert into job_press (hot_folder_id, job_id)
      select distinct delivery.hot_folder_id, delivery.job_id from delivery join job on job.id = delivery.job_id
      where job.hot_folder_id is null or job.hot_folder_id <> delivery.hot_folder_id`,
  ],
};
