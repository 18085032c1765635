/** Writes what the shop has set up (hot folders, rules, settings, stations) and what arrived. */

import { sql } from 'kysely';
import { type Settings, settingsSchema } from '../../../shared/api.ts';
import { type HotFolderSettings, hotFolderSettingsSchema } from '../../../shared/hot-folder.ts';
import { placeOfNew } from '../../../shared/routing.ts';
import { addRevision, type Pending } from './pending.ts';
import { notCountedName, placeFrom, readSettings, ruleFrom, stationFrom } from './read-floor.ts';
import type { HotFolderRow, NewPlace, PlaceRow, Writer } from './store.ts';
import { type Db, flag } from './tables.ts';
import { addTo, changeIn } from './template.ts';

export type FloorWriter = Pick<
  Writer,
  | 'addHotFolder'
  | 'changeHotFolder'
  | 'correctLocation'
  | 'knowFolder'
  | 'removeHotFolder'
  | 'addRule'
  | 'changeRule'
  | 'removeRule'
  | 'changeSettings'
  | 'setNotCounted'
  | 'addStation'
  | 'removeStation'
  | 'seeStation'
  | 'forgetEndedTokens'
>;

const addHotFolderRow = addTo('hot_folder');
const changeHotFolderRow = changeIn('hot_folder');
const addPlaceRow = addTo('place');
const changePlace = changeIn('place');
const addRuleRow = addTo('rule');
const changeRuleRow = changeIn('rule');
const addStationRow = addTo('station');
const changeStation = changeIn('station');

type FolderChange = Parameters<FloorWriter['changeHotFolder']>[1];

async function addPlace(db: Db, hotFolderId: number, { path, location }: HotFolderSettings, place: NewPlace): Promise<PlaceRow> {
  const row = {
    hot_folder_id: hotFolderId,
    folder_path: path,
    location,
    staging_path: place.stagingPath,
    marker_path: place.markerPath,
    marker: place.marker,
  };
  let same = db.selectFrom('place').selectAll();
  for (const [column, value] of Object.entries(row)) same = same.where(sql.ref(column), '=', value);
  const known = await same.executeTakeFirst();
  return placeFrom(known ?? { id: await addPlaceRow(db, { ...row, folder_id: null }), ...row, folder_id: null });
}

async function addHotFolder(
  db: Db,
  settings: HotFolderSettings,
  { health, pausedBy = null, ...place }: Parameters<FloorWriter['addHotFolder']>[1],
): Promise<HotFolderRow> {
  const row = {
    name: settings.name,
    settings: JSON.stringify(settings),
    place_id: null,
    health: health === null ? null : JSON.stringify(health),
    removed: flag(false),
    paused_by: pausedBy?.actor ?? null,
    paused_at: pausedBy?.at ?? null,
  };
  const id = await addHotFolderRow(db, row);
  const added = await addPlace(db, id, settings, place);
  await changeHotFolderRow(db, id, { place_id: added.id });
  return { ...settings, id, place: added, health, pausedBy };
}

async function changeHotFolder(db: Db, pending: Pending, id: number, change: FolderChange): Promise<void> {
  const { place, health, pausedBy, ...settings } = change;
  const row = await db.selectFrom('hot_folder').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const next = hotFolderSettingsSchema.parse({ ...JSON.parse(row.settings), ...settings });
  await changeHotFolderRow(db, id, {
    name: next.name,
    settings: JSON.stringify(next),
    ...(place !== undefined && { place_id: (await addPlace(db, id, next, place)).id }),
    ...(health !== undefined && { health: health === null ? null : JSON.stringify(health) }),
    ...(pausedBy !== undefined && { paused_by: pausedBy?.actor ?? null, paused_at: pausedBy?.at ?? null }),
  });
  // Its jobs are told with its name.
  if (next.name !== row.name) addRevision(pending);
}

async function correctLocation(
  db: Db,
  pending: Pending,
  { id, path }: { readonly id: number; readonly path: string },
  location: HotFolderSettings['location'],
): Promise<void> {
  await changeHotFolder(db, pending, id, { location });
  await db.updateTable('place').set({ location }).where('hot_folder_id', '=', id).where('folder_path', '=', path).execute();
}

