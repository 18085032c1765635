/**
 * A long list of jobs, by their ids, of which only a window is in memory: pages by cursor, newest first, and the jobs that came since.
 * Pure. Promises that no job is in it twice and that a job that changed keeps its place.
 */
import { hotFoldersOf } from '../../shared/job/presses.ts';
import type { Job } from '../../shared/job.ts';
import type { Stage, StatusCode } from '../../shared/status.ts';

export type Filter = {
  readonly q: string;
  readonly stage: Stage | null;
  readonly status: StatusCode | null;
  readonly hotFolder: number | null;
  readonly attention: boolean;
};
export const noFilter: Filter = { q: '', stage: null, status: null, hotFolder: null, attention: false };

/** `ids` is null while the page is out of memory; `count` rows stay reserved for it. `lastId` is the smallest id it covers. */
export type FeedPage = {
  readonly cursor: string | null;
  readonly ids: readonly number[] | null;
  readonly count: number;
  readonly lastId: number;
};
export type Feed = {
  readonly filter: Filter;
  /** Newer than the first page, newest first. */
  readonly fresh: readonly number[];
  /** How many more came than `fresh` may hold; they show after loading again. */
  readonly unshown: number;
  readonly pages: readonly FeedPage[];
  /** The largest id the first page had when it was loaded; larger ones are fresh. */
  readonly topId: number;
  /** Cursor of the page after the last; null at the end of the list; undefined before the first answer. */
  readonly next: string | null | undefined;
};

const freshLimit = 300;
const pagesInMemory = 8;

export function emptyFeed(filter: Filter): Feed {
  return { filter, fresh: [], unshown: 0, pages: [], topId: 0, next: undefined };
}

const wordsOf = (text: string): string[] =>
  text
    .toLocaleLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

export function sameFilter(a: Filter, b: Filter): boolean {
  return a.q === b.q && a.stage === b.stage && a.status === b.status && a.hotFolder === b.hotFolder && a.attention === b.attention;
}

/** Whether a job belongs in the list, as the hub would decide it: each word asked for begins a word of the job. */
export function matches(job: Job, filter: Filter): boolean {
  if (filter.stage !== null && job.stage !== filter.stage) return false;
  if (filter.status !== null && job.status !== filter.status) return false;
  if (filter.hotFolder !== null && !hotFoldersOf(job).includes(filter.hotFolder)) return false;
  if (filter.attention && job.attention.length === 0) return false;
  const asked = wordsOf(filter.q);
  if (asked.length === 0) return true;
  const own = wordsOf(
    [job.number, job.title, job.product, job.customer?.name, job.customer?.company, ...job.files.map((file) => file.name)].join(' '),
  );
  return asked.every((word) => own.some((candidate) => candidate.startsWith(word)));
}

export function rowCount(feed: Feed): number {
  return feed.pages.reduce((sum, page) => sum + page.count, feed.fresh.length);
}

/** Where row `index` lies: its job, or null while its page is out of memory. */
export function rowAt(feed: Feed, index: number): { readonly page: number; readonly id: number | null } {
  if (index < feed.fresh.length) return { page: -1, id: feed.fresh[index] ?? null };
  let rest = index - feed.fresh.length;
  for (const [at, page] of feed.pages.entries()) {
    if (rest < page.count) return { page: at, id: page.ids?.[rest] ?? null };
    rest -= page.count;
  }
  return { page: feed.pages.length, id: null };
}

/** Row of a job that is in memory, or -1. */
export function rowOf(feed: Feed, id: number): number {
  const fresh = feed.fresh.indexOf(id);
  if (fresh >= 0) return fresh;
  let start = feed.fresh.length;
  for (const page of feed.pages) {
    const at = page.ids?.indexOf(id) ?? -1;
    if (at >= 0) return start + at;
    start += page.count;
  }
  return -1;
}

