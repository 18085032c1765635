/**
 * The one place where writes happen: they wait in line, and all that wait at the same moment share one transaction and one flush
 * to disk. Each still happens whole or not at all: where one fails that has written already, all are rolled back and written again, each fenced against the
 * others; its neighbours stay.
 *
 * Nothing is written to a file that may be damaged: until it is found whole all wait, and where it is not, or a damaged page is met by whoever reads or writes,
 * nothing is ever written.
 *
 * A full disk, another program's lock or a server that is away holds the line: it is told as a state, tried again with pauses that block nobody, and goes on by itself.
 */
import type { Clock, Ports } from '../ports/ports.ts';
import { CommitInDoubt, type Fate, type WritingEngine } from './engine.ts';
import { emptied, emptyPending, merge, type Pending } from './pending.ts';
import { type Asker, currentAsker, isDamage, passingTrouble, type RecordTrouble, rawOf, refusalFor } from './record-trouble.ts';

/** Does one write. `mine`: where it says what it did beside the rows; `flush`: what earlier writes of the same flush did. */
export type Work = (mine: Pending, flush: Pending) => Promise<unknown>;

export type WriteLine = {
  /** Resolves when it is on disk; rejects when it did not happen. */
  write(work: Work): Promise<unknown>;
  /** Why nothing is recorded at present; null when all is well. */
  trouble(): RecordTrouble | null;
  /** Resolves when all that a reader may have seen is on disk, or nothing can be recorded. */
  onDisk(): Promise<void>;
  /** A read has met a damaged page: nothing is recorded from now on. */
  foundDamaged(raw: string): void;
  /** What is being written has no answer yet, which may still come: whoever comes now is refused, and what is under way waits for it. */
  foundSilent(raw: string): void;
  /** Waits for what is in line, unless nothing can be recorded; takes nothing more. */
  close(): Promise<void>;
};

export type LineOptions = {
  readonly engine: WritingEngine;
  readonly ports: Pick<Ports, 'clock' | 'timers'>;
  /** Writes what the flush as a whole still owes. */
  readonly beforeCommit: (flush: Pending) => Promise<void>;
  /** Told in commit order, before the writers are. */
  readonly afterCommit: (flush: Pending) => void;
  readonly onTrouble: (trouble: RecordTrouble | null) => void;
  /** What a check has found wrong with the file, null when it is whole; left out where that is known. */
  readonly verdict?: Promise<string | null> | null;
};

type Waiting = {
  readonly work: Work;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly asker: Asker | null;
  answered: boolean;
  /** It may be on record: nobody says that it is not. */
  inDoubt: boolean;
};
type Outcome = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: unknown };
/** `committed`: the first so many, which may have `changed` nothing; `failed`: by the fault of one of them; `held`: by a full disk, a lock or a server that is away, and by nobody's fault; `doubted`: nobody knows yet whether it was done; `damaged`: the file is. */
type Committed = { readonly kind: 'committed'; readonly outcomes: readonly Outcome[]; readonly changed: boolean; readonly error?: never };
type Doubted = { readonly kind: 'doubted'; readonly outcomes: readonly Outcome[]; readonly error: unknown };
type Commit =
  | Committed
  | Doubted
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'held'; readonly error: unknown };

type Held = { readonly heldBy: unknown };

/** So that the first of many does not wait long for the last. */
const mostInFlush = 500;
const longestFlushMs = 30;
/** Another program that holds the file for a moment, or a server that is started again, is nobody's trouble. */
const heldToldAfterMs = 3000;
/** Whoever waits for an answer waits so long for a check. */
const uncheckedToldAfterMs = 3000;
const shortestPauseMs = 5;
const longestPauseMs = 250;
const fullPauseMs = 1000;
/** A flush that failed while the store was closing. */
const neverKnown = { code: 'RecordBroken', raw: 'the flush failed' } as const;

