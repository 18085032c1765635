/** Where a delivery goes is kept with the delivery: a hot folder may be changed or removed later, and what lies somewhere lies there still. */
import type { Migration } from '../../migration.ts';

export const places: Migration = {
  number: 2,
  name: 'places',
  statements: [
    // Where the files of a hot folder go, as absolute paths. A row is never changed: a hot folder that moves gets another one.
    // `folder_id`: disk and id of the folder itself as last seen alive, by which it is known again without its marker.
    `create table place (
      id integer primary key, hot_folder_id integer not null references hot_folder (id), folder_path text not null, location text not null,
      staging_path text not null, marker_path text not null, marker text not null, folder_id text
    ) strict`,
    `insert into place (hot_folder_id, folder_path, location, staging_path, marker_path, marker)
      select id, json_extract(settings, '$.path'), json_extract(settings, '$.location'), staging_path, marker_path, marker from hot_folder order by id`,
    'alter table hot_folder add column place_id integer references place (id)',
    'update hot_folder set place_id = (select place.id from place where place.hot_folder_id = hot_folder.id)',
    'alter table hot_folder drop column staging_path',
    'alter table hot_folder drop column marker_path',
    'alter table hot_folder drop column marker',

    // `place_id`: where it goes. `outcome`: where its printer shows how far it is, relative to the folder of that place; null where it shows nothing.
    // `wished`: a person sent it, knowing where the job stood.
    'alter table delivery add column place_id integer references place (id)',
    'alter table delivery add column outcome text',
    'alter table delivery add column wished integer not null default 0',
    `update delivery set
      place_id = (select hot_folder.place_id from hot_folder where hot_folder.id = delivery.hot_folder_id),
      outcome = (select nullif(json_extract(hot_folder.settings, '$.outcome'), '{"kind":"none"}') from hot_folder where hot_folder.id = delivery.hot_folder_id)`,
    `update delivery set wished = 1 where state in ('waiting', 'copying', 'publishing') and exists (
      select 1 from event where event.job_id = delivery.job_id and event.code = 'ActionRun' and event.at = delivery.created_at
        and json_extract(event.data, '$.action') in ('send', 'sendAgain'))`,

    // The same as before, but by place: each place is worked and watched by itself.
    'drop index delivery_retry',
    'drop index delivery_queue',
    'drop index delivery_open_by_name',
    'create index delivery_retry on delivery (place_id, next_try_at) where next_try_at is not null',
    'create index delivery_queue on delivery (place_id, state, priority desc, id)',
    'create index delivery_open_by_name on delivery (name_key) where open = 1',
    // Printers that show more than that they took the file are followed for a while.
    "create index delivery_taken on delivery (place_id, delivered_at) where state = 'taken'",
    // Is a file that lies there under another name ours after all.
    'create index delivery_by_size on delivery (size, place_id)',
  ],
};
