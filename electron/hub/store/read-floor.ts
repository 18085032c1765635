/** Reads what the shop has set up (hot folders, rules, settings, stations) and what arrived. */
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import { type Arrival, type Settings, type Station, settingsSchema } from '../../../shared/api.ts';
import {
  type HotFolderSettings,
  hotFolderSettingsSchema,
  probeResultSchema,
  type Rule,
  ruleConditionsSchema,
} from '../../../shared/hot-folder.ts';
import { pageOf, readCursor } from './cursor.ts';
import { iso } from './job-rows.ts';
import type { Snapshot } from './read-jobs.ts';
import type { HotFolderRow, Reader } from './store.ts';
import type { Db, HotFolderTable, Tables } from './tables.ts';
import { template } from './template.ts';

export type FloorReader = Pick<Reader, 'hotFolders' | 'rules' | 'settings' | 'arrivals' | 'stations' | 'stationByTokenHash'>;

/** What holds until the shop says otherwise. */
export const defaultSettings: Settings = {
  shopName: '',
  incoming: [],
  settleMs: 1000,
  incompleteAfterMs: 30_000,
  namePatterns: ['{letter}_{order}_{job}_{rest}', '{order}-{job} {rest}', '{order}-{job}', '{order}_{job}_{rest}', '{order}_{job}'],
  xmlMapping: {},
};

const livingFolders = template((db) => db.selectFrom('hot_folder').selectAll().where('removed', '=', 0).orderBy('id'));
const allRules = template((db) => db.selectFrom('rule').selectAll().orderBy('position').orderBy('id'));
const allSettings = template((db) => db.selectFrom('setting').selectAll());
const allStations = template((db) => db.selectFrom('station').selectAll().orderBy('id'));
const stationByHash = template((db, hash: string) => db.selectFrom('station').selectAll().where('token_hash', '=', hash));

export function hotFolderFrom(row: Selectable<HotFolderTable>): HotFolderRow {
  const settings: HotFolderSettings = hotFolderSettingsSchema.parse(JSON.parse(row.settings));
  const health = row.health === null ? null : probeResultSchema.parse(JSON.parse(row.health));
  return { ...settings, id: row.id, stagingPath: row.staging_path, markerPath: row.marker_path, marker: row.marker, health };
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
  };
}

export function arrivalFrom(row: Selectable<Tables['arrival']>): Arrival {
  const { id, name, folder, outcome, detail, path } = row;
  return {
    id,
    name,
    folder,
    at: iso(row.at),
    outcome,
    jobId: row.job_id,
    reasonCode: row.reason_code,
    detail,
    path,
    seen: row.seen === 1,
    question: null,
    answer: null,
  };
}

export async function readSettings(db: Db): Promise<Settings> {
  const changed = Object.fromEntries((await allSettings(db)).map((row) => [row.name, JSON.parse(row.value) as unknown]));
  return settingsSchema.parse({ ...defaultSettings, ...changed });
}

export function floorReader(snapshot: Snapshot): FloorReader {
  return {
    hotFolders: () => snapshot(async (db) => (await livingFolders(db)).map(hotFolderFrom)),
    rules: () => snapshot(async (db) => (await allRules(db)).map(ruleFrom)),
    settings: () => snapshot(readSettings),
    stations: () => snapshot(async (db) => (await allStations(db)).map(stationFrom)),
    stationByTokenHash: (hash) => snapshot(async (db) => (await stationByHash(db, hash)).map(stationFrom)[0] ?? null),
    arrivals: ({ outcome, unseen, limit, cursor }) =>
      snapshot(async (db) => {
        let found = db
          .selectFrom('arrival')
          .selectAll()
          .orderBy('id', 'desc')
          .limit(limit + 1);
        if (outcome !== undefined) found = found.where('outcome', '=', outcome);
        if (unseen === true) found = found.where('seen', '=', sql.lit<0>(0)).where('outcome', '=', sql.lit<'rejected'>('rejected'));
        if (cursor !== undefined) found = found.where('id', '<', readCursor(cursor));
        const { rows, next } = pageOf(await found.execute(), limit);
        return { items: rows.map(arrivalFrom), next };
      }),
  };
}