/** A savepoint costs as much as many a write, and few writes fail: a write is fenced only where one of its neighbours has spoiled the whole. */
async function attempt(engine: WritingEngine, work: Work, flush: Pending, mine: Pending, fenced: boolean): Promise<Outcome> {
  const before = fenced ? undefined : engine.changed();
  if (fenced) await engine.save();
  try {
    const value = await work(mine, flush);
    if (fenced) await engine.release();
    merge(flush, mine);
    return { ok: true, value };
  } catch (error) {
    flush.folders.clear();
    // Some faults (disk full, I/O) take the whole transaction with them: then the neighbours must be written again; a damaged file ends it for all.
    if (engine.isLost() || passingTrouble(error) !== null || isDamage(error)) throw error;
    if (fenced) {
      await engine.goBack();
      await engine.release();
    } else if (engine.isSpoiled() || engine.changed() !== before) throw error;
    return { ok: false, error };
  }
}

async function workOff(
  engine: WritingEngine,
  batch: readonly Waiting[],
  flush: Pending,
  fenced: boolean,
  clock: Clock,
): Promise<Outcome[]> {
  const startedAt = clock.monotonic();
  const outcomes: Outcome[] = [];
  let last: Pending | null = null;
  for (const { work } of batch) {
    // One write after the other: what the last one collected is merged, or gone with it.
    const mine: Pending = last === null ? emptyPending(flush.seq, flush.folders) : emptied(last, flush.seq, flush.folders);
    outcomes.push(await attempt(engine, work, flush, mine, fenced));
    last = mine;
    if (clock.monotonic() - startedAt > longestFlushMs) break;
  }
  return outcomes;
}