async function changeSettings(db: Db, change: Partial<Settings>): Promise<Settings> {
  const checked = settingsSchema.partial().parse(change);
  for (const [name, value] of Object.entries(checked)) if (value !== undefined) await set(db, name, value);
  return readSettings(db);
}

async function set(db: Db, name: string, value: unknown): Promise<void> {
  const text = JSON.stringify(value);
  await db
    .insertInto('setting')
    .values({ name, value: text })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: text }))
    .execute();
}

/** Rules that stand there or behind it move down, so that no two stand at the same place. */
async function makePlace(db: Db, position: number, ownId: number | null): Promise<void> {
  const rules = await db
    .selectFrom('rule')
    .select(['id', 'position'])
    .where('position', '>=', position)
    .orderBy('position')
    .orderBy('id')
    .execute();
  let taken = position;
  for (const rule of rules) {
    if (rule.id === ownId) continue;
    if (rule.position > taken) break;
    taken += 1;
    await changeRuleRow(db, rule.id, { position: taken });
  }
}

function ruleWriter(db: Db, pending: Pending): Pick<FloorWriter, 'addRule' | 'changeRule' | 'removeRule'> {
  return {
    addRule: async ({ name, conditions, hotFolderId, position }) => {
      pending.touched.add('rules');
      const place = position ?? placeOfNew((await db.selectFrom('rule').selectAll().execute()).map(ruleFrom), conditions);
      await makePlace(db, place, null);
      const id = await addRuleRow(db, { position: place, name, conditions: JSON.stringify(conditions), hot_folder_id: hotFolderId });
      return { id, position: place, name, conditions, hotFolderId };
    },
    changeRule: async (id, { position, name, conditions, hotFolderId }) => {
      pending.touched.add('rules');
      if (position !== undefined) await makePlace(db, position, id);
      await changeRuleRow(db, id, {
        ...(position !== undefined && { position }),
        ...(name !== undefined && { name }),
        ...(conditions !== undefined && { conditions: JSON.stringify(conditions) }),
        ...(hotFolderId !== undefined && { hot_folder_id: hotFolderId }),
      });
    },
    removeRule: async (id) => {
      pending.touched.add('rules');
      await db.deleteFrom('rule').where('id', '=', id).execute();
    },
  };
}

function stationWriter(db: Db): Pick<FloorWriter, 'addStation' | 'removeStation' | 'seeStation' | 'forgetEndedTokens'> {
  return {
    addStation: async (name, role, tokenHash, at, endsAt = null) => {
      const row = { name, role, token_hash: tokenHash, created_at: at, last_seen_at: null, ends_at: endsAt, seen_from: null };
      return stationFrom({ id: await addStationRow(db, row), ...row });
    },
    removeStation: async (id, at) => {
      const row = await db.selectFrom('station').selectAll().where('id', '=', id).executeTakeFirst();
      if (row === undefined) return null;
      await db.deleteFrom('station').where('id', '=', id).execute();
      await db.insertInto('ended_token').values({ token_hash: row.token_hash, station: row.name, ended_at: at }).execute();
      return stationFrom(row);
    },
    seeStation: (id, at, from) => changeStation(db, id, { last_seen_at: at, seen_from: from }),
    forgetEndedTokens: async (before) => void (await db.deleteFrom('ended_token').where('ended_at', '<', before).execute()),
  };
}

export function floorWriter(db: Db, pending: Pending): FloorWriter {
  const changing = async <Result>(change: () => Promise<Result>): Promise<Result> => {
    pending.touched.add('hotFolders');
    try {
      return await change();
    } finally {
      pending.folders.clear();
    }
  };
  return {
    addHotFolder: (settings, kept) => changing(() => addHotFolder(db, settings, kept)),
    changeHotFolder: (id, change) => changing(() => changeHotFolder(db, pending, id, change)),
    correctLocation: (folder, location) => changing(() => correctLocation(db, pending, folder, location)),
    knowFolder: (placeId, folderId) => changing(() => changePlace(db, placeId, { folder_id: folderId })),
    removeHotFolder: (id) => changing(() => changeHotFolderRow(db, id, { removed: 1 })),
    ...ruleWriter(db, pending),
    changeSettings: async (change) => {
      pending.touched.add('settings');
      return changeSettings(db, change);
    },
    setNotCounted: (folders) => set(db, notCountedName, folders),
    ...stationWriter(db),
  };
}
