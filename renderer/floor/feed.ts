/**
 * A long list of jobs, by their ids, of which only a window is in memory: pages by cursor in the order the hub sorts them, and the jobs that came since at
 * their place. Pure. Promises that no job is in it twice, and that a job that changed keeps its place until the list is settled.
 */
import { compareSpots, isReversed, type JobOrder, type Spot, sortKey } from '../../shared/job/board.ts';
import type { Job } from '../../shared/job.ts';
import { numberRank } from '../../shared/job-number.ts';
import { type Filter, matches } from './filter.ts';
import { type Jobs, jobsOf } from './jobs.ts';

/** `ids` is null while the page is out of memory; `count` rows stay reserved for it. `last`: where it ends. */
export type FeedPage = {
  readonly cursor: string | null;
  readonly ids: readonly number[] | null;
  readonly count: number;
  readonly last: Spot;
};
export type Feed = {
  readonly filter: Filter;
  /** The order it is in, which may be another than the one asked for. */
  readonly order: JobOrder;
  /** Those that came since it was loaded. */
  readonly fresh: ReadonlySet<number>;
  /** How many more came than it may hold; they show after loading again. */
  readonly unshown: number;
  readonly pages: readonly FeedPage[];
  /** Cursor of the page after the last; null at the end of the list; undefined before the first answer. */
  readonly next: string | null | undefined;
};
/** As the hub answers it. */
export type Answered = { readonly items: readonly Job[]; readonly next: string | null; readonly order?: JobOrder | undefined };

const freshLimit = 300;
const pagesInMemory = 8;
const nowhere: Spot = { key: null, id: 0 };

export function emptyFeed(filter: Filter): Feed {
  return { filter, order: filter.order, fresh: new Set(), unshown: 0, pages: [], next: undefined };
}

function spotOf({ filter, order }: Pick<Feed, 'filter' | 'order'>, job: Job): Spot {
  return { key: sortKey(job, order), id: job.id, rank: numberRank(filter.q, job.number) };
}

function compareIn({ filter, order }: Feed): (a: Spot, b: Spot) => number {
  const turned = isReversed(order, order === filter.order && filter.reverse);
  return (a, b) => compareSpots(a, b, turned);
}

export function rowCount(feed: Feed): number {
  return feed.pages.reduce((sum, page) => sum + page.count, 0);
}

/** Where row `index` lies: its job, or null while its page is out of memory. */
export function rowAt(feed: Feed, index: number): { readonly page: number; readonly id: number | null } {
  let rest = index;
  for (const [at, page] of feed.pages.entries()) {
    if (rest < page.count) return { page: at, id: page.ids?.[rest] ?? null };
    rest -= page.count;
  }
  return { page: feed.pages.length, id: null };
}

/** Row of a job that is in memory, or -1. */
export function rowOf(feed: Feed, id: number): number {
  let start = 0;
  for (const page of feed.pages) {
    const at = page.ids?.indexOf(id) ?? -1;
    if (at >= 0) return start + at;
    start += page.count;
  }
  return -1;
}

/** The jobs that are in memory. */
export function idsIn(feed: Feed): number[] {
  return feed.pages.flatMap((page) => page.ids ?? []);
}

/** The list from its beginning. */
export function firstPage(filter: Filter, answer: Answered): Feed {
  return addPage({ ...emptyFeed(filter), order: answer.order ?? filter.order, next: null }, answer);
}

/** One more page at the end. */
export function addPage(feed: Feed, { items, next }: Answered): Feed {
  const known = new Set(idsIn(feed));
  const ids = items.map(({ id }) => id).filter((id) => !known.has(id));
  const end = items.at(-1);
  const last = end === undefined ? (feed.pages.at(-1)?.last ?? nowhere) : spotOf(feed, end);
  return { ...feed, pages: [...feed.pages, { cursor: feed.next ?? null, ids, count: ids.length, last }], next };
}

/** A page that was out of memory is back; what meanwhile belongs to the page after it is left to that one. */
export function refillPage(feed: Feed, at: number, { items }: Answered): Feed {
  const old = feed.pages[at];
  if (old === undefined) return feed;
  const compare = compareIn(feed);
  const isEnd = feed.next === null && at === feed.pages.length - 1;
  const elsewhere = new Set(feed.pages.flatMap((page, index) => (index === at ? [] : (page.ids ?? []))));
  const ids = items.filter((job) => (isEnd || compare(spotOf(feed, job), old.last) <= 0) && !elsewhere.has(job.id)).map(({ id }) => id);
  return { ...feed, pages: feed.pages.with(at, { ...old, ids, count: ids.length }) };
}

