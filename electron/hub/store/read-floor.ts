/** Reads what the shop has set up (hot folders, rules, settings, stations). */
import { type Selectable, sql } from 'kysely';
import { z } from 'zod';
import { type Settings, type Station, settingsSchema } from '../../../shared/api.ts';
import { type DeliveryState, goingOnStates } from '../../../shared/delivery.ts';
import {
  type HotFolderSettings,
  hotFolderSettingsSchema,
  probeResultSchema,
  type Rule,
  ruleConditionsSchema,
} from '../../../shared/hot-folder.ts';
import { isTimeZone } from '../../../shared/shop-time.ts';
import { alwaysOpen } from '../../../shared/work-calendar.ts';
import { languageOfComputer } from '../language.ts';
import { iso } from './job-rows.ts';
import { takenSince } from './read-files.ts';
import type { Snapshot } from './read-jobs.ts';
import type { HotFolderRow, NotCounted, PlaceRow, Reader } from './store.ts';
import type { Db, HotFolderTable, PlaceTable, Tables } from './tables.ts';
import { template } from './template.ts';

export type FloorReader = Pick<
  Reader,
  'hotFolders' | 'hotFolder' | 'placesLeft' | 'rules' | 'settings' | 'notCounted' | 'stations' | 'stationByTokenHash' | 'endedToken'
>;

/** What holds until the shop says otherwise. */
export const defaultSettings: Settings = {
  shopName: '',
  incoming: [],
  settleMs: 1000,
  incompleteAfterMs: 30_000,
  namePatterns: ['{letter}_{order}_{job}_{rest}', '{order}-{job} {rest}', '{order}-{job}', '{order}_{job}_{rest}', '{order}_{job}'],
  timeZone: zoneOfComputer(),
  calendar: alwaysOpen,
  language: languageOfComputer(),
  // As long as a shift
  askAfterHours: 8,
  xmlMapping: {},
};

function zoneOfComputer(): string {
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return isTimeZone(zone) ? zone : 'UTC';
}

const livingFolders = template((db) => foldersWithPlace(db).where('removed', '=', sql.lit<0>(0)).orderBy('hot_folder.id'));
const folderById = template((db, id: number) => db.selectFrom('hot_folder').selectAll().where('id', '=', id));
const placeById = template((db, id: number) => db.selectFrom('place').selectAll().where('id', '=', id));
const foldersWithAllPlaces = template((db) =>
  db
    .selectFrom('place')
    .innerJoin('hot_folder', 'hot_folder.id', 'place.hot_folder_id')
    .selectAll('hot_folder')
    .select(['place.id as owned_id', 'folder_path', 'location', 'staging_path', 'marker_path', 'marker', 'folder_id'])
    .orderBy('place.id'),
);
const oneIn = template((db, placeId: number, state: DeliveryState) =>
  db.selectFrom('delivery').select('id').where('place_id', '=', placeId).where('state', '=', state).limit(sql.lit(1)),
);
const allRules = template((db) => db.selectFrom('rule').selectAll().orderBy('position').orderBy('id'));
const allSettings = template((db) => db.selectFrom('setting').selectAll());
const allStations = template((db) => db.selectFrom('station').selectAll().orderBy('id'));
const stationByHash = template((db, hash: string) => db.selectFrom('station').selectAll().where('token_hash', '=', hash));
const endedByHash = template((db, hash: string) => db.selectFrom('ended_token').select('station').where('token_hash', '=', hash));

function foldersWithPlace(db: Db) {
  return db
    .selectFrom('hot_folder')
    .innerJoin('place', 'place.id', 'hot_folder.place_id')
    .selectAll('hot_folder')
    .select(['folder_path', 'location', 'staging_path', 'marker_path', 'marker', 'folder_id'])
    .$narrowType<{ place_id: number }>();
}

export function placeFrom(row: Selectable<PlaceTable>): PlaceRow {
  return {
    id: row.id,
    hotFolderId: row.hot_folder_id,
    folderPath: row.folder_path,
    location: row.location,
    stagingPath: row.staging_path,
    markerPath: row.marker_path,
    marker: row.marker,
    folderId: row.folder_id,
  };
}

type StoredFolder = Selectable<HotFolderTable> & Omit<Selectable<PlaceTable>, 'id' | 'hot_folder_id'> & { place_id: number };

