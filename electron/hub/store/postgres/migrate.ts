/** Brings a database to the newest shape: numbered migrations, each applied once and in order, all in one transaction. No copy is kept before: backups are the server's. */
import { type Applied, checksumOf, type Migration, missingOf } from '../migration.ts';
import type { Line } from './connect.ts';
import { record } from './migrations/001-record.ts';
import { details } from './migrations/002-details.ts';
import { board } from './migrations/003-board.ts';
import { sumsOfStatuses } from './migrations/004-sums-of-statuses.ts';
import { reprints } from './migrations/005-reprints.ts';
import { bySizeInTurn } from './migrations/006-by-size-in-turn.ts';

const migrations: readonly Migration[] = [record, details, board, sumsOfStatuses, reprints, bySizeInTurn];

/** Two programs that start at once take turns. */
const begin = "begin; select pg_advisory_xact_lock(20550, hashtext('migrate ' || current_schema()))";
const table =
  'create table if not exists migration (number bigint primary key, name text not null, checksum text not null, applied_at bigint not null)';

/** A large record takes its time, and another hub that begins its own change may be before us. */
const changeWithinMs = 60 * 60_000;

/**
 * `now` in epoch ms.
 * @throws Refusal when the database is of another make; nothing is changed then.
 */
export async function migrate(
  line: Pick<Line, 'say' | 'db' | 'forgive'>,
  now: number,
  known: readonly Migration[] = migrations,
): Promise<void> {
  await line.say(begin, changeWithinMs);
  try {
    await line.say(table);
    const applied = await line.db.run<Applied>('select number, name, checksum from migration order by number', []);
    for (const migration of missingOf(applied, known)) {
      await line.say(migration.statements.join(';\n'), changeWithinMs);
      await line.db.run('insert into migration (number, name, checksum, applied_at) values ($1, $2, $3, $4)', [
        migration.number,
        migration.name,
        checksumOf(migration),
        now,
      ]);
    }
    await line.say('commit', changeWithinMs);
  } catch (error) {
    await line.say('rollback').catch(() => undefined);
    line.forgive();
    throw error;
  }
}