/** Once a flush has failed for good nothing more is written: what a disk says after that cannot be believed. */
export function startWriteLine({ engine, ports, beforeCommit, afterCommit, onTrouble, verdict = null }: LineOptions): WriteLine {
  let line: Waiting[] = [];
  let working: Promise<void> | null = null;
  let closed = false;
  let trouble: RecordTrouble | null = verdict === null ? null : { code: 'RecordUnchecked', since: ports.clock.now(), raw: 'quick_check' };
  /** Somebody was told of it already. */
  let isTold = false;
  /** What is being written. */
  let underWay: readonly Waiting[] = [];
  /** What is committed and not on disk yet: readers see it already. */
  let inDoubt: PromiseWithResolvers<void> | null = null;

  const endDoubt = (): void => {
    inDoubt?.resolve();
    inDoubt = null;
  };
  const settle = (one: Waiting, outcome: Outcome): void => {
    one.answered = true;
    if (outcome.ok) one.resolve(outcome.value);
    else one.reject(outcome.error);
  };
  const tell = (next: RecordTrouble | null): void => {
    if (next?.code === trouble?.code || (isBroken() && next?.code !== 'RecordDamaged')) return;
    trouble = next;
    if (next !== null || isTold) onTrouble(next);
    isTold = next !== null;
  };

  async function commit(batch: readonly Waiting[], flush: Pending, fenced: boolean): Promise<Commit> {
    let outcomes: Outcome[] = [];
    try {
      await engine.begin();
      const before = engine.changed();
      outcomes = await workOff(engine, batch, flush, fenced, ports.clock);
      await beforeCommit(flush);
      const changed = engine.changed() !== before;
      // Met by a reader meanwhile.
      if (isDamaged()) {
        await engine.rollback();
        return { kind: 'damaged' };
      }
      // Before it is done: no reader may see it and hear that it is safe.
      if (changed) inDoubt ??= Promise.withResolvers();
      await engine.commit();
      return { kind: 'committed', outcomes, changed };
    } catch (error) {
      if (error instanceof CommitInDoubt) return { kind: 'doubted', outcomes, error: error.cause };
      await engine.rollback();
      endDoubt();
      if (isDamage(error)) {
        damage(rawOf(error));
        return { kind: 'damaged' };
      }
      return { kind: passingTrouble(error) === null ? 'failed' : 'held', error };
    }
  }

  /** Those who wait for an answer get it; the hub's own writes stay in line. */
  function refuseAskers(why: RecordTrouble): void {
    for (const one of line)
      if (one.asker?.waits === true && !one.inDoubt && !underWay.includes(one)) settle(one, { ok: false, error: refusalFor(why) });
    line = line.filter(({ answered }) => !answered);
  }

  function meetTrouble(error: unknown, heldSince: number): number {
    const code = passingTrouble(error) ?? 'RecordBroken';
    const now = ports.clock.monotonic();
    const isShort = code === 'RecordHeld' || code === 'RecordAway';
    if (!isShort || now - heldSince >= heldToldAfterMs) {
      tell({ code, since: ports.clock.now(), raw: rawOf(error) });
      if (trouble !== null) refuseAskers(trouble);
    }
    return isShort ? Math.min(longestPauseMs, Math.max(shortestPauseMs, (now - heldSince) / 2)) : fullPauseMs;
  }

  /** What is committed is made durable, however long its disk is full; false when that will never be known. */
  async function makeDurable(): Promise<boolean> {
    for (;;) {
      try {
        await engine.makeDurable();
        endDoubt();
        return true;
      } catch (error) {
        tell({ code: passingTrouble(error) === 'RecordFull' ? 'RecordFull' : 'RecordBroken', since: ports.clock.now(), raw: rawOf(error) });
        endDoubt();
        if (closed || passingTrouble(error) !== 'RecordFull') return false;
        await ports.timers.pause(fullPauseMs);
        await engine.prepareAgain();
      }
    }
  }

  /** Asked until somebody knows: nothing that may be on record is written again, or called lost. */
  async function findFate(): Promise<Fate> {
    for (const from = ports.clock.monotonic(); ; )
      try {
        const fate = await engine.fateOfCommit();
        if (fate === 'unknown') tell({ code: 'RecordBroken', since: ports.clock.now(), raw: 'nobody knows what became of a commit' });
        return fate;
      } catch (error) {
        if (passingTrouble(error) === null) tell({ code: 'RecordBroken', since: ports.clock.now(), raw: rawOf(error) });
        if (closed || isBroken()) return 'unknown';
        await ports.timers.pause(meetTrouble(error, from));
      }
  }

  async function fateOf(done: Committed | Doubted, batch: readonly Waiting[]): Promise<Fate> {
    if (done.kind === 'committed') return !done.changed || (await makeDurable()) ? 'committed' : 'unknown';
    const doubted = batch.slice(0, done.outcomes.length);
    for (const one of doubted) one.inDoubt = true;
    const fate = await findFate();
    for (const one of doubted) one.inDoubt = false;
    endDoubt();
    return fate;
  }

  /** Writes the first of `batch`, as many as fit, and answers them. Answers the error that holds the line, if one does. */
  async function flushOnce(batch: readonly Waiting[], fenced = false): Promise<Held | null> {
    const flush = emptyPending();
    const done = await commit(batch, flush, fenced);
    if (done.kind === 'held') return { heldBy: done.error };
    if (done.kind === 'damaged') return null;
    if (done.kind === 'failed') return await writeAgain(batch, fenced, done.error);
    const fate = await fateOf(done, batch);
    if (fate === 'undone') return { heldBy: done.error };
    tellOf(fate === 'committed', done.outcomes, batch, flush);
    return null;
  }

  function tellOf(isSafe: boolean, outcomes: readonly Outcome[], batch: readonly Waiting[], flush: Pending): void {
    if (isSafe) {
      tell(null);
      afterCommit(flush);
    }
    for (const [index, outcome] of outcomes.entries()) {
      const one = batch[index];
      if (one !== undefined) settle(one, isSafe ? outcome : { ok: false, error: refusalFor(trouble ?? neverKnown) });
    }
  }

  /** One of the batch has spoiled the transaction for all: they are written again with fences, and where that does not help each by itself. */
  async function writeAgain(batch: readonly Waiting[], fenced: boolean, error: unknown): Promise<Held | null> {
    const [first, ...others] = batch;
    if (first !== undefined && others.length === 0) {
      settle(first, { ok: false, error });
      return null;
    }
    if (!fenced) return await flushOnce(batch, true);
    for (const one of batch) {
      const held = await flushOnce([one]);
      if (held !== null || isDamaged()) return held;
    }
    return null;
  }

  /** With nobody in line only a try tells that the trouble is over. */
  async function tryRecord(): Promise<Held | null> {
    try {
      await engine.probe();
      return null;
    } catch (error) {
      if (isDamage(error)) damage(rawOf(error));
      return { heldBy: error };
    }
  }

  const damage = (raw: string): void => tell({ code: 'RecordDamaged', since: ports.clock.now(), raw });
  const isDamaged = (): boolean => trouble?.code === 'RecordDamaged';
  const isBroken = (): boolean => trouble?.code === 'RecordBroken' || isDamaged();
  const isUnchecked = (): boolean => trouble?.code === 'RecordUnchecked';
  /** While nothing can be recorded a closing store waits no longer, and one with nobody in line tries on. */
  const hasWork = (): boolean => (trouble === null ? line.length > 0 : !closed && !isBroken());

  async function workOffLine(): Promise<void> {
    let heldSince: number | null = null;
    while (hasWork()) {
      // Lets everything that is just coming in join this flush, and timers and sockets live between two of them.
      await ports.timers.turn();
      const batch = line.slice(0, mostInFlush);
      underWay = batch;
      const held = batch.length === 0 ? await tryRecord() : await flushOnce(batch);
      underWay = [];
      line = line.filter(({ answered }) => !answered);
      if (held === null) {
        heldSince = null;
        tell(null);
      } else if (!isBroken()) {
        heldSince ??= ports.clock.monotonic();
        await ports.timers.pause(meetTrouble(held.heldBy, heldSince));
      }
    }
    refuseAll();
    working = null;
  }

  const refuseAll = (): void => {
    if (trouble !== null) for (const one of line.splice(0)) settle(one, { ok: false, error: refusalFor(trouble) });
  };

  let callOff = (): void => undefined;
  async function waitForVerdict(verdict: Promise<string | null>): Promise<void> {
    callOff = ports.timers.after(uncheckedToldAfterMs, () => {
      if (trouble === null || !isUnchecked() || closed) return;
      isTold = true;
      onTrouble(trouble);
      refuseAskers(trouble);
    });
    const found = await verdict;
    callOff();
    if (closed) return;
    if (found === null) tell(null);
    else damage(found);
    refuseAll();
    working = line.length > 0 ? workOffLine() : null;
  }
  if (verdict !== null) working = waitForVerdict(verdict);

  return {
    trouble: () => trouble,
    onDisk: () => inDoubt?.promise ?? Promise.resolve(),
    foundDamaged: (raw) => {
      const waits = isUnchecked();
      damage(raw);
      // Otherwise whoever works off the line does it, since some of it may be committed already.
      if (waits) refuseAll();
    },
    foundSilent: (raw) => {
      if (closed || working === null || trouble !== null) return;
      tell({ code: 'RecordAway', since: ports.clock.now(), raw });
      if (trouble !== null) refuseAskers(trouble);
    },
    write: (work) => {
      if (closed) return Promise.reject(new Error('the store is closed'));
      const asker = currentAsker();
      const patient = asker?.waits !== true || (isUnchecked() && !isTold);
      if (trouble !== null && (isBroken() || !patient)) return Promise.reject(refusalFor(trouble));
      return new Promise((resolve, reject) => {
        line.push({ work, resolve, reject, asker, answered: false, inDoubt: false });
        working ??= workOffLine();
      });
    },
    close: async () => {
      closed = true;
      // Nobody waits for a check.
      callOff();
      if (isUnchecked()) refuseAll();
      else await working;
    },
  };
}
