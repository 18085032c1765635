/**
 * Opens the record: checks the file, brings it to the newest shape, and joins readers and writers to the `Store` others know.
 * SQLite in WAL mode; a write is answered when it is on disk. One connection writes, another reads and never waits for it.
 */
import type { Database } from 'better-sqlite3';
import type { Log } from '../log.ts';
import type { Ports } from '../ports/ports.ts';
import { realPorts } from '../ports/real.ts';
import { findDamage } from './check-record.ts';
import { commitBeforeFlush, damaged, neverWaitForLocks, openForReading, openForWriting, snapshotsOf, speakThrough } from './connect.ts';
import { startWriteLine } from './flush.ts';
import { bringUpToDate, isOfOlderShape } from './migrate.ts';
import { patiently } from './patiently.ts';
import { changeOf, emptyPending, isEmpty, numberKey, type Pending } from './pending.ts';
import { askedOf } from './read-beside.ts';
import { inFull, type StateAtHand } from './read-jobs.ts';
import { makeReader } from './reader.ts';
import { letRecord } from './record.ts';
import { isDamage, type RecordTrouble, rawOf, refusalFor } from './record-trouble.ts';
import { indexJob } from './search.ts';
import { securityWriter } from './security.ts';
import type { Change, Store, Writer } from './store.ts';
import { saveSums } from './sums.ts';
import { forgetSuspect, mustCheck, noteSuspect } from './suspect.ts';
import type { Db } from './tables.ts';
import { arrivalWriter } from './write-arrivals.ts';
import { fileWriter } from './write-files.ts';
import { floorWriter } from './write-floor.ts';
import { deriveAnew, historyWriter, record } from './write-history.ts';
import { jobWriter } from './write-jobs.ts';
import { taskWriter } from './write-tasks.ts';

async function indexWords(db: Db, mine: Pending): Promise<void> {
  for (const [id, isNew] of mine.words) await indexJob(db, id, isNew, mine.added.get(id));
  mine.words.clear();
}

/** What a piece of work sees and may do, inside the transaction. `flushed`: sums of what was written in it before. */
function makeWriter(db: Db, mine: Pending, flushed: () => Pending['sums']): Writer {
  const stateOf: StateAtHand = (id) => mine.states.get(id);
  const reader = makeReader(
    (work) => work(db),
    () => [flushed(), mine.sums],
    stateOf,
  );
  const writer: Writer = {
    ...reader,
    hotFolder: async (id) => {
      const known = mine.folders.get(id);
      if (known !== undefined) return known;
      const folder = await reader.hotFolder(id);
      mine.folders.set(id, folder);
      return folder;
    },
    jobInFull: async (id) => {
      const fresh = mine.fresh.get(id);
      if (fresh === undefined) return await reader.jobInFull(id);
      return inFull({ row: { ...fresh.row, hot_folder: null }, files: [...fresh.files], deliveries: [] }, stateOf);
    },
    jobByNumber: async (order, job) => {
      const number = numberKey(order, job);
      if (mine.freeNumbers.has(number)) return null;
      const found = await reader.jobByNumber(order, job);
      if (found === null) mine.freeNumbers.add(number);
      return found;
    },
    jobs: async (query) => {
      await indexWords(db, mine);
      return reader.jobs(query);
    },
    ...jobWriter(db, mine),
    ...historyWriter(db, mine),
    ...fileWriter(db, mine),
    ...floorWriter(db, mine),
    ...taskWriter(db, mine),
    ...arrivalWriter(db, mine),
    ...securityWriter(db),
  };
  letRecord(writer, (jobId, events) => record(db, mine, jobId, events));
  return writer;
}

type StorePorts = Pick<Ports, 'clock' | 'timers' | 'openLog' | 'readBeside'>;
/** Finds out whether the file is whole, in a process of its own: what is wrong with it, or null. Resolves never where that cannot be found out. */
export type CheckRecord = (path: string) => { readonly found: Promise<string | null>; stop(): void };

