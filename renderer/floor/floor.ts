/**
 * Everything the screens show, and the one way a push of the hub changes it. `applyLive` is pure; who talks to the hub is
 * client.ts, live.ts and load.ts. Each job stands in it once, in `jobs`.
 */
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { createStore } from 'zustand/vanilla';
import type { Arrival, Counts, Health, Live, Problem } from '../../shared/api.ts';
import type { JobEvent } from '../../shared/event.ts';
import type { HotFolder } from '../../shared/hot-folder.ts';
import { openHotFoldersOf } from '../../shared/job/presses.ts';
import type { Job } from '../../shared/job.ts';
import type { KeyRefused } from '../client.ts';
import type { Route } from '../route.ts';
import type { Done, Whose, Wish } from '../wishes/wish.ts';
import { emptyFeed, type Feed, idsIn, placeJobs, settle } from './feed.ts';
import { noFilter } from './filter.ts';
import { type Jobs, jobsOf, keepJobs, tellJobs } from './jobs.ts';

export type Connection =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'online' }
  /** `since` in epoch ms: what is shown is from then. */
  | { readonly kind: 'lost'; readonly since: number }
  | { readonly kind: 'signedOut'; readonly reason: 'noKey' | 'checking' | KeyRefused };

export type OpenJob = {
  readonly id: number;
  readonly history: readonly JobEvent[];
  readonly problem: Problem | null;
  /** `resyncs` when it was asked for. */
  readonly resync: number;
};
/** What belongs to one press: everything on its way to the hot folder, lying in it, or on the press. */
export type Queue = {
  readonly folderId: number;
  readonly ids: readonly number[];
  /** There are more than these; what is here is what comes first. */
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
  readonly jobs: Jobs;
  readonly list: Feed;
  /** Somebody has it under the finger or scrolled: nothing in it changes its place. */
  readonly listHeld: boolean;
  /** `resyncs` when the list was asked for. */
  readonly listResync: number;
  readonly open: OpenJob | null;
  readonly queue: Queue | null;
  /** The job in focus at the press. */
  readonly pressFocus: number | null;
  /** The jobs pushed last, newest last: an answer that was read before they changed does not know that they belong in it. Begins anew when something was missed. */
  readonly pushed: readonly number[];
  /** Rejected and not yet noted, newest first. */
  readonly rejected: readonly Arrival[];
  /** There are more than `rejected`. */
  readonly rejectedMore: boolean;
  /** Somebody must say whose they are, oldest first. */
  readonly asked: readonly Arrival[];
  /** Grows when everything shown must be loaded again. */
  readonly resyncs: number;
  /** Grows when the settings of the shop have changed. */
  readonly settingsHeard: number;
  /** What was meant at the windows of this browser and has not come to its end, in order. */
  readonly wishes: readonly Wish[];
  /** How many more a later version of the page has kept, which this one leaves alone. */
  readonly laterWishes: number;
  /** What was done last to each job a person acted on. */
  readonly answers: Readonly<Record<number, Done>>;
  /** What the hub calls who has the key of this screen; null until it was asked. */
  readonly me: Whose | null;
  /** Since when there is a connection, epoch ms. */
  readonly onlineSince: number;
  /** seq of the events this screen made, oldest first. */
  readonly ownEvents: readonly number[];
  /** When the hub was last heard, epoch ms. */
  readonly heardAt: number | null;
  /** How far this screen's clock is ahead of the hub's, in whole minutes and as ms; 0 while it is right. */
  readonly clockOffMs: number;
  /** What was asked for before the last loss is from then, epoch ms. */
  readonly missedSince: number | null;
};

export const emptyFloor: Floor = {
  connection: { kind: 'connecting' },
  seq: 0,
  health: null,
  counts: null,
  hotFolders: null,
  jobs: new Map(),
  list: emptyFeed(noFilter),
  listHeld: false,
  listResync: 0,
  open: null,
  queue: null,
  pressFocus: null,
  pushed: [],
  rejected: [],
  rejectedMore: false,
  asked: [],
  resyncs: 0,
  settingsHeard: 0,
  wishes: [],
  laterWishes: 0,
  answers: {},
  me: null,
  onlineSince: 0,
  ownEvents: [],
  heardAt: null,
  clockOffMs: 0,
  missedSince: null,
};

/** Whether a job has to do with this press now. */
export function belongsToQueue(job: Job, folderId: number): boolean {
  return openHotFoldersOf(job).includes(folderId) && (job.stage === 'prepress' || job.stage === 'queue' || job.stage === 'press');
}

const pushedKept = 500;
/** From here on those that nothing on this page speaks of are let go. */
const mostJobs = 3000;

function spokenOf({ list, open, queue, pushed, answers }: Floor): ReadonlySet<number> {
  const acted = Object.keys(answers).map(Number);
  return new Set([...idsIn(list), ...(open === null ? [] : [open.id]), ...(queue?.ids ?? []), ...pushed, ...acted]);
}

