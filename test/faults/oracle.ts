/**
 * The judge of every fault test: takes what was observed (manifest, what the RIP saw, the hub's record, the disk) and names each promise that was broken. Pure, so
 * that it can be tried itself: oracle.test.ts plants a violation of each kind and expects to hear of it.
 */
import type { Arrival } from '../../shared/api.ts';
import type { JobEvent } from '../../shared/event.ts';
import { deriveState } from '../../shared/job/state.ts';
import type { Job } from '../../shared/job.ts';
import { longestStopMs } from '../loop.ts';
import type { RipLine } from './fake-rip.ts';
import type { ManifestEntry } from './manifest.ts';

export type Observations = {
  readonly manifest: readonly ManifestEntry[];
  /** What the RIPs of all watched hot folders saw. */
  readonly rip: readonly RipLine[];
  readonly jobs: readonly Job[];
  /** The whole history of the hub, in the order it gave. */
  readonly events: readonly JobEvent[];
  readonly arrivals: readonly Arrival[];
  /** SHA-256 of every plain file below incoming, archive and rejected. */
  readonly keptHashes: ReadonlySet<string>;
  /** Hidden, .part and work files that still lie around. */
  readonly leftovers: readonly string[];
  /** Files of the hot folder by final name now, hashed. */
  readonly lying: readonly { readonly name: string; readonly sha256: string }[];
  /** The answer of PRAGMA integrity_check. */
  readonly integrity: string;
  /** Of the hub's loop, by the time its thread worked. */
  readonly longestStopMs: number;
};

export type Violation = {
  readonly invariant: 'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6' | 'I7' | 'I8' | 'I10' | 'loop';
  readonly what: string;
};

function byHash<Item extends { readonly sha256: string }>(items: Iterable<Item>): (sha256: string) => readonly Item[] {
  const found = Map.groupBy(items, ({ sha256 }) => sha256);
  return (sha256) => found.get(sha256) ?? [];
}

const deliveredStates = new Set(['delivered', 'taken', 'printed', 'refused', 'lying']);

type Check = (seen: Observations) => string[];

/** Everything dropped in is on record once: as a file of a job, or as a rejected arrival. */
const noJobLost: Check = ({ manifest, jobs, arrivals }) => {
  const filesOf = byHash(jobs.flatMap((job) => job.files));
  const rejected = new Set(arrivals.filter((arrival) => arrival.outcome === 'rejected').map((arrival) => arrival.name));
  return manifest.flatMap((entry) => {
    const count = filesOf(entry.sha256).length;
    if (entry.fate === 'rejected') return count > 0 || !rejected.has(entry.name) ? [`${entry.name} should be rejected and is not`] : [];
    if (count === 0) return entry.fate === 'either' && rejected.has(entry.name) ? [] : [`${entry.name} is on record nowhere`];
    return count > 1 ? [`${entry.name} is on record ${count} times`] : [];
  });
};

/** No RIP ever saw anything under a final name but a whole file of the manifest. */
const noPartialSeen: Check = ({ manifest, rip }) => {
  const whole = new Map(manifest.map((entry) => [entry.sha256, entry]));
  return rip.flatMap((line) => {
    if (line.what === 'changed') return [`the RIP saw ${line.name} change under its final name`];
    if (line.what !== 'seen') return [];
    const entry = whole.get(line.sha256);
    return entry === undefined || entry.size !== line.size
      ? [`the RIP saw ${line.name} with ${line.size} bytes that are no file of the manifest`]
      : [];
  });
};

/** Each content reaches the RIP exactly as often as the record says; an uncertain delivery may or may not have been seen. */
const deliveredAsRecorded: Check = ({ manifest, rip, jobs, events, lying }) => {
  const seenOf = byHash(rip.flatMap((line) => (line.what === 'seen' ? [line] : [])));
  const lyingOf = byHash(lying);
  const jobsOf = byHash(jobs.flatMap((job) => [...new Set(job.files.map((file) => file.sha256))].map((sha256) => ({ sha256, job }))));
  const told = Map.groupBy(
    events.filter((event) => event.code === 'InHotFolder'),
    (event) => event.jobId,
  );
  return manifest.flatMap((entry) => {
    const seen = seenOf(entry.sha256);
    const owners = jobsOf(entry.sha256).map(({ job }) => job);
    const problems: string[] = [];
    const deliveries = owners.flatMap((job) => {
      const ids = new Set(job.files.filter((file) => file.sha256 === entry.sha256).map((file) => file.id));
      return job.deliveries.filter((delivery) => delivery.fileId !== null && ids.has(delivery.fileId));
    });
    const delivered = deliveries.filter((delivery) => deliveredStates.has(delivery.state));
    const uncertain = deliveries.filter((delivery) => delivery.state === 'uncertain');
    const keys = delivered.map((delivery) => `${delivery.fileId} ${delivery.hotFolderId} ${delivery.send}`);
    if (new Set(keys).size !== keys.length) problems.push(`${entry.name}: two deliveries of the same send`);
    if (seen.length > delivered.length + uncertain.length)
      problems.push(`${entry.name}: the RIP saw it ${seen.length} times, recorded are ${delivered.length}`);
    const reached = seen.length + lyingOf(entry.sha256).filter((file) => !seen.some((line) => line.name === file.name)).length;
    if (reached < delivered.length) problems.push(`${entry.name}: ${delivered.length} recorded, but the RIP saw it ${reached} times`);
    const said = owners.flatMap((job) => told.get(job.id) ?? []).length;
    const sends = owners.flatMap((job) => job.deliveries).filter((delivery) => deliveredStates.has(delivery.state)).length;
    if (said < sends) problems.push(`${entry.name}: ${sends} deliveries, but InHotFolder is recorded ${said} times`);
    if (said > 0 && sends === 0 && uncertain.length === 0)
      problems.push(`${entry.name}: InHotFolder is recorded, but nothing was delivered`);
    if (entry.fate === 'delivered' && delivered.length === 0 && uncertain.length === 0) problems.push(`${entry.name} was never delivered`);
    return problems;
  });
};

