/**
 * A data folder with the folders around it as one small file, and back again somewhere else. Keeps what a hub goes by: content, names, times, rights, which
 * names are one file, empty folders, a write-ahead log.
 *
 * The record holds absolute paths, and knows a file by its number on the disk. So the places, the file numbers and the moments of what is still to be done
 * are written anew where it is unpacked, as if the floor had been made there an hour ago. History, the ledger and all else stay to the letter.
 */
import {
  copyFileSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { z } from 'zod';

const entrySchema = z.object({
  path: z.string(),
  kind: z.enum(['folder', 'file']),
  mode: z.number(),
  mtimeMs: z.number(),
  ctimeMs: z.number(),
  ino: z.number(),
  content: z.string().nullable().describe('Brotli in Base64; null for a folder, and for one more name of a file that came before'),
});
type Entry = z.infer<typeof entrySchema>;
const packSchema = z.object({ root: z.string(), madeAt: z.number(), notes: z.json(), entries: z.array(entrySchema) });
type Pack = z.infer<typeof packSchema>;

/** Made anew by SQLite and the hub, of no meaning without the process that had them. */
const passing = /(^|\/)(\.lock(-journal|-wal|-shm)?|printfloor\.sqlite-shm)$/;
const hourMs = 3_600_000;
const databaseName = 'data/printfloor.sqlite';

function entriesBelow(root: string): Entry[] {
  const packed = new Set<number>();
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => !passing.test(path));
  return paths.sort().map((path) => {
    const stats = lstatSync(join(root, path));
    const { mtimeMs, ctimeMs, ino } = stats;
    const content = stats.isFile() && !packed.has(ino) ? brotliCompressSync(readFileSync(join(root, path))).toString('base64') : null;
    if (stats.isFile()) packed.add(ino);
    return { path, kind: stats.isFile() ? 'file' : 'folder', mode: stats.mode & 0o777, mtimeMs, ctimeMs, ino, content };
  });
}

/** Packs everything below `root`; no hub may run on it. `notes` come back from `unpackFloor` as they are. */
export function packFloor(root: string, packPath: string, notes: Pack['notes']): void {
  const pack: Pack = { root, madeAt: Date.now(), notes, entries: entriesBelow(root) };
  writeFileSync(packPath, brotliCompressSync(JSON.stringify(pack)));
}

function placeFiles({ entries }: Pack, root: string, laterMs: number): void {
  const placed = new Map<number, string>();
  for (const { path, kind, mode, mtimeMs, ino, content } of entries) {
    const full = join(root, path);
    const first = placed.get(ino);
    if (kind === 'folder') mkdirSync(full, { recursive: true, mode });
    else if (first !== undefined) linkSync(first, full);
    else {
      writeFileSync(full, brotliDecompressSync(Buffer.from(content ?? '', 'base64')), { mode });
      placed.set(ino, full);
    }
    utimesSync(full, new Date(mtimeMs + laterMs), new Date(mtimeMs + laterMs));
  }
}

/** What a mark on record is where the floor lies now: the same file there, touched since or untouched as it was. */
function markThere(text: string, { entries }: Pack, root: string): string {
  const mark = z.object({ ino: z.number(), ctimeMs: z.number() }).parse(JSON.parse(text));
  const entry = entries.find((one) => one.kind === 'file' && one.ino === mark.ino);
  if (entry === undefined) return text;
  const { ino, ctimeMs } = lstatSync(join(root, entry.path));
  return JSON.stringify({ ino, ctimeMs: mark.ctimeMs === entry.ctimeMs ? ctimeMs : mark.ctimeMs === 0 ? 0 : ctimeMs - 1 });
}

const placeColumns = {
  setting: ['value'],
  hot_folder: ['settings', 'staging_path', 'marker_path'],
  file: ['source_path', 'archive_path'],
  arrival: ['folder', 'path'],
};

function rewrite(database: Database.Database, pack: Pack, root: string, laterMs: number): void {
  for (const [table, columns] of Object.entries(placeColumns))
    for (const column of columns)
      database.prepare(`update ${table} set ${column} = replace(${column}, ?, ?) where ${column} is not null`).run(pack.root, root);
  database.exec(`
    update action set at = at + ${laterMs};
    update job set start_at = start_at + ${laterMs} where start_at < ${pack.madeAt + hourMs};
    update delivery set next_try_at = next_try_at + ${laterMs}, delivered_at = delivered_at + ${laterMs};
  `);
  const marked = database.prepare<[], { id: number; mark: string }>('select id, mark from delivery where mark is not null').all();
  const setMark = database.prepare('update delivery set mark = ? where id = ?');
  for (const { id, mark } of marked) setMark.run(markThere(mark, pack, root), id);
}

/** Writes the places anew, and leaves the log of a killed hub a log that was not yet moved into the database. */
function settleRecord(pack: Pack, root: string, laterMs: number): void {
  const path = join(root, databaseName);
  const hasLog = pack.entries.some((entry) => entry.path === `${databaseName}-wal`);
  const database = new Database(path);
  database.pragma('wal_autocheckpoint = 0');
  database.transaction(() => rewrite(database, pack, root, laterMs)).immediate();
  const files = hasLog ? [path, `${path}-wal`] : [];
  for (const file of files) copyFileSync(file, `${file}.kept`);
  database.close();
  for (const file of files) renameSync(`${file}.kept`, file);
  rmSync(`${path}-shm`, { force: true });
}

/** Unpacks a floor into an empty folder; answers the notes that were packed with it. */
export function unpackFloor(packPath: string, root: string): Pack['notes'] {
  const pack = packSchema.parse(JSON.parse(brotliDecompressSync(readFileSync(packPath)).toString()));
  const laterMs = Date.now() - hourMs - pack.madeAt;
  placeFiles(pack, root, laterMs);
  settleRecord(pack, root, laterMs);
  return pack.notes;
}
