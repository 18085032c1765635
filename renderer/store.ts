/**
 * Everything the screens show, and the one way a push of the hub changes it. `applyLive` is pure; who talks to the hub is
 * client.ts, live.ts and load.ts.
 */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Arrival, Counts, Health, Live, Problem } from '../shared/api.ts';
import type { JobEvent } from '../shared/event.ts';
import type { HotFolder } from '../shared/hot-folder.ts';
import { openHotFoldersOf } from '../shared/job/presses.ts';
import type { Job } from '../shared/job.ts';
import type { KeyRefused } from './client.ts';
import { applyJobs, emptyFeed, type Feed, noFilter } from './feed.ts';
import type { Answer, Intention } from './intention.ts';
import type { Route } from './route.ts';

export type Connection =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'online' }
  /** `since` in epoch ms: what is shown is from then. */
  | { readonly kind: 'lost'; readonly since: number }
  | { readonly kind: 'signedOut'; readonly reason: 'noKey' | 'checking' | KeyRefused };

export type OpenJob = {
  readonly id: number;
  readonly job: Job | null;
  readonly history: readonly JobEvent[];
  readonly problem: Problem | null;
  /** `resyncs` when it was asked for. */
  readonly resync: number;
};
/** What belongs to one press: everything on its way to the hot folder, lying in it, or on the press. */
export type Queue = {
  readonly folderId: number;
  readonly jobs: readonly Job[];
  /** There are more than `jobs`; what is here is what comes first. */
  readonly more: boolean;
  readonly loaded: boolean;
  readonly problem: Problem | null;
  /** `resyncs` when it was asked for. */
  readonly resync: number;
};

export type Floor = {
  readonly connection: Connection;
  /** Everything up to this event is in what is shown. */
  readonly seq: number;
  readonly health: Health | null;
  readonly counts: Counts | null;
  readonly hotFolders: readonly HotFolder[] | null;
  readonly list: Feed;
  /** `resyncs` when the list was asked for. */
  readonly listResync: number;
  readonly open: OpenJob | null;
  readonly queue: Queue | null;
  /** The job in focus at the press. */
  readonly pressFocus: number | null;
  /**
   * The jobs pushed last, newest last: what was pushed while a question was under way is newer than its answer. Begins anew when something
   * was missed: what was pushed before may have changed unseen.
   */
  readonly pushed: readonly Job[];
  /** Rejected and not yet noted, newest first. */
  readonly rejected: readonly Arrival[];
  /** There are more than `rejected`. */
  readonly rejectedMore: boolean;
  /** Somebody must say whose they are, oldest first. */
  readonly asked: readonly Arrival[];
  /** Grows when everything shown must be loaded again. */
  readonly resyncs: number;
  readonly intentions: readonly Intention[];
  /** Meant for a record that the hub has no more, and not sent. */
  readonly unsent: readonly Intention[];
  /** The last answer for each job a person acted on. */
  readonly answers: Readonly<Record<number, Answer>>;
  /** seq of the events this screen made, oldest first. */
  readonly ownEvents: readonly number[];
  /** When the hub was last heard, epoch ms. */
  readonly heardAt: number | null;
  /** What was asked for before the last loss is from then, epoch ms. */
  readonly missedSince: number | null;
};

export const emptyFloor: Floor = {
  connection: { kind: 'connecting' },
  seq: 0,
  health: null,
  counts: null,
  hotFolders: null,
  list: emptyFeed(noFilter),
  listResync: 0,
  open: null,
  queue: null,
  pressFocus: null,
  pushed: [],
  rejected: [],
  rejectedMore: false,
  asked: [],
  resyncs: 0,
  intentions: [],
  unsent: [],
  answers: {},
  ownEvents: [],
  heardAt: null,
  missedSince: null,
};

/** Whether a job has to do with this press now. */
export function belongsToQueue(job: Job, folderId: number): boolean {
  return openHotFoldersOf(job).includes(folderId) && (job.stage === 'prepress' || job.stage === 'queue' || job.stage === 'press');
}

const pushedKept = 500;

function applyToOpen(open: OpenJob, push: Live): OpenJob {
  const job = push.jobs.findLast((candidate) => candidate.id === open.id) ?? open.job;
  const known = new Set(open.history.map((event) => event.seq));
  const added = push.events.filter((event) => event.jobId === open.id && !known.has(event.seq));
  if (job === open.job && added.length === 0) return open;
  return { ...open, job, history: [...open.history, ...added].sort((a, b) => a.seq - b.seq) };
}

function applyToQueue(queue: Queue, jobs: readonly Job[]): Queue {
  const changed = new Map(jobs.map((job) => [job.id, job]));
  if (!jobs.some((job) => belongsToQueue(job, queue.folderId)) && !queue.jobs.some((job) => changed.has(job.id))) return queue;
  const kept = queue.jobs.filter((job) => !changed.has(job.id));
  return { ...queue, jobs: [...kept, ...[...changed.values()].filter((job) => belongsToQueue(job, queue.folderId))] };
}

/** The floor after one push of the hub. */
export function applyLive(floor: Floor, push: Live): Floor {
  return {
    ...floor,
    connection: floor.connection.kind === 'online' ? floor.connection : { kind: 'online' },
    seq: push.resync ? push.seq : Math.max(floor.seq, push.seq),
    counts: push.counts ?? floor.counts,
    hotFolders: push.hotFolders ?? floor.hotFolders,
    list: applyJobs(floor.list, push.jobs),
    open: floor.open === null ? null : applyToOpen(floor.open, push),
    queue: floor.queue === null ? null : applyToQueue(floor.queue, push.jobs),
    pushed: push.resync ? push.jobs : push.jobs.length === 0 ? floor.pushed : [...floor.pushed, ...push.jobs].slice(-pushedKept),
    resyncs: push.resync ? floor.resyncs + 1 : floor.resyncs,
    missedSince: push.resync ? (floor.connection.kind === 'lost' ? floor.connection.since : floor.heardAt) : floor.missedSince,
  };
}

/**
 * Since when what this screen shows may have changed unseen, epoch ms; null when it is current. After a loss it is current only once it was
 * asked for again.
 */
export function staleSince(floor: Floor, route: Route): number | null {
  if (floor.connection.kind === 'lost') return floor.connection.since;
  return isAskedAgain(floor, route) ? null : floor.missedSince;
}

function isAskedAgain({ list, listResync, open, queue, resyncs }: Floor, route: Route): boolean {
  const openIsCurrent = open === null || open.job === null || open.resync === resyncs;
  switch (route.screen) {
    case 'overview':
      return (list.next === undefined || listResync === resyncs) && (route.jobId === null || openIsCurrent);
    case 'job':
      return openIsCurrent;
    case 'press':
      return queue?.loaded !== true || queue.resync === resyncs;
    case 'folders':
    case 'security':
    case 'welcome':
      return true;
  }
}

/** What is true as far as this page knows. */
export const floor = createStore<Floor>()(() => emptyFloor);

/** What is on the screen: the same, but for the moment in which a finger is down. */
const shown = createStore<Floor>()(() => emptyFloor);
let held = false;
floor.subscribe((state) => {
  if (!held) shown.setState(state, true);
});

/** Nothing on the screen changes until `letGo`. */
export function holdStill(): void {
  held = true;
}

export function letGo(): void {
  held = false;
  shown.setState(floor.getState(), true);
}

export function shownFloor(): Floor {
  return shown.getState();
}

export function useFloor<Part>(pick: (state: Floor) => Part): Part {
  return useStore(shown, pick);
}
