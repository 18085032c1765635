/** Asks the hub for what a screen shows and puts it on the floor. Each function may be called again at any time. */
import type { Arrival } from '../../shared/api.ts';
import type { JobEvent } from '../../shared/event.ts';
import type { Job } from '../../shared/job.ts';
import type { Stage } from '../../shared/status.ts';
import { hub, problemOf } from '../client.ts';
import { type Answered, addPage, type Feed, firstPage, placeJobs, refillPage, renewTop } from './feed.ts';
import { type Filter, finishedIn, sameFilter } from './filter.ts';
import { applyToQueue, floor, inOrder, pushedSince, withJobs } from './floor.ts';

const pageSize = 100;
const queueLimit = 500;
const queueStages: readonly Stage[] = ['press', 'queue', 'prepress'];
const asked = new Set<string>();

function query(filter: Filter, cursor: string | null) {
  const finished = finishedIn(filter);
  return {
    limit: pageSize,
    order: filter.order,
    ...(filter.reverse ? { reverse: true } : {}),
    ...(finished === undefined ? {} : { finished }),
    ...(filter.q.trim() === '' ? {} : { q: filter.q }),
    ...(filter.stage === null ? {} : { stage: filter.stage }),
    ...(filter.status === null ? {} : { status: filter.status }),
    ...(filter.hotFolder === null ? {} : { hotFolder: filter.hotFolder }),
    ...(filter.attention ? { attention: true } : {}),
    ...(cursor === null ? {} : { cursor }),
  };
}

let wanted: Filter | null = null;
/** Of several questions for the same place only the last one counts. */
let queueAsked = 0;
let askedAsked = 0;
let jobAsked = 0;

/** Whether the list shows this filter and is as new as the pushes. */
export function isListLoaded(filter: Filter): boolean {
  const { list, listResync, resyncs } = floor.getState();
  return list.next !== undefined && sameFilter(list.filter, filter) && listResync === resyncs;
}

const idsOf = (jobs: readonly Job[]): number[] => jobs.map(({ id }) => id);

/** The list with answers in it, and with what was pushed since the first of them was read. */
function tellList(pages: readonly Answered[], change: (list: Feed) => Feed, more: { readonly listResync?: number } = {}): void {
  const answers = pages.map(({ items }) => items);
  const state = withJobs(floor.getState(), answers.flat());
  floor.setState({ ...state, ...more, list: placeJobs(change(state.list), pushedSince(state, answers), state.jobs) });
}

/** The list from its beginning. What is shown stays until the answer is there; of several questions only the last one counts. */
export async function loadList(filter: Filter): Promise<void> {
  wanted = filter;
  const { resyncs } = floor.getState();
  const answer = await hub().jobs.list(query(filter, null));
  if (wanted !== filter) return;
  tellList([answer], () => firstPage(filter, answer), { listResync: resyncs });
}

/** The list again after too much was missed, without moving the pages in view. */
export async function renewList(firstInView: number, lastInView: number): Promise<void> {
  await once('renew', async () => {
    const { list: before, resyncs } = floor.getState();
    const inView = before.pages.slice(firstInView, lastInView + 1);
    const [top, ...pages] = await Promise.all(
      [null, ...inView.map((page) => page.cursor)].map((cursor) => hub().jobs.list(query(before.filter, cursor))),
    );
    const { list } = floor.getState();
    if (list.filter !== before.filter || list.pages.length < firstInView + inView.length || top === undefined) return;
    const renew = (feed: Feed): Feed =>
      renewTop(
        pages.reduce((renewed, page, at) => refillPage(renewed, firstInView + at, page), feed),
        top,
        firstInView,
        lastInView,
      );
    tellList([top, ...pages], renew, { listResync: resyncs });
  });
}

async function once(key: string, work: () => Promise<void>): Promise<void> {
  if (asked.has(key)) return;
  asked.add(key);
  try {
    await work();
  } catch {
    // The lost connection is shown already; scrolling or the next resync asks again.
  } finally {
    asked.delete(key);
  }
}

/** The page after the last, if there is one. */
export async function loadMore(): Promise<void> {
  const { filter, next } = floor.getState().list;
  if (next == null) return;
  await once(`more ${next}`, async () => {
    const page = await hub().jobs.list(query(filter, next));
    const { list } = floor.getState();
    if (list.filter === filter && list.next === next) tellList([page], (feed) => addPage(feed, page));
  });
}

