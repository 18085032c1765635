/** All questions of the store, asked of one connection. */
import { arrivalReader } from './read-arrivals.ts';
import { fileReader } from './read-files.ts';
import { floorReader } from './read-floor.ts';
import { historyReader } from './read-history.ts';
import { jobReader, type Snapshot, type StateAtHand } from './read-jobs.ts';
import { whoseReader } from './read-whose.ts';
import { securityReader } from './security.ts';
import type { Reader } from './store.ts';
import type { Differences } from './sums.ts';

/** `unsaved` and `stateOf`: what a transaction has at hand and has not written yet. `ofJobs`: for whoever reads rows of jobs. */
export function makeReader(
  snapshot: Snapshot,
  unsaved: () => readonly Differences[] = () => [],
  stateOf: StateAtHand = () => undefined,
  ofJobs: Snapshot = snapshot,
): Reader {
  return {
    ...jobReader(ofJobs, unsaved, stateOf),
    ...historyReader(snapshot),
    ...fileReader(snapshot, unsaved),
    ...floorReader(snapshot),
    ...arrivalReader(snapshot),
    ...whoseReader(ofJobs, stateOf),
    ...securityReader(snapshot),
  };
}
