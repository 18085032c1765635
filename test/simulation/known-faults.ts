/**
 * Scenes in which the hub is known to break a promise today, by the name swarm.ts draws them under, or the name of the promise. A seed never draws what stands here; whoever mends the
 * fault takes its name out. The list is to be empty.
 */
const knownFaults: readonly string[] = [
  // A file that comes again under a name its ticket no longer waits for prints as a job of its own.
  'file again',
  // Two tickets wait for the same bare name, and the first gets whatever comes.
  'sameNames',
  // A job rejected while a file is awaited or queued is delivered.
  'reject',
  // After a change of path what was delivered is watched in the wrong place; a probe cut short is answered as a bug.
  'path',
  // Names listed in another spelling count as gone.
  'decomposed',
  'upperCase',
  // A future order whose day has come is not started.
  'futures',
  // What was held at its last moment, for an approval or a missing file, waits an hour after it came.
  'held for an hour',
  // With the marker beside it, another folder at a hot folder's path passes for it, and what was sent counts as taken.
  'moved',
  // After the clock was set back, what lies in a hot folder is not missed.
  'clockJumps',
  // A file that could not be read once, since its disk process died, is rejected and lies there for ever.
  'disk',
  // A power cut takes back the filing of an original that is on record as filed: it arrives, and prints, once more.
  'power',
  // An approval hides that files are missing.
  'approve',
  // Leftovers of a try or a probe that was cut short stay for ever.
  'nothing of ours is left over',
];

/** `PRINTFLOOR_ALL=1` plays them all the same. */
export function isKnownFault(name: string): boolean {
  return knownFaults.includes(name) && process.env['PRINTFLOOR_ALL'] !== '1';
}
