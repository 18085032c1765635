/**
 * Brings a database to the newest shape: numbered migrations, each applied once and in order, all in one transaction.
 * Refuses a database whose migrations are not ours: it was made by a newer program, or somebody altered it.
 */
import type Database from 'better-sqlite3';
import { type Applied, checksumOf, findMismatch, type Migration, missingOf } from '../migration.ts';
import { keepCopy } from './keep-copy.ts';
import { record } from './migrations/001-record.ts';
import { places } from './migrations/002-places.ts';
import { tasks } from './migrations/003-tasks.ts';
import { writtenDates } from './migrations/004-written-dates.ts';
import { whoseFile } from './migrations/005-whose-file.ts';
import { bigDeliveries } from './migrations/006-big-deliveries.ts';
import { joinedJobs } from './migrations/007-joined-jobs.ts';
import { pressesOfAJob } from './migrations/008-presses-of-a-job.ts';
import { whoPaused } from './migrations/009-who-paused.ts';
import { tokensEnd } from './migrations/010-tokens-end.ts';
import { securityRecord } from './migrations/011-security.ts';
import { tickets } from './migrations/012-tickets.ts';
import { indexesByQuestion } from './migrations/013-indexes-by-question.ts';
import { details } from './migrations/014-details.ts';
import { board } from './migrations/015-board.ts';
import { sumsOfStatuses } from './migrations/016-sums-of-statuses.ts';
import { reprints } from './migrations/017-reprints.ts';

const migrations: readonly Migration[] = [
  record,
  places,
  tasks,
  writtenDates,
  whoseFile,
  bigDeliveries,
  joinedJobs,
  pressesOfAJob,
  whoPaused,
  tokensEnd,
  securityRecord,
  tickets,
  indexesByQuestion,
  details,
  board,
  sumsOfStatuses,
  reprints,
];

function readApplied(database: Database.Database): Applied[] {
  return database.prepare<[], Applied>('select number, name, checksum from migration order by number').all();
}

/** The number of the first change that a record of ours lacks; null when it is new, up to date, or none of ours. */
function firstMissing(database: Database.Database, known: readonly Migration[]): number | null {
  if (database.prepare("select 1 from sqlite_master where name = 'migration'").get() === undefined) return null;
  const applied = readApplied(database);
  return applied.length === 0 || findMismatch(applied, known) !== null ? null : (known[applied.length]?.number ?? null);
}

/** Would `bringUpToDate` change anything? Where it refuses the record, that is no matter. */
export function isOfOlderShape(database: Database.Database): boolean {
  const isOurs = database.prepare("select 1 from sqlite_master where name = 'migration'").get() !== undefined;
  return !isOurs || readApplied(database).length < migrations.length;
}

/**
 * Brings the record to the newest shape; one that holds something is copied first. Dies it in between, the record is the old one or the new one.
 * @throws Refusal when the database is of another make, or no copy can be kept; nothing is changed then.
 */
export async function bringUpToDate(database: Database.Database, now: number, known: readonly Migration[] = migrations): Promise<void> {
  const change = firstMissing(database, known);
  if (change !== null) await keepCopy(database, change);
  migrate(database, now, known);
}

/**
 * Applies what is missing. `now` in epoch ms.
 * @throws Refusal when the database is of another make; nothing is changed then.
 */
export function migrate(database: Database.Database, now: number, known: readonly Migration[]): void {
  database
    .transaction(() => {
      database.exec(
        'create table if not exists migration (number integer primary key, name text not null, checksum text not null, applied_at integer not null) strict',
      );
      const applied = readApplied(database);
      for (const migration of missingOf(applied, known)) {
        for (const statement of migration.statements) database.exec(statement);
        database
          .prepare('insert into migration (number, name, checksum, applied_at) values (?, ?, ?, ?)')
          .run(migration.number, migration.name, checksumOf(migration), now);
      }
    })
    .immediate();
}