/** The jobs that are in memory. */
export function idsIn(feed: Feed): number[] {
  return [...feed.fresh, ...feed.pages.flatMap((page) => page.ids ?? [])];
}

const pageOf = (cursor: string | null, ids: readonly number[]): FeedPage => ({ cursor, ids, count: ids.length, lastId: ids.at(-1) ?? 0 });

/** One more page at the end. */
export function addPage(feed: Feed, items: readonly number[], next: string | null): Feed {
  const known = new Set(feed.fresh);
  const smallest = feed.pages.at(-1)?.lastId ?? Number.POSITIVE_INFINITY;
  const ids = items.filter((id) => id < smallest && !known.has(id));
  const topId = feed.pages.length === 0 ? (ids[0] ?? 0) : feed.topId;
  return { ...feed, pages: [...feed.pages, pageOf(feed.next ?? null, ids)], topId, next };
}

/** A page that was out of memory is back; what meanwhile belongs to the page after it is left to that one. */
export function refillPage(feed: Feed, at: number, items: readonly number[]): Feed {
  const old = feed.pages[at];
  if (old === undefined) return feed;
  const fresh = new Set(feed.fresh);
  const ids = items.filter((id) => id >= old.lastId && !fresh.has(id));
  return { ...feed, pages: feed.pages.with(at, { ...old, ids, count: ids.length }) };
}

/**
 * Everything but the rows in view may have changed: `newest` is the beginning of the list now. Pages out of view are let go; when more
 * came than `newest` can tell, they are only counted.
 */
export function renewTop(feed: Feed, newest: readonly Job[], firstInView: number, lastInView: number): Feed {
  const pages = feed.pages.map((page, at) => (at < firstInView || at > lastInView ? { ...page, ids: null } : page));
  const known = Math.max(feed.topId, feed.fresh[0] ?? 0);
  const gap = newest.length > 0 && newest.every((job) => job.id > known);
  return gap ? { ...feed, pages, unshown: feed.unshown + newest.length } : placeJobs({ ...feed, pages }, newest);
}

/** Lets go of pages far from the ones in view. */
export function trimPages(feed: Feed, firstInView: number, lastInView: number): Feed {
  const spare = Math.max(1, Math.floor((pagesInMemory - (lastInView - firstInView + 1)) / 2));
  const far = (at: number): boolean => at < firstInView - spare || at > lastInView + spare;
  if (!feed.pages.some((page, at) => page.ids !== null && far(at))) return feed;
  return { ...feed, pages: feed.pages.map((page, at) => (page.ids !== null && far(at) ? { ...page, ids: null } : page)) };
}

function insert(ids: readonly number[], id: number): readonly number[] {
  const before = ids.findIndex((other) => other < id);
  return ids.toSpliced(before < 0 ? ids.length : before, 0, id);
}

function place(feed: Feed, id: number): Feed {
  if (id > feed.topId) {
    return feed.fresh.length < freshLimit ? { ...feed, fresh: insert(feed.fresh, id) } : { ...feed, unshown: feed.unshown + 1 };
  }
  // At the end of the list there is no next page that could hold what is older than the last one.
  const at = feed.pages.findIndex((page, index) => page.lastId < id || (feed.next === null && index === feed.pages.length - 1));
  const page = feed.pages[at];
  if (page?.ids == null) return feed;
  return { ...feed, pages: feed.pages.with(at, { ...page, ids: insert(page.ids, id), count: page.count + 1 }) };
}

/** Gives jobs that belong in the list and are not in it their place. A job that no longer fits the filter stays where it is until the list is loaded again. */
export function placeJobs(feed: Feed, jobs: readonly Job[]): Feed {
  if (jobs.length === 0 || feed.next === undefined) return feed;
  const here = new Set(idsIn(feed));
  const ids = new Set(jobs.filter((job) => !here.has(job.id) && matches(job, feed.filter)).map((job) => job.id));
  return [...ids].sort((a, b) => a - b).reduce(place, feed);
}
