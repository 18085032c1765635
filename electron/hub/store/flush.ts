/**
 * The one place where writes happen: they wait in line, and all that wait at the same moment share one transaction and one flush
 * to disk. Each still happens whole or not at all: one that fails is rolled back to where it began, its neighbours stay.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { emptyPending, merge, type Pending } from './pending.ts';

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
/** Writers come in crowds: after a shared flush the next one waits as long as a flush takes, at most this long, for more to join. */
const longestLingerMs = 6;
const crowd = 32;

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

async function workOff(database: Database, batch: readonly Waiting[], flush: Pending): Promise<Outcome[]> {
  const [first] = batch;
  if (batch.length === 1 && first !== undefined) {
    const mine = emptyPending();
    const value = await first.work(mine, flush);
    merge(flush, mine);
    return [{ ok: true, value }];
  }
  const startedAt = performance.now();
  const outcomes: Outcome[] = [];
  for (const { work } of batch) {
    outcomes.push(await attempt(database, work, flush));
    if (performance.now() - startedAt > longestFlushMs) break;
  }
  return outcomes;
}

/**
 * `beforeCommit` writes what the flush as a whole still owes; `afterCommit` is told in commit order, before the writers are.
 */
export function startWriteLine(
  database: Database,
  beforeCommit: (flush: Pending) => Promise<void>,
  afterCommit: (flush: Pending) => void,
): WriteLine {
  let line: Waiting[] = [];
  let working: Promise<void> | null = null;
  let closed = false;

  /** Writes the first of `batch`, as many as fit, and answers them; returns how many. */
  async function flushOnce(batch: readonly Waiting[]): Promise<number> {
    const flush = emptyPending();
    let outcomes: Outcome[];
    try {
      database.exec('begin immediate');
      outcomes = await workOff(database, batch, flush);
      await beforeCommit(flush);
      database.exec('commit');
    } catch (error) {
      if (database.inTransaction) database.exec('rollback');
      if (batch.length > 1) {
        for (const one of batch) await flushOnce([one]);
      } else {
        batch[0]?.reject(error);
      }
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
    let lingerMs = 0;
    while (line.length > 0) {
      // Lets everything that is just coming in join this flush, and timers and sockets live between two of them.
      if (lingerMs > 0 && line.length < crowd) await pause(lingerMs);
      else await new Promise((resolve) => setImmediate(resolve));
      const startedAt = performance.now();
      const batch = line.slice(0, mostInFlush);
      const done = await flushOnce(batch);
      lingerMs = done > 1 ? Math.min(performance.now() - startedAt, longestLingerMs) : 0;
      line = line.slice(done);
    }
    working = null;
  }

  return {
    write: (work) => {
      if (closed) return Promise.reject(new Error('the store is closed'));
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
