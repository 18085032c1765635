/** The long list of which only a window is in memory. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addPage,
  emptyFeed,
  type Feed,
  firstPage,
  placeJobs,
  refillPage,
  renewTop,
  rowAt,
  rowCount,
  rowOf,
  settle,
  trimPages,
} from '../../renderer/floor/feed.ts';
import { matches, noFilter } from '../../renderer/floor/filter.ts';
import { tellJobs } from '../../renderer/floor/jobs.ts';
import type { Job } from '../../shared/job.ts';
import { jobWith } from './job-for-tests.ts';

const range = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, at) => jobWith({ id: from - at }));
const ids = (feed: Feed) => Array.from({ length: rowCount(feed) }, (_, row) => rowAt(feed, row).id);
const known = (...jobs: readonly Job[]) => tellJobs(new Map(), jobs);
const troubled = (id: number, code = 'NoRuleFits', revision = 1) =>
  jobWith({
    id,
    revision,
    attention: [{ code, who: 'planner', since: '2026-03-02T09:00:00.000Z', seq: 1, reason: null, reasonCode: null, raw: null }],
  });
const due = (id: number, hour: number, revision = 1) =>
  jobWith({ id, revision, dueAt: new Date(Date.UTC(2026, 2, 2, hour)).toISOString() });

describe('a list of jobs', () => {
  it('grows by pages and knows where each row lies', () => {
    const feed = addPage(firstPage(noFilter, { items: range(20, 11), next: 'c1' }), { items: range(10, 1), next: null });
    expect(rowCount(feed)).toBe(20);
    expect(rowAt(feed, 12)).toMatchObject({ page: 1, id: 8 });
    expect(rowOf(feed, 8)).toBe(12);
  });

  it('puts what comes at its place on the board, and leaves those that changed where they were until it is settled', () => {
    const [late, next] = [due(2, 8), due(1, 12)];
    const before = firstPage(noFilter, { items: [late, next, ...range(5, 3)], next: null });
    const news = [due(6, 10), troubled(7), jobWith({ id: 8 })];
    const jobs = known(late, next, ...range(5, 3), ...news);
    const feed = placeJobs(before, news, jobs);
    expect(ids(feed)).toEqual([7, 2, 6, 1, 8, 5, 4, 3]);
    const after = tellJobs(jobs, [troubled(4, 'CopyToHotFolderFailed', 2), jobWith({ id: 2, stage: 'shipped', revision: 2 })]);
    const told = placeJobs(feed, [...after.values()], after);
    expect(ids(told)).toEqual(ids(feed));
    expect(ids(settle(told, after))).toEqual([4, 7, 6, 1, 8, 5, 3]);
    expect(settle(feed, jobs)).toBe(feed);
  });

  it('keeps the job whose very number is searched for at the top, in whichever order, and what comes behind it', () => {
    const sought = jobWith({ id: 1, number: '1001-2' });
    const reprints = [4, 3, 2].map((id) => jobWith({ id, number: `1001-2R${id}` }));
    for (const order of ['urgent', 'newest', 'number', 'title'] as const)
      for (const reverse of [false, true]) {
        const feed = firstPage({ ...noFilter, q: '1001-2', order, reverse }, { items: [sought, ...reprints], next: null, order });
        const news = troubled(9);
        const one = { ...news, number: '1001-2R9' };
        const jobs = known(sought, ...reprints, one);
        expect(ids(settle(placeJobs(feed, [one], jobs), jobs))[0], `${order} ${reverse}`).toBe(1);
      }
  });

  it('goes by the order the hub has answered, turned round where that was asked for', () => {
    const sized = (id: number, quantity: number | null) => jobWith({ id, quantity });
    const filter = { ...noFilter, order: 'quantity', reverse: true } as const;
    const shown = [sized(1, 900), sized(2, 100), sized(3, null)];
    const feed = firstPage(filter, { items: shown, next: null, order: 'quantity' });
    expect(ids(placeJobs(feed, [sized(4, 500)], known(...shown, sized(4, 500))))).toEqual([1, 4, 2, 3]);
    const refused = firstPage(filter, { items: shown.toReversed(), next: null, order: 'urgent' });
    expect(ids(placeJobs(refused, [sized(4, 500)], known(...shown, sized(4, 500))))).toEqual([4, 3, 2, 1]);
  });

  it('lets go of far pages, keeps their rows, and takes them back', () => {
    let feed: Feed = { ...emptyFeed(noFilter), next: null };
    for (let page = 0; page < 30; page++)
      feed = addPage({ ...feed, next: `c${page}` }, { items: range(3000 - page * 100, 2901 - page * 100), next: `c${page + 1}` });
    const trimmed = trimPages(feed, 20, 21);
    expect(trimmed.pages.filter((page) => page.ids !== null).length).toBeLessThanOrEqual(8);
    expect(rowCount(trimmed)).toBe(3000);
    expect(rowAt(refillPage(trimmed, 2, { items: range(2800, 2701), next: 'c3' }), 205).id).toBe(2795);
    // What is settled leaves what is out of memory alone.
    expect(rowCount(settle(trimmed, known(...range(3000, 1))))).toBe(3000);
  });

  it('takes in at its top what came while too much was missed, and only counts it where nothing there is known any more', () => {
    const feed = addPage(firstPage(noFilter, { items: range(20, 11), next: 'c1' }), { items: range(10, 1), next: null });
    const some = renewTop(feed, { items: range(22, 13), next: 'c2' }, 1, 1);
    expect(ids(some).slice(0, 4)).toEqual([22, 21, 20, 19]);
    const many = renewTop(feed, { items: range(60, 51), next: 'c2' }, 1, 1);
    expect(many.unshown).toBe(10);
    expect(ids(many)).toEqual(ids(feed));
  });

  it('holds no job twice, whatever comes in which order', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 8 }), { maxLength: 12 }), (pushes) => {
        const all = known(...range(60, 1));
        let feed = firstPage(noFilter, { items: range(30, 11), next: 'more' });
        for (const push of pushes)
          feed = placeJobs(
            feed,
            push.map((id) => jobWith({ id })),
            all,
          );
        feed = addPage(feed, { items: range(10, 1), next: null });
        const seen = ids(feed);
        expect(new Set(seen).size).toBe(seen.length);
        expect(seen).toEqual(seen.toSorted((a, b) => (b ?? 0) - (a ?? 0)));
      }),
    );
  });

  it('finds as the hub does: every word begins a word of the job', () => {
    const job = jobWith({ id: 1, number: '1001-2', title: 'Summer Flyer', customer: { name: 'Ada Berg' } });
    expect(matches(job, { ...noFilter, q: 'fly ada' })).toBe(true);
    expect(matches(job, { ...noFilter, q: '1001-2' })).toBe(true);
    expect(matches(job, { ...noFilter, q: 'lyer' })).toBe(false);
    const shipped = { ...job, stage: 'shipped' as const };
    expect(matches(shipped, noFilter)).toBe(false);
    expect(matches(shipped, { ...noFilter, q: 'ada' })).toBe(true);
    expect(matches(shipped, { ...noFilter, finished: true })).toBe(true);
  });
});
