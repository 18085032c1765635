/** Joins a connection that writes and those that read to the `Store` others know, whatever engine they speak to. */
import type { Ports } from '../ports/ports.ts';
import type { WritingEngine } from './engine.ts';
import { startWriteLine, type WriteLine } from './flush.ts';
import { payOwed } from './owed.ts';
import { changeOf, emptyPending, isEmpty } from './pending.ts';
import type { Snapshot } from './read-jobs.ts';
import { makeReader } from './reader.ts';
import { isDamage, type RecordTrouble, rawOf, refusalFor } from './record-trouble.ts';
import type { Asked, Change, Reader, Store, Writer } from './store.ts';
import { saveSums } from './sums.ts';
import type { Db } from './tables.ts';
import { deriveAnew } from './write-history.ts';
import { indexWords, makeWriter } from './writer.ts';

/** Hears when what is asked meets a damaged record. */
export type Watched = <Result>(ask: () => Promise<Result>) => Promise<Result>;

export type StoreParts = {
  readonly ports: Pick<Ports, 'clock' | 'timers'>;
  readonly engine: WritingEngine;
  readonly recordId?: string;
  /** Hears how to tell that what is written is not answered. */
  readonly onSilence?: (found: WriteLine['foundSilent']) => void;
  /** Of the connection that writes. */
  readonly db: Db;
  readonly snapshot: Snapshot;
  /** How people are answered. */
  readonly ask: (read: Reader, leaves: AbortSignal | undefined, watched: Watched) => Asked;
  readonly verdict: Promise<string | null> | null;
  readonly onTrouble: (trouble: RecordTrouble | null) => void;
  /** Ends what nobody waits for any more, before the line has ended. */
  readonly stop?: () => void;
  /** Lets go of all that was opened, once it has. */
  readonly close: (line: WriteLine) => Promise<void>;
};

/** What an earlier program derived by other rules is derived anew, whole or not at all. */
export async function bringStatesUpToDate(engine: Pick<WritingEngine, 'begin' | 'commit' | 'rollback'>, db: Db): Promise<void> {
  const done = emptyPending();
  await engine.begin();
  try {
    await deriveAnew(db, done);
    await saveSums(db, done.sums);
    await engine.commit();
  } catch (error) {
    await engine.rollback();
    throw error;
  }
}

export function joinStore({ ports, engine, recordId, onSilence, db, snapshot, ask, verdict, onTrouble, stop, close }: StoreParts): Store {
  const listeners = new Set<(change: Change) => void>();
  // One writer for all pieces of work, since they are done one after another: `inHand` is what the one in hand does.
  const inHand = emptyPending();
  let flushed = inHand.sums;
  const writer = makeWriter(db, inHand, () => flushed);
  const line = startWriteLine({
    verdict,
    engine,
    ports,
    beforeCommit: (flush) => saveSums(db, flush.sums),
    afterCommit: (flush) => {
      if (isEmpty(flush)) return;
      const change = changeOf(flush);
      for (const listener of listeners) listener(change);
    },
    onTrouble,
  });
  onSilence?.(line.foundSilent);
  /** Whoever reads a damaged page is told so, and with him everybody. */
  const watched: Watched = async (ask) => {
    try {
      return await ask();
    } catch (error) {
      if (!isDamage(error)) throw error;
      const raw = rawOf(error);
      line.foundDamaged(raw);
      throw refusalFor({ code: 'RecordDamaged', raw });
    }
  };
  const read = makeReader((work) => watched(() => snapshot(work)));
  return {
    engine: db.dialect.name,
    recordId: recordId ?? null,
    read,
    ask: (leaves) => ask(read, leaves, watched),
    write: <Result>(work: (tx: Writer) => Promise<Result>) =>
      line.write(async (mine, flush) => {
        Object.assign(inHand, mine);
        flushed = flush.sums;
        const result = await work(writer);
        await payOwed(db, inHand);
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
      stop?.();
      await line.close();
      await close(line);
    },
  };
}