/** A row is read for each file that goes there and hardly ever changes: its texts are parsed once. */
function parsedOnce<Value>(parse: (text: string) => Value): (text: string) => Value {
  const kept = new Map<string, Value>();
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const value = parse(text);
    if (kept.size >= mostParsed) kept.clear();
    kept.set(text, value);
    return value;
  };
}
const mostParsed = 500;
const parseSettings = parsedOnce((text): HotFolderSettings => hotFolderSettingsSchema.parse(JSON.parse(text)));
const parseHealth = parsedOnce((text) => probeResultSchema.parse(JSON.parse(text)));

export function hotFolderFrom(row: StoredFolder): HotFolderRow {
  const settings = parseSettings(row.settings);
  const health = row.health === null ? null : parseHealth(row.health);
  const { paused_by: actor, paused_at: at } = row;
  const pausedBy = settings.paused && actor !== null && at !== null ? { actor, at } : null;
  return { ...settings, id: row.id, place: placeFrom({ ...row, id: row.place_id, hot_folder_id: row.id }), health, pausedBy };
}

/** Asked for each file that goes there. Two statements, since one with a join is planned anew at every call. */
async function livingFolder(db: Db, id: number): Promise<HotFolderRow | null> {
  const [folder] = await folderById(db, id);
  if (folder === undefined || folder.removed === 1 || folder.place_id === null) return null;
  const { place_id } = folder;
  const [place] = await placeById(db, place_id);
  return place === undefined ? null : hotFolderFrom({ ...place, ...folder, place_id });
}

/** Hot folders at a place they have left, or that belong to a removed one, where something is still to be done or to be seen. */
async function placesLeft(db: Db, takenAfter: number): Promise<HotFolderRow[]> {
  const left: HotFolderRow[] = [];
  for (const { owned_id, ...row } of await foldersWithAllPlaces(db)) {
    if (row.removed === 0 && row.place_id === owned_id) continue;
    let goesOn = (await takenSince(db, owned_id, takenAfter, 1)).length > 0;
    for (const state of goingOnStates) goesOn ||= (await oneIn(db, owned_id, state)).length > 0;
    if (goesOn) left.push(hotFolderFrom({ ...row, place_id: owned_id }));
  }
  return left;
}

export function ruleFrom(row: Selectable<Tables['rule']>): Rule {
  return {
    id: row.id,
    position: row.position,
    name: row.name,
    conditions: ruleConditionsSchema.parse(JSON.parse(row.conditions)),
    hotFolderId: row.hot_folder_id,
  };
}

export function stationFrom(row: Selectable<Tables['station']>): Station {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    createdAt: iso(row.created_at),
    lastSeenAt: row.last_seen_at === null ? null : iso(row.last_seen_at),
    lastSeenFrom: row.seen_from,
    endsAt: row.ends_at === null ? null : iso(row.ends_at),
  };
}

export async function readSettings(db: Db): Promise<Settings> {
  const changed = Object.fromEntries((await allSettings(db)).map((row) => [row.name, JSON.parse(row.value) as unknown]));
  return settingsSchema.parse({ ...defaultSettings, ...changed });
}

/** Kept beside the settings and none of them; a version that does not know it passes it over. */
export const notCountedName = 'incomingNotCounted';

async function readNotCounted(db: Db): Promise<NotCounted[]> {
  const row = (await allSettings(db)).find(({ name }) => name === notCountedName);
  return row === undefined ? [] : notCountedSchema.parse(JSON.parse(row.value));
}
const notCountedSchema = z.array(z.object({ path: z.string(), emptyIno: z.string().nullable() }));

export function floorReader(snapshot: Snapshot): FloorReader {
  return {
    hotFolders: () => snapshot(async (db) => (await livingFolders(db)).map(hotFolderFrom)),
    hotFolder: (id) => snapshot((db) => livingFolder(db, id)),
    placesLeft: (takenAfter) => snapshot((db) => placesLeft(db, takenAfter)),
    rules: () => snapshot(async (db) => (await allRules(db)).map(ruleFrom)),
    settings: () => snapshot(readSettings),
    notCounted: () => snapshot(readNotCounted),
    stations: () => snapshot(async (db) => (await allStations(db)).map(stationFrom)),
    stationByTokenHash: (hash) => snapshot(async (db) => (await stationByHash(db, hash)).map(stationFrom)[0] ?? null),
    endedToken: (hash) => snapshot(async (db) => (await endedByHash(db, hash))[0]?.station ?? null),
  };
}
