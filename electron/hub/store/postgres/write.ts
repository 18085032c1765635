/**
 * The session that writes to PostgreSQL, as the write line uses it. One transaction at a time in the whole database, however many hubs write there: each takes its turn before it
 * looks, so that what it decides by is still so when it is committed, and the history is numbered without gaps in the order of commits. A commit is on disk when it is answered.
 */
import { CommitInDoubt, type WritingEngine } from '../engine.ts';
import { isAway } from './client.ts';
import type { Line } from './connect.ts';

/** Its snapshot begins with the first question, when the turn is ours. */
const begin = 'begin isolation level repeatable read; lock table turn_to_write in exclusive mode';

/** @param writer of whom the last commit is noted in `last_flush` */
export function writeThrough(line: Line, writer: string): WritingEngine {
  let number = 0;
  let changedBefore = 0;
  let inTransaction = false;

  const start = async (): Promise<void> => {
    await line.open();
    line.forgive();
    inTransaction = true;
    await line.say(begin);
    changedBefore = line.db.changed();
  };
  const rollback = async (): Promise<void> => {
    if (!inTransaction) return;
    inTransaction = false;
    try {
      if (line.isOpen()) await line.say('rollback');
    } catch {
      // With the session all that was begun is gone.
      await line.drop();
    }
    line.forgive();
  };
  return {
    begin: start,
    rollback,
    commit: async () => {
      // Committing what a statement has failed in would undo it without a word.
      if (line.fault() !== null) throw line.fault();
      const changes = line.db.changed() !== changedBefore;
      // In the same transaction, so that it stands there when this is committed and at no other time.
      const note = changes ? `update last_flush set number = ${++number} where writer = '${writer}'; ` : '';
      try {
        await line.say(`${note}commit`);
        inTransaction = false;
      } catch (error) {
        if (!isAway(error)) throw error;
        inTransaction = false;
        if (changes) throw new CommitInDoubt(error);
      }
    },
    fateOfCommit: async () => {
      await start();
      try {
        const [row] = (await line.say(`select number from last_flush where writer = '${writer}'`)) as { number: number }[];
        return row === undefined ? 'unknown' : row.number === number ? 'committed' : 'undone';
      } finally {
        await rollback();
      }
    },
    save: async () => void (await line.say('savepoint one')),
    release: async () => void (await line.say('release one')),
    goBack: async () => {
      await line.say('rollback to one');
      line.forgive();
    },
    changed: line.db.changed,
    isLost: () => !line.isOpen(),
    isSpoiled: () => line.fault() !== null,
    makeDurable: async () => undefined,
    prepareAgain: () => undefined,
    probe: async () => {
      await start();
      try {
        await line.say(`update last_flush set number = number where writer = '${writer}'`);
      } finally {
        await rollback();
      }
    },
  };
}