/** A hand-over is told once. */
const toldOnce: Check = ({ events }) => {
  const told = events.flatMap((event) =>
    event.code === 'InHotFolder' && event.undoes === null && typeof event.data['deliveryId'] === 'number'
      ? [`${event.jobId} ${event.data['deliveryId']}`]
      : [],
  );
  return [...Map.groupBy(told, (id) => id)].flatMap(([id, times]) =>
    times.length > 1 ? [`InHotFolder of delivery ${id} is recorded twice`] : [],
  );
};

/** A failure speaks: code, sentence, raw error and place. */
const failuresExplained: Check = ({ events }) =>
  events
    .filter((event) => event.code === 'CopyToHotFolderFailed')
    .flatMap((event) => {
      const lacking = ['reasonCode', 'raw', 'path'].filter((key) => typeof event.data[key] !== 'string' || event.data[key] === '');
      if (event.reason === null || event.reason === '') lacking.push('reason');
      return lacking.length > 0 ? [`event ${event.seq} (${event.code}) lacks ${lacking.join(', ')}`] : [];
    });

/** The history has no gap, goes forward, undoes only what was there, and what is shown of a job follows from it. */
const historyWhole: Check = ({ events, jobs }) => {
  const problems = events
    .flatMap((event, index) => (event.seq === index + 1 ? [] : [`event ${index + 1} has seq ${event.seq}`]))
    .slice(0, 3);
  const byJob = Map.groupBy(events, (event) => event.jobId);
  for (const [jobId, history] of byJob) {
    const backwards = history.find((event, index) => index > 0 && event.at < (history[index - 1]?.at ?? ''));
    if (backwards !== undefined) problems.push(`job ${jobId}: event ${backwards.seq} lies before the one before it`);
    const bad = history.find(
      (event) => event.undoes !== null && !history.some((other) => other.seq === event.undoes && other.seq < event.seq),
    );
    if (bad !== undefined) problems.push(`job ${jobId}: event ${bad.seq} undoes what is not there`);
  }
  for (const job of jobs) {
    const state = deriveState(byJob.get(job.id) ?? []);
    if (state.status !== job.status || state.stage !== job.stage)
      problems.push(`job ${job.number} says ${job.status}, its history ${state.status}`);
  }
  return problems;
};

/** What was dropped in still exists, byte for byte, somewhere we keep things. */
const originalsKept: Check = ({ manifest, keptHashes }) =>
  manifest.filter((entry) => !keptHashes.has(entry.sha256)).map((entry) => `the original of ${entry.name} is gone`);

const nothingLeftOver: Check = ({ leftovers }) => leftovers.map((path) => `${path} is left over`);

/** "Taken" is said of nothing that the RIP did not take. */
const takenOnlyWhenTaken: Check = ({ events, jobs, rip }) => {
  const jobById = new Map(jobs.map((job) => [job.id, job]));
  const took = new Set(rip.flatMap((line) => (line.what === 'took' ? [line.sha256] : [])));
  return events
    .filter((event) => event.code === 'InProduction' || (event.code === 'Printed' && event.actor !== 'admin'))
    .flatMap((event) => {
      const hashes = jobById.get(event.jobId)?.files.map((file) => file.sha256) ?? [];
      return hashes.some((hash) => took.has(hash))
        ? []
        : [`event ${event.seq} says ${event.code}, but the RIP took nothing of job ${event.jobId}`];
    });
};

const recordSound: Check = ({ integrity }) => (integrity === 'ok' ? [] : [`integrity_check: ${integrity}`]);

const nobodyStopsTheFloor: Check = (seen) =>
  seen.longestStopMs <= longestStopMs ? [] : [`the loop of the hub stood for ${Math.round(seen.longestStopMs)} ms`];

const checks: Readonly<Record<Violation['invariant'], Check>> = {
  I1: noJobLost,
  I2: noPartialSeen,
  I3: (seen) => [...deliveredAsRecorded(seen), ...toldOnce(seen)],
  I4: failuresExplained,
  I5: historyWhole,
  I6: originalsKept,
  I7: nothingLeftOver,
  I8: takenOnlyWhenTaken,
  I10: recordSound,
  loop: nobodyStopsTheFloor,
};

/** All broken promises; empty when everything is as it must be. */
export function judge(seen: Observations): Violation[] {
  return Object.entries(checks).flatMap(([name, check]) =>
    check(seen).map((what) => ({ invariant: name as Violation['invariant'], what })),
  );
}