type OpenOptions = {
  readonly path: string;
  readonly ports?: StorePorts;
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

async function bringStatesUpToDate(database: Database): Promise<void> {
  const db = speakThrough(database);
  const done = emptyPending();
  database.exec('begin immediate');
  try {
    await deriveAnew(db, done);
    await saveSums(db, done.sums);
    database.exec('commit');
  } catch (error) {
    if (database.inTransaction) database.exec('rollback');
    throw error;
  }
}

/**
 * @param options.path the database file, made if it is not there; on a local disk
 * @param options.ports the clock, timers and the flush of its log
 * @param options.checkRecord how a large file is checked while the hub works; left out, it is checked before anything else
 * @param options.log told what is nobody's answer
 * @param options.onTrouble told when nothing can be recorded, and with null when that is over
 * @throws Error with a sentence for the admin when the file is damaged or was made by another version; it is left as it is.
 */
export async function openStore({
  path,
  ports = realPorts,
  onTrouble = () => undefined,
  checkRecord = null,
  log = () => undefined,
}: OpenOptions): Promise<Store> {
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
      await bringStatesUpToDate(writing);
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
  const listeners = new Set<(change: Change) => void>();
  const ahead = commitBeforeFlush(writing, ports.openLog);
  // One writer for all pieces of work, since they are done one after another: `inHand` is what the one in hand does.
  const inHand = emptyPending();
  let flushed = inHand.sums;
  const writer = makeWriter(db, inHand, () => flushed);
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
          if (damage !== null || line.trouble()?.code === 'RecordDamaged') return damage;
          try {
            forgetSuspect(path);
          } catch {
            // Then the next start checks it once more.
          }
          try {
            // Put off until now, and before anything else is written.
            if (writing.open) await bringStatesUpToDate(writing);
          } catch (error) {
            // For want of room, say: then the next start does it.
            if (isDamage(error)) return rawOf(error);
          }
          return damage;
        });
  const line = startWriteLine({
    verdict,
    database: writing,
    changed: db.changed,
    ports,
    flushLog: ahead.flush,
    beforeCommit: (flush) => saveSums(db, flush.sums),
    afterCommit: (flush) => {
      if (isEmpty(flush)) return;
      const change = changeOf(flush);
      for (const listener of listeners) listener(change);
    },
    onTrouble: (trouble) => {
      if (trouble?.code === 'RecordDamaged') noteDamage(trouble.raw);
      onTrouble(trouble);
    },
  });
  /** Whoever reads a damaged page is told so, and with him everybody. */
  const watched = async <Result>(ask: () => Promise<Result>): Promise<Result> => {
    try {
      return await ask();
    } catch (error) {
      if (!isDamage(error)) throw error;
      const raw = rawOf(error);
      line.foundDamaged(raw);
      throw refusalFor({ code: 'RecordDamaged', raw });
    }
  };
  const read = makeReader((work) => watched(() => patiently(ports, () => snapshot(work))));
  const beside = ports.readBeside(path, (why) => log`The thread that reads the record for people ended: ${why}`);
  return {
    read,
    ask: (leaves) => askedOf(read, beside, leaves, watched),
    write: <Result>(work: (tx: Writer) => Promise<Result>) =>
      line.write(async (mine, flush) => {
        Object.assign(inHand, mine);
        flushed = flush.sums;
        const result = await work(writer);
        await indexWords(db, inHand);
        mine.seq = inHand.seq;
        return result;
      }) as Promise<Result>,
    trouble: line.trouble,
    onDisk: line.onDisk,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      checking?.stop();
      await line.close();
      await beside?.close();
      await ahead.close();
      const [last, first] = isToBeLeft(line.trouble()) ? [reading, writing] : [writing, reading];
      first.close();
      last.close();
    },
  };
}

/** The writer closes last and puts the log away into the file; not where that may be damaged: whoever mends it wants both as they were. */
function isToBeLeft(trouble: RecordTrouble | null): boolean {
  return trouble?.code === 'RecordUnchecked' || trouble?.code === 'RecordDamaged';
}
