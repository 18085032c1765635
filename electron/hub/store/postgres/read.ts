/**
 * Questions on a session of their own, one after another; each sees one moment, whatever is written meanwhile. Those that wait at once see the same moment; whoever asks later
 * than it began gets a later one: what he knows of, it shows.
 */
import type { Snapshot } from '../read-jobs.ts';
import type { Line } from './connect.ts';

export type Questions = { readonly ask: Snapshot; readonly waiting: () => number };

export function questionsOn(line: Line): Questions {
  const waiting: (() => Promise<void>)[] = [];
  let isWorking = false;
  let isBegun = false;
  let count = 0;

  const end = async (how: 'commit' | 'rollback'): Promise<void> => {
    if (!isBegun) return;
    isBegun = false;
    try {
      if (line.isOpen()) await line.say(how);
    } catch {
      await line.drop();
    }
  };
  const begin = async (): Promise<void> => {
    if (isBegun && line.isOpen()) return;
    await line.open();
    line.forgive();
    await line.say('begin isolation level repeatable read read only');
    isBegun = true;
  };
  const workOff = async (): Promise<void> => {
    isWorking = true;
    while (waiting.length > 0) {
      // What is asked in the same breath joins.
      await Promise.resolve();
      for (const ask of waiting.splice(0)) await ask();
      await end('commit');
    }
    isWorking = false;
  };
  return {
    waiting: () => count,
    ask: (work) =>
      new Promise((resolve, reject) => {
        count += 1;
        waiting.push(async () => {
          try {
            await begin();
            resolve(await work(line.db));
          } catch (error) {
            reject(error);
          } finally {
            count -= 1;
            // A statement that failed has ended this moment for all.
            if (line.fault() !== null) await end('rollback');
          }
        });
        if (!isWorking) void workOff();
      }),
  };
}
