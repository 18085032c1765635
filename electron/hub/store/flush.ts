/**
 * The one place where writes happen: they wait in line, and all that wait at the same moment share one transaction and one flush
 * to disk. Each still happens whole or not at all: one that fails is rolled back to where it began, its neighbours stay.
 */
import type { Database } from 'better-sqlite3';
import type { Clock, Ports } from '../ports/ports.ts';
import { emptyPending, isEmpty, merge, type Pending } from './pending.ts';

/** Does one write. `mine`: where it says what it did beside the rows; `flush`: what earlier writes of the same flush did. */
export type Work = (mine: Pending, flush: Pending) => Promise<unknown>;

export type WriteLine = {
  /** Resolves when it is on disk; rejects when it did not happen. */
  write(work: Work): Promise<unknown>;
  /** Waits for what is in line; takes nothing more. */
  close(): Promise<void>;
};

type Waiting = { readonly work: Work; readonly resolve: (value: unknown) => void; readonly reject: (error: unknown) => void };
type Outcome = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: unknown };

/** So that the first of many does not wait long for the last. */
const mostInFlush = 500;
const longestFlushMs = 50;
async function attempt(database: Database, work: Work, flush: Pending): Promise<Outcome> {
  const mine = emptyPending(flush.seq);
  database.exec('savepoint one');
  try {
    const value = await work(mine, flush);
    database.exec('release one');
    merge(flush, mine);
    return { ok: true, value };
  } catch (error) {
    // Some faults (disk full, I/O) take the whole transaction with them: then the neighbours must be written again.
    if (!database.inTransaction) throw error;
    database.exec('rollback to one; release one');
    return { ok: false, error };
  }
}

async function workOff(database: Database, batch: readonly Waiting[], flush: Pending, clock: Clock): Promise<Outcome[]> {
  const [first] = batch;
  if (batch.length === 1 && first !== undefined) {
    const mine = emptyPending();
    const value = await first.work(mine, flush);
    merge(flush, mine);
    return [{ ok: true, value }];
  }
  const startedAt = clock.monotonic();
  const outcomes: Outcome[] = [];
  for (const { work } of batch) {
    outcomes.push(await attempt(database, work, flush));
    if (clock.monotonic() - startedAt > longestFlushMs) break;
  }
  return outcomes;
}

/**
 * `flushLog` makes what was committed durable; nobody is told before. Once it failed nothing more is written: what a disk says after a
 * failed flush cannot be believed. `beforeCommit` writes what the flush as a whole still owes; `afterCommit` is told in commit order, before the
 * writers are.
 */
export function startWriteLine(
  database: Database,
  ports: Pick<Ports, 'clock' | 'timers'>,
  flushLog: () => Promise<void>,
  beforeCommit: (flush: Pending) => Promise<void>,
  afterCommit: (flush: Pending) => void,
): WriteLine {
  let line: Waiting[] = [];
  let working: Promise<void> | null = null;
  let closed = false;
  let broken: Error | null = null;

  /** Commits as many of `batch` as fit; null when the transaction was lost and every one of them has been written again alone. */
  async function commit(batch: readonly Waiting[], flush: Pending): Promise<Outcome[] | null> {
    try {
      database.exec('begin immediate');
      const outcomes = await workOff(database, batch, flush, ports.clock);
      await beforeCommit(flush);
      database.exec('commit');
      return outcomes;
    } catch (error) {
      if (database.inTransaction) database.exec('rollback');
      if (batch.length === 1) batch[0]?.reject(error);
      else for (const one of batch) await flushOnce([one]);
      return null;
    }
  }

  async function makeDurable(flush: Pending): Promise<boolean> {
    if (isEmpty(flush)) return true;
    try {
      await flushLog();
      return true;
    } catch (error) {
      broken = new Error(
        `The disk of the database reports an error; nothing more is recorded until the program is started again. (${String(error)})`,
      );
      return false;
    }
  }

  /** Writes the first of `batch`, as many as fit, and answers them; returns how many. */
  async function flushOnce(batch: readonly Waiting[]): Promise<number> {
    const flush = emptyPending();
    const outcomes = await commit(batch, flush);
    if (outcomes === null) return batch.length;
    if (!(await makeDurable(flush))) {
      for (const one of batch) one.reject(broken);
      return batch.length;
    }
    afterCommit(flush);
    for (const [index, outcome] of outcomes.entries()) {
      if (outcome.ok) batch[index]?.resolve(outcome.value);
      else batch[index]?.reject(outcome.error);
    }
    return outcomes.length;
  }

  async function workOffLine(): Promise<void> {
    while (line.length > 0) {
      // Lets everything that is just coming in join this flush, and timers and sockets live between two of them.
      await ports.timers.turn();
      const batch = line.slice(0, mostInFlush);
      const done = await flushOnce(batch);
      line = line.slice(done);
    }
    working = null;
  }

  return {
    write: (work) => {
      if (closed) return Promise.reject(new Error('the store is closed'));
      if (broken !== null) return Promise.reject(broken);
      return new Promise((resolve, reject) => {
        line.push({ work, resolve, reject });
        working ??= workOffLine();
      });
    },
    close: async () => {
      closed = true;
      await working;
    },
  };
}
