/**
 * Is the file of the record whole? Runs in a process of its own, since SQLite reads all of it and answers nobody meanwhile: half a minute at a million jobs.
 */
import Database from 'better-sqlite3';
import { isDamage } from '../record-trouble.ts';

/** What is wrong with the file, in SQLite's words; null when it is whole. */
export function findDamage(database: Database.Database): string | null {
  const found = String(database.pragma('quick_check(1)', { simple: true }));
  return found === 'ok' ? null : found;
}

/** Only reads, beside whoever works with the file. @throws Error when it cannot be found out */
export function checkRecordAt(path: string): string | null {
  try {
    const database = new Database(path, { readonly: true, fileMustExist: true, timeout: 60_000 });
    try {
      return findDamage(database);
    } finally {
      database.close();
    }
  } catch (error) {
    if (isDamage(error)) return error instanceof Error ? error.message : String(error);
    throw error;
  }
}
