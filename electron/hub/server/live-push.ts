/** Putting pushes together for a screen that has not taken the one before, and keeping them small. Pure. */
import type { Live } from '../../../shared/api.ts';
import { mostPageBytes } from '../store/cursor.ts';

/** More changed jobs than this, and loading again is cheaper than listing them. */
export const mostJobs = 200;
export const mostEvents = 500;

/** A push and about how many bytes its jobs and events take as they are sent: measured once for all screens, and added up where pushes are put together. */
export type Weighed = { readonly push: Live; readonly bytes: number };

/** A push that says nothing but that the line is alive. */
export function emptyPush(seq: number): Live {
  return { seq, resync: false, jobs: [], events: [], hotFolders: null, counts: null, arrivals: false, settings: false };
}

function onlyAgain(push: Live): Weighed {
  return { push: { ...push, resync: true, jobs: [], events: [] }, bytes: 0 };
}

/** What is larger than a page says only "load again". */
export function weigh(push: Live): Weighed {
  const bytes = Buffer.byteLength(JSON.stringify([push.jobs, push.events]));
  return bytes > mostPageBytes ? onlyAgain(push) : { push, bytes };
}

/** What `earlier` and then `later` say, in one push; past the limits it says only "load again". */
export function mergePushes({ push: earlier, bytes: earlierBytes }: Weighed, { push: later, bytes: laterBytes }: Weighed): Weighed {
  const jobs = [...new Map([...earlier.jobs, ...later.jobs].map((job) => [job.id, job])).values()];
  const events = [...earlier.events, ...later.events];
  const bytes = earlierBytes + laterBytes;
  const resync = earlier.resync || later.resync || jobs.length > mostJobs || events.length > mostEvents || bytes > mostPageBytes;
  const push: Live = {
    seq: Math.max(earlier.seq, later.seq),
    resync,
    jobs,
    events,
    hotFolders: later.hotFolders ?? earlier.hotFolders,
    counts: later.counts ?? earlier.counts,
    arrivals: earlier.arrivals || later.arrivals,
    settings: earlier.settings || later.settings,
  };
  return resync ? onlyAgain(push) : { push, bytes };
}

/** The push without what a screen that knows everything up to `seq` has already been told; the same one where that is nothing, so that it is made ready once for all. */
export function after(seq: number, push: Live): Live {
  if (push.seq >= seq && push.events.every((event) => event.seq > seq)) return push;
  return { ...push, seq: Math.max(seq, push.seq), events: push.events.filter((event) => event.seq > seq) };
}