/**
 * Everything but the rows in view may have changed: `top` is the beginning of the list now. Pages out of view are let go; when nothing of `top` is known any
 * more, so many came that they are only counted.
 */
export function renewTop(feed: Feed, top: Answered, firstInView: number, lastInView: number): Feed {
  const [first] = feed.pages;
  const pages = feed.pages.map((page, at) => (at === 0 || (at >= firstInView && at <= lastInView) ? page : { ...page, ids: null }));
  const before = new Set(first?.ids ?? []);
  if (top.next !== null && !top.items.some(({ id }) => before.has(id))) return { ...feed, pages, unshown: feed.unshown + top.items.length };
  const known = new Set(idsIn(feed));
  const fresh = new Set([...feed.fresh, ...top.items.map(({ id }) => id).filter((id) => !known.has(id))]);
  return refillPage({ ...feed, pages, fresh }, 0, top);
}

/** Lets go of pages far from the ones in view. The first stays: what comes belongs there. */
export function trimPages(feed: Feed, firstInView: number, lastInView: number): Feed {
  const spare = Math.max(1, Math.floor((pagesInMemory - 1 - (lastInView - firstInView + 1)) / 2));
  const far = (at: number): boolean => at > 0 && (at < firstInView - spare || at > lastInView + spare);
  if (!feed.pages.some((page, at) => page.ids !== null && far(at))) return feed;
  return { ...feed, pages: feed.pages.map((page, at) => (page.ids !== null && far(at) ? { ...page, ids: null } : page)) };
}

function place(feed: Feed, job: Job, jobs: Jobs): Feed {
  const compare = compareIn(feed);
  const spot = spotOf(feed, job);
  // At the end of the list there is no next page that could hold what comes after the last one.
  const at = feed.pages.findIndex(
    (page, index) => compare(spot, page.last) <= 0 || (feed.next === null && index === feed.pages.length - 1),
  );
  const page = feed.pages[at];
  if (page?.ids == null) return feed;
  if (feed.fresh.size >= freshLimit) return { ...feed, unshown: feed.unshown + 1 };
  const before = page.ids.findIndex((id) => {
    const other = jobs.get(id);
    return other !== undefined && compare(spotOf(feed, other), spot) > 0;
  });
  const ids = page.ids.toSpliced(before < 0 ? page.ids.length : before, 0, job.id);
  return { ...feed, fresh: new Set(feed.fresh).add(job.id), pages: feed.pages.with(at, { ...page, ids, count: ids.length }) };
}

/** Gives jobs that belong in the list and are not in it their place. A job that no longer fits, or belongs elsewhere, stays where it is until the list is settled. */
export function placeJobs(feed: Feed, told: readonly Job[], jobs: Jobs): Feed {
  if (told.length === 0 || feed.next === undefined) return feed;
  const here = new Set(idsIn(feed));
  const news = new Map(told.filter((job) => !here.has(job.id) && matches(job, feed.filter)).map((job) => [job.id, job]));
  return [...news.values()].sort((a, b) => a.id - b.id).reduce((list, job) => place(list, job, jobs), feed);
}

/** Everything in memory at its place, and nothing that no longer fits. */
export function settle(feed: Feed, jobs: Jobs): Feed {
  if (feed.next === undefined) return feed;
  const compare = compareIn(feed);
  const inOrder = jobsOf(jobs, idsIn(feed))
    .filter((job) => matches(job, feed.filter))
    .map((job) => spotOf(feed, job))
    .sort(compare);
  let from = 0;
  const pages = feed.pages.map((page, at) => {
    const isEnd = feed.next === null && at === feed.pages.length - 1;
    const end = isEnd ? -1 : inOrder.findIndex((spot, index) => index >= from && compare(spot, page.last) > 0);
    const ids = inOrder.slice(from, end === -1 ? undefined : end).map(({ id }) => id);
    from += ids.length;
    if (page.ids === null || (ids.length === page.count && ids.every((id, index) => id === page.ids?.[index]))) return page;
    return { ...page, ids, count: ids.length };
  });
  return pages.every((page, at) => page === feed.pages[at]) ? feed : { ...feed, pages };
}
