/**
 * Opens a record in a SQLite file: checks it, brings it to the newest shape. WAL mode; a write is answered when it is on disk. One connection writes, another reads and never
 * waits for it.
 */
import type { Database } from 'better-sqlite3';
import type { Log } from '../../log.ts';
import type { Ports } from '../../ports/ports.ts';
import { askedOf } from '../beside.ts';
import { bringStatesUpToDate, joinStore } from '../join.ts';
import { patiently } from '../patiently.ts';
import { isDamage, type RecordTrouble, rawOf } from '../record-trouble.ts';
import type { Store } from '../store.ts';
import { findDamage } from './check-record.ts';
import { commitBeforeFlush, damaged, neverWaitForLocks, openForReading, openForWriting, snapshotsOf, speakThrough } from './connect.ts';
import { bringUpToDate, isOfOlderShape } from './migrate.ts';
import { forgetSuspect, mustCheck, noteSuspect } from './suspect.ts';
import { stepsOf, writeThrough } from './write.ts';

export type StorePorts = Pick<Ports, 'clock' | 'timers' | 'openLog' | 'readBeside'>;
/** Finds out whether the file is whole, in a process of its own: what is wrong with it, or null. Resolves never where that cannot be found out. */
export type CheckRecord = (path: string) => { readonly found: Promise<string | null>; stop(): void };

export type SqliteOptions = {
  readonly path: string;
  readonly ports: StorePorts;
  readonly onTrouble?: (trouble: RecordTrouble | null) => void;
  readonly checkRecord?: CheckRecord | null;
  readonly log?: Log;
};

/** Is it remembered that the file is suspect, whatever comes? Not on a full disk. */
function isNoted(path: string): boolean {
  try {
    noteSuspect(path);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param options.path the database file, made if it is not there; on a local disk
 * @param options.ports the clock, timers and the flush of its log
 * @param options.checkRecord how a large file is checked while the hub works; left out, it is checked before anything else
 * @param options.onTrouble told when nothing can be recorded, and with null when that is over
 * @throws Error with a sentence for the admin when the file is damaged or was made by another version; it is left as it is.
 */
export async function openSqlite({
  path,
  ports,
  onTrouble = () => undefined,
  checkRecord = null,
  log = () => undefined,
}: SqliteOptions): Promise<Store> {
  const check = mustCheck(path);
  const first = check === 'first' || (check === 'beside' && checkRecord === null);
  const writing = openForWriting(path, first);
  let isSuspect = check === 'beside' && !first;
  let reading: Database;
  try {
    // What is changed all over must be whole before; and what nobody would remember is found out now.
    if (isSuspect && (isOfOlderShape(writing) || !isNoted(path))) {
      const damage = findDamage(writing);
      if (damage !== null) throw damaged(path, damage);
      isSuspect = false;
    }
    // It refuses the record of a newer version, and otherwise has nothing to do in a suspect one.
    await bringUpToDate(writing, ports.clock.now());
    if (!isSuspect) {
      await bringStatesUpToDate(stepsOf(writing), speakThrough(writing));
      forgetSuspect(path);
    }
    reading = openForReading(path);
  } catch (error) {
    writing.close();
    throw isDamage(error) ? damaged(path, rawOf(error)) : error;
  }
  neverWaitForLocks(writing);
  neverWaitForLocks(reading);
  const db = speakThrough(writing);
  const snapshot = snapshotsOf(reading);
  const ahead = commitBeforeFlush(writing, ports.openLog);
  const checking = isSuspect && checkRecord !== null ? checkRecord(path) : null;
  /** The next start checks it before anything else, whatever comes. */
  const noteDamage = (damage: string): void => {
    try {
      noteSuspect(path, damage);
    } catch (error) {
      log`It could not be noted that the record is damaged (${error}): the next start may not know.`;
    }
  };
  const verdict =
    checking === null
      ? null
      : checking.found.then(async (damage) => {
          // What somebody has met who read it meanwhile is not taken back.
          if (damage !== null || store.trouble()?.code === 'RecordDamaged') return damage;
          try {
            forgetSuspect(path);
          } catch {
            // Then the next start checks it once more.
          }
          try {
            // Put off until now, and before anything else is written.
            if (writing.open) await bringStatesUpToDate(stepsOf(writing), speakThrough(writing));
          } catch (error) {
            // For want of room, say: then the next start does it.
            if (isDamage(error)) return rawOf(error);
          }
          return damage;
        });
  const beside = ports.readBeside(path, (why) => log`The thread that reads the record for people ended: ${why}`);
  const store = joinStore({
    ports,
    engine: writeThrough(writing, db, ahead),
    db,
    snapshot: (work) => patiently(ports, () => snapshot(work)),
    ask: (read, leaves, watched) => askedOf(read, beside, leaves, watched),
    verdict,
    onTrouble: (trouble) => {
      if (trouble?.code === 'RecordDamaged') noteDamage(trouble.raw);
      onTrouble(trouble);
    },
    close: async (line) => {
      await beside?.close();
      await ahead.close();
      const [last, first] = isToBeLeft(line.trouble()) ? [reading, writing] : [writing, reading];
      first.close();
      last.close();
    },
    stop: () => checking?.stop(),
  });
  return store;
}

/** The writer closes last and puts the log away into the file; not where that may be damaged: whoever mends it wants both as they were. */
function isToBeLeft(trouble: RecordTrouble | null): boolean {
  return trouble?.code === 'RecordUnchecked' || trouble?.code === 'RecordDamaged';
}
