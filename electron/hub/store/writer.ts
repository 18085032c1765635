/** What a piece of work sees and may do inside a transaction: all questions, and all that is written. */
import { indexJob } from './index-words.ts';
import { payOwed } from './owed.ts';
import { numberKey, type Pending, unsavedOf } from './pending.ts';
import { inFull, type StateAtHand } from './read-jobs.ts';
import { makeReader } from './reader.ts';
import { letRecord } from './record.ts';
import { securityWriter } from './security.ts';
import type { Writer } from './store.ts';
import type { Db } from './tables.ts';
import { arrivalWriter } from './write-arrivals.ts';
import { fileWriter } from './write-files.ts';
import { floorWriter } from './write-floor.ts';
import { historyWriter, record } from './write-history.ts';
import { jobWriter } from './write-jobs.ts';
import { taskWriter } from './write-tasks.ts';

/** Writes the words of what this write has changed. */
export async function indexWords(db: Db, mine: Pending): Promise<void> {
  for (const [id, isNew] of mine.words) await indexJob(db, id, isNew, mine.added.get(id));
  mine.words.clear();
}

/** `flushed`: sums of what was written in the transaction before. */
export function makeWriter(db: Db, mine: Pending, flushed: () => Pending['sums']): Writer {
  const stateOf: StateAtHand = (id) => mine.states.get(id);
  const reader = makeReader(
    (work) => work(db),
    () => [flushed(), ...unsavedOf(mine)],
    stateOf,
    async (work) => {
      await payOwed(db, mine);
      return await work(db);
    },
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
    lockOrder: (jobId) => db.dialect.lockOrder(db, jobId),
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