/** A page that was let go and is in view again. */
export async function loadPageAgain(at: number): Promise<void> {
  const { filter, pages } = floor.getState().list;
  const page = pages[at];
  if (page === undefined || page.ids !== null) return;
  await once(`page ${page.cursor}`, async () => {
    const answer = await hub().jobs.list(query(filter, page.cursor));
    if (floor.getState().list.filter === filter) tellList([answer], (feed) => refillPage(feed, at, answer));
  });
}

/** All of it, page by page; most jobs have one. */
async function wholeHistory(id: number): Promise<JobEvent[]> {
  const events: JobEvent[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const { items, next }: { items: JobEvent[]; next: number | null } = await hub().jobs.history({ id, after });
    events.push(...items);
    after = next;
  }
  return events;
}

/** One job with its history. */
export async function openJob(id: number): Promise<void> {
  const { open, resyncs } = floor.getState();
  const mine = ++jobAsked;
  if (open?.id !== id) floor.setState({ open: { id, history: [], problem: null, resync: resyncs } });
  try {
    const [job, history] = await Promise.all([hub().jobs.get({ id }), wholeHistory(id)]);
    const state = withJobs(floor.getState(), [job]);
    if (mine !== jobAsked || state.open?.id !== id) return;
    floor.setState({ ...state, open: { id, history: inOrder(history, state.open.history), problem: null, resync: resyncs } });
  } catch (error) {
    const still = floor.getState().open;
    const problem = problemOf(error);
    if (mine === jobAsked && still?.id === id && problem.code !== 'OFFLINE') floor.setState({ open: { ...still, problem } });
  }
}

/** The jobs that have to do with one press now; of very many those that came first, and those that need somebody. */
export async function loadQueue(folderId: number): Promise<void> {
  const { queue: before, resyncs: resync } = floor.getState();
  const mine = ++queueAsked;
  if (before?.folderId !== folderId) floor.setState({ queue: { folderId, ids: [], more: false, loaded: false, problem: null, resync } });
  try {
    const asked = [...queueStages.map((stage) => ({ stage })), { attention: true }];
    const pages = await Promise.all(
      asked.map((part) => hub().jobs.list({ hotFolder: folderId, order: 'oldest', limit: queueLimit, ...part })),
    );
    if (mine !== queueAsked || floor.getState().queue?.folderId !== folderId) return;
    const answers = pages.map(({ items }) => items);
    const state = withJobs(floor.getState(), answers.flat());
    const more = pages.some((page) => page.next !== null);
    const empty = { folderId, ids: [], more, loaded: true, problem: null, resync };
    floor.setState({ ...state, queue: applyToQueue(empty, state.jobs, idsOf([...answers.flat(), ...pushedSince(state, answers)])) });
  } catch (error) {
    const problem = problemOf(error);
    const still = floor.getState().queue;
    if (mine === queueAsked && still?.folderId === folderId && problem.code !== 'OFFLINE')
      floor.setState({ queue: { ...still, loaded: true, problem } });
  }
}

export async function loadRejected(): Promise<void> {
  try {
    const { items, next } = await hub().arrivals.list({ outcome: 'rejected', unseen: true, limit: 50 });
    floor.setState({ rejected: items, rejectedMore: next !== null });
  } catch {
    // Shown as before; asked again when arrivals change or the connection is back.
  }
}

/** All of them: the list begins with the newest, and the oldest is to be answered first. */
export async function loadAsked(): Promise<void> {
  const mine = ++askedAsked;
  try {
    const asked: Arrival[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await hub().arrivals.list({ outcome: 'asked', limit: 500, ...(cursor !== undefined && { cursor }) });
      asked.push(...page.items);
      cursor = page.next;
    }
    if (mine === askedAsked) floor.setState({ asked: asked.reverse() });
  } catch {
    // Shown as before; asked again when arrivals change or the connection is back.
  }
}

export async function noteArrival(arrival: Arrival): Promise<void> {
  floor.setState({ rejected: floor.getState().rejected.filter((other) => other.id !== arrival.id) });
  try {
    await hub().arrivals.markSeen({ id: arrival.id });
  } catch {
    await loadRejected();
  }
}

/** Jobs for the command palette. However many the words find: who types the number of an order means its jobs, and they come first. */
export async function findJobs(q: string): Promise<readonly Job[]> {
  const limit = 8;
  const ofOrder = /\p{Nd}/u.test(q) ? hub().jobs.list({ orderNumber: q, limit }) : null;
  const [found, own] = await Promise.all([hub().jobs.list({ q, limit }), ofOrder]);
  return [...(own?.items ?? []), ...found.items].filter((job, at, all) => all.findIndex(({ id }) => id === job.id) === at);
}
