/**
 * The connection that writes to a SQLite file, as the write line uses it. Never waits for a lock inside SQLite, which would stop everything else. What is committed stands in
 * the write-ahead log, and is durable when that is flushed.
 */
import type { Database } from 'better-sqlite3';
import type { Log } from '../../ports/ports.ts';
import type { WritingEngine } from '../engine.ts';
import type { Db } from '../tables.ts';

/** The steps of a transaction. */
export function stepsOf(database: Database): Pick<WritingEngine, 'begin' | 'commit' | 'rollback'> {
  return {
    begin: () => void database.exec('begin immediate'),
    commit: () => void database.exec('commit'),
    rollback: () => {
      try {
        if (database.inTransaction) database.exec('rollback');
      } catch {
        // A damaged file may let nothing end: then nothing is committed either.
      }
    },
  };
}

export function writeThrough(database: Database, db: Db, log: Pick<Log, 'flush'>): WritingEngine {
  // Prepared once: they stand around a write that is fenced.
  const [save, release, goBack] = ['savepoint one', 'release one', 'rollback to one'].map((sql) => database.prepare(sql));
  const steps = stepsOf(database);
  return {
    ...steps,
    save: () => void save?.run(),
    release: () => void release?.run(),
    goBack: () => void goBack?.run(),
    fateOfCommit: async () => 'unknown',
    changed: db.changed,
    isLost: () => !database.inTransaction,
    isSpoiled: () => false,
    makeDurable: log.flush,
    prepareAgain: () => {
      // Written once more from the log into the file and flushed there: a second flush of the log alone may lie after a failed one.
      try {
        database.pragma('wal_checkpoint(TRUNCATE)');
      } catch {
        // Still full: the next flush says so.
      }
    },
    // The head of the file is written as it is.
    probe: () => {
      try {
        database.exec('begin immediate');
        database.pragma(`user_version = ${Number(database.pragma('user_version', { simple: true }))}`);
        database.exec('commit');
      } catch (error) {
        void steps.rollback();
        throw error;
      }
    },
  };
}
