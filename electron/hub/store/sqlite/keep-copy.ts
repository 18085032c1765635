/**
 * Before a newer program changes the shape of the record, a copy of it is kept beside it: `printfloor.before-2.sqlite` is the record as it was before change 2.
 * Promises: a copy has its name only when it is whole and on disk; only the owner may read it; none is ever written over; where it cannot be made, nothing
 * is changed. Keeps the last three.
 */
import { closeSync, existsSync, fsyncSync, linkSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import type Database from 'better-sqlite3';
import { said } from '../../../../shared/words/say.ts';
import { Refusal } from '../../parts.ts';

const mostKept = 3;

type Copy = { readonly name: string; readonly change: number; readonly turn: number };

function stemOf(path: string): string {
  return basename(path, extname(path));
}

/** The copies there are, the oldest first. A second copy before the same change is its second turn. */
function copiesBeside(path: string): Copy[] {
  const start = `${stemOf(path)}.before-`;
  const copies = readdirSync(dirname(path)).flatMap((name): Copy[] => {
    const [, change, turn] = (name.startsWith(start) && /^(\d+)(?:-(\d+))?$/.exec(name.slice(start.length, -extname(path).length))) || [];
    return change === undefined || !name.endsWith(extname(path)) ? [] : [{ name, change: Number(change), turn: Number(turn ?? 1) }];
  });
  return copies.sort((one, other) => one.change - other.change || one.turn - other.turn);
}

function flush(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Windows keeps names without being asked. */
function flushNames(folderPath: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(folderPath, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** Gives a name that nothing has. exFAT has no links; there it is looked up first, which serves where only we give such names. */
function giveName(draftPath: string, path: string): void {
  try {
    linkSync(draftPath, path);
    rmSync(draftPath);
  } catch (error) {
    if (existsSync(path)) throw error;
    renameSync(draftPath, path);
  }
}

async function makeCopy(database: Database.Database, change: number): Promise<void> {
  const folderPath = dirname(database.name);
  const [stem, type] = [stemOf(database.name), extname(database.name)];
  // Whatever an earlier start could not finish.
  const draftPath = join(folderPath, `${stem}.before.part`);
  rmSync(draftPath, { force: true });
  const turn = (copiesBeside(database.name).findLast((copy) => copy.change === change)?.turn ?? 0) + 1;
  try {
    closeSync(openSync(draftPath, 'wx', 0o600));
    await database.backup(draftPath);
    flush(draftPath);
    giveName(draftPath, join(folderPath, `${stem}.before-${change}${turn === 1 ? '' : `-${turn}`}${type}`));
    flushNames(folderPath);
  } catch (error) {
    rmSync(draftPath, { force: true });
    rmSync(`${draftPath}-journal`, { force: true });
    throw error;
  }
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(SQLITE_FULL|ENOSPC|EDQUOT)$/.test(String(error.code));
}

/**
 * Keeps a copy of the record as it is before change number `change`.
 * @throws Refusal with the reason when it cannot; the record is as it was
 */
export async function keepCopy(database: Database.Database, change: number): Promise<void> {
  try {
    await makeCopy(database, change);
  } catch (error) {
    if (isFull(error)) throw new Refusal('NOT_NOW', said('refusals.noRoomForCopy', { path: database.name }));
    const raw = error instanceof Error ? error.message : String(error);
    throw new Refusal('NOT_NOW', said('refusals.noCopy', { path: database.name, raw }));
  }
  for (const { name } of copiesBeside(database.name).slice(0, -mostKept)) rmSync(join(dirname(database.name), name), { force: true });
}
