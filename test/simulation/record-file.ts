/** The database of a simulated hub: a real file on a disk of memory. A crash leaves it as the last flush, or the last commit, had it. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openStore } from '../../electron/hub/store/open.ts';

export type Image = { readonly file: Buffer; readonly log: Buffer };

/** From this size on SQLite moves the log into the file, and flushes both by itself. */
const movedFrom = 4_000_000;

const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
let folder: string | null = null;
let fresh: Image | null = null;
let files = 0;

function folderPath(): string {
  if (folder === null) {
    const made = mkdtempSync(join(memory, 'printfloor-simulation-'));
    folder = made;
    process.once('exit', () => rmSync(made, { recursive: true, force: true }));
  }
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** An empty record in today's shape, made once. */
export async function freshImage(): Promise<Image> {
  if (fresh === null) {
    const path = join(folderPath(), 'fresh.sqlite');
    await (await openStore({ path })).close();
    fresh = { file: readFileSync(path), log: Buffer.alloc(0) };
  }
  return fresh;
}

/** Lays an image out as files; answers the path of the database. */
export function layOut(image: Image): string {
  const path = join(folderPath(), `${files++}.sqlite`);
  writeFileSync(path, image.file);
  if (image.log.length > 0) writeFileSync(`${path}-wal`, image.log);
  return path;
}

export function logBytes(path: string): number {
  return statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
}

/** What lies there now; with `flushedBytes` of the log only, unless SQLite has flushed more itself. */
export function imageOf(path: string, flushedBytes = Number.POSITIVE_INFINITY): Image {
  const log = existsSync(`${path}-wal`) ? readFileSync(`${path}-wal`) : Buffer.alloc(0);
  return { file: readFileSync(path), log: log.length >= movedFrom ? log : log.subarray(0, flushedBytes) };
}

/** Locks the file as another program does that writes; answers how to let go. */
export function holdFile(path: string): () => void {
  const other = new Database(path, { timeout: 0 });
  try {
    other.exec('begin immediate');
  } catch {
    other.close();
    return () => undefined;
  }
  return () => {
    other.exec('rollback');
    other.close();
  };
}

/** What SQLite itself finds wrong with the record of a hub that runs; null: nothing. */
export function faultIn(path: string): string | null {
  const other = new Database(path, { readonly: true });
  try {
    const found = other.pragma('integrity_check(1)', { simple: true });
    return found === 'ok' ? null : String(found);
  } finally {
    other.close();
  }
}

export function clear(path: string): void {
  for (const ending of ['', '-wal', '-shm']) rmSync(`${path}${ending}`, { force: true });
}
