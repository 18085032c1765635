/** Putting pushes together for a screen that has not taken the one before. Pure. */
import type { Live } from '../../../shared/api.ts';

/** More changed jobs than this, and loading again is cheaper than listing them. */
export const mostJobs = 200;
export const mostEvents = 500;

/** A push that says nothing but that the line is alive. */
export function emptyPush(seq: number): Live {
  return { seq, resync: false, jobs: [], events: [], hotFolders: null, counts: null, arrivals: false };
}

/** What `earlier` and then `later` say, in one push; past the limits it says only "load again". */
export function mergePushes(earlier: Live, later: Live): Live {
  const jobs = [...new Map([...earlier.jobs, ...later.jobs].map((job) => [job.id, job])).values()];
  const events = [...earlier.events, ...later.events];
  const resync = earlier.resync || later.resync || jobs.length > mostJobs || events.length > mostEvents;
  return {
    seq: Math.max(earlier.seq, later.seq),
    resync,
    jobs: resync ? [] : jobs,
    events: resync ? [] : events,
    hotFolders: later.hotFolders ?? earlier.hotFolders,
    counts: later.counts ?? earlier.counts,
    arrivals: earlier.arrivals || later.arrivals,
  };
}

/** The push without what a screen that knows everything up to `seq` has already been told. */
export function after(seq: number, push: Live): Live {
  return { ...push, seq: Math.max(seq, push.seq), events: push.events.filter((event) => event.seq > seq) };
}
