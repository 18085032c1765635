/** One hub a data folder. The lock is SQLite's own, held by the open file, so it ends with the process however that ends. */

import { join } from 'node:path';
import Database from 'better-sqlite3';
import { said } from '../../../../shared/words/say.ts';
import { Refusal } from '../../parts.ts';

export function lockPath(dataPath: string): string {
  return join(dataPath, '.lock');
}

/** Takes the data folder for this process; answers how to give it back. @throws Refusal when another hub has it */
export function lockData(dataPath: string): () => void {
  const db = new Database(lockPath(dataPath), { timeout: 0 });
  try {
    db.pragma('locking_mode = EXCLUSIVE');
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (!(error instanceof Error) || (error as { code?: string }).code !== 'SQLITE_BUSY') throw error;
    throw new Refusal('CONFLICT', said('refusals.runsAlready', { path: dataPath }));
  }
  return () => db.close();
}