/** The floor after jobs were told, by a push or an answer. */
export function withJobs(floor: Floor, told: readonly Job[]): Floor {
  const jobs = tellJobs(floor.jobs, told);
  if (jobs === floor.jobs) return floor;
  return {
    ...floor,
    jobs: jobs.size > mostJobs ? keepJobs(jobs, spokenOf({ ...floor, pushed: [...floor.pushed, ...told.map(({ id }) => id)] })) : jobs,
  };
}

function applyToOpen(open: OpenJob, events: readonly JobEvent[]): OpenJob {
  const history = inOrder(
    open.history,
    events.filter((event) => event.jobId === open.id),
  );
  return history === open.history ? open : { ...open, history };
}

/** Both, each event once, oldest first. */
export function inOrder(history: readonly JobEvent[], more: readonly JobEvent[]): readonly JobEvent[] {
  const known = new Set(history.map((event) => event.seq));
  const added = more.filter((event) => !known.has(event.seq));
  return added.length === 0 ? history : [...history, ...added].sort((a, b) => a.seq - b.seq);
}

/** The queue after these jobs of it changed, or came. */
export function applyToQueue(queue: Queue, jobs: Jobs, changed: readonly number[]): Queue {
  const belongs = (id: number): boolean => {
    const job = jobs.get(id);
    return job !== undefined && belongsToQueue(job, queue.folderId);
  };
  const here = new Set(queue.ids);
  const ids = [...queue.ids.filter(belongs), ...new Set(changed.filter((id) => !here.has(id) && belongs(id)))];
  return ids.length === queue.ids.length && ids.every((id, at) => id === queue.ids[at]) ? queue : { ...queue, ids };
}

function inItsPlace(list: Feed, { listHeld, jobs }: Floor): Feed {
  return listHeld ? list : settle(list, jobs);
}

/** The list is held, or let go: then everything goes to its place. */
export function holdList(listHeld: boolean): void {
  const state = floor.getState();
  if (state.listHeld !== listHeld) floor.setState({ listHeld, list: inItsPlace(state.list, { ...state, listHeld }) });
}

/** The floor after it was told of jobs that changed: in the list and the queue they are where they belong now. */
export function applyJobs(before: Floor, told: readonly Job[]): Floor {
  const floor = withJobs(before, told);
  const ids = told.map(({ id }) => id);
  return {
    ...floor,
    list: inItsPlace(placeJobs(floor.list, jobsOf(floor.jobs, ids), floor.jobs), floor),
    queue: floor.queue === null ? null : applyToQueue(floor.queue, floor.jobs, ids),
  };
}

/** The floor after one push of the hub. */
export function applyLive(before: Floor, push: Live): Floor {
  const floor = applyJobs(before, push.jobs);
  const pushed = push.jobs.map(({ id }) => id);
  return {
    ...floor,
    connection: floor.connection.kind === 'online' ? floor.connection : { kind: 'online' },
    seq: push.resync ? push.seq : Math.max(floor.seq, push.seq),
    counts: push.counts ?? floor.counts,
    hotFolders: push.hotFolders ?? floor.hotFolders,
    open: floor.open === null ? null : applyToOpen(floor.open, push.events),
    pushed: [...(push.resync ? [] : floor.pushed), ...pushed].slice(-pushedKept),
    resyncs: push.resync ? floor.resyncs + 1 : floor.resyncs,
    settingsHeard: push.settings ? floor.settingsHeard + 1 : floor.settingsHeard,
    missedSince: push.resync ? (floor.connection.kind === 'lost' ? floor.connection.since : floor.heardAt) : floor.missedSince,
  };
}

/**
 * Those pushed that are newer than one of the answers with these jobs, which may lack them for that. What goes from one to the other between two that were asked
 * at once may be in neither.
 */
export function pushedSince({ jobs, pushed }: Floor, answers: readonly (readonly Job[])[]): Job[] {
  const readAt = Math.min(...answers.map((answer) => Math.max(-1, ...answer.map((job) => job.revision))));
  return jobsOf(jobs, [...new Set(pushed)]).filter((job) => job.revision > readAt);
}

/**
 * Since when what this screen shows may have changed unseen, epoch ms; null when it is current. After a loss it is current only once it was
 * asked for again.
 */
export function staleSince(floor: Floor, route: Route): number | null {
  if (floor.connection.kind === 'lost') return floor.connection.since;
  return isAskedAgain(floor, route) ? null : floor.missedSince;
}

function isAskedAgain({ jobs, list, listResync, open, queue, resyncs }: Floor, route: Route): boolean {
  const openIsCurrent = open === null || !jobs.has(open.id) || open.resync === resyncs;
  switch (route.screen) {
    case 'overview':
      return (list.next === undefined || listResync === resyncs) && (route.jobId === null || openIsCurrent);
    case 'job':
      return openIsCurrent;
    case 'press':
      return queue?.loaded !== true || queue.resync === resyncs;
    case 'folders':
    case 'statuses':
    case 'settings':
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

/** The job as this page knows it; null when it has not been told of it. */
export function useJob(id: number): Job | null {
  return useFloor((state) => state.jobs.get(id) ?? null);
}

/** What belongs to the press whose queue is shown. */
export function useQueueJobs(): readonly Job[] {
  return useStore(
    shown,
    useShallow((state) => jobsOf(state.jobs, state.queue?.ids ?? [])),
  );
}
