/** The long list of which only a window is in memory. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addPage,
  emptyFeed,
  type Feed,
  matches,
  noFilter,
  placeJobs,
  refillPage,
  rowAt,
  rowCount,
  rowOf,
  trimPages,
} from '../../renderer/floor/feed.ts';
import { jobWith } from './job-for-tests.ts';

const range = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, at) => from - at);
const started = (filter = noFilter): Feed => ({ ...emptyFeed(filter), next: null });
const ids = (feed: Feed) => Array.from({ length: rowCount(feed) }, (_, row) => rowAt(feed, row).id);

describe('a list of jobs', () => {
  it('grows by pages and knows where each row lies', () => {
    const feed = addPage(addPage(started(), range(20, 11), 'c1'), range(10, 1), null);
    expect(rowCount(feed)).toBe(20);
    expect(rowAt(feed, 12)).toMatchObject({ page: 1, id: 8 });
    expect(rowOf(feed, 8)).toBe(12);
  });

  it('puts new jobs on top, newest first, and leaves those that changed where they were', () => {
    const feed = placeJobs(addPage(started(), range(5, 1), null), [jobWith({ id: 6 }), jobWith({ id: 3 }), jobWith({ id: 7 })]);
    expect(ids(feed)).toEqual([7, 6, 5, 4, 3, 2, 1]);
  });

  it('takes in an older job that begins to fit at its place, and keeps one that no longer fits', () => {
    const troubled = {
      code: 'NoRuleFits',
      who: 'planner',
      since: '2026-03-02T09:00:00.000Z',
      seq: 1,
      reason: null,
      reasonCode: null,
      raw: null,
    };
    const feed = addPage(started({ ...noFilter, attention: true }), [9, 4], null);
    const after = placeJobs(feed, [
      jobWith({ id: 7, attention: [troubled] }),
      jobWith({ id: 4, attention: [], lastSeq: 2 }),
      jobWith({ id: 6 }),
    ]);
    expect(ids(after)).toEqual([9, 7, 4]);
  });

  it('lets go of far pages, keeps their rows, and takes them back', () => {
    let feed = started();
    for (let page = 0; page < 30; page++)
      feed = addPage({ ...feed, next: `c${page}` }, range(3000 - page * 100, 2901 - page * 100), `c${page + 1}`);
    const trimmed = trimPages(feed, 20, 21);
    expect(trimmed.pages.filter((page) => page.ids !== null).length).toBeLessThanOrEqual(8);
    expect(rowCount(trimmed)).toBe(3000);
    expect(rowAt(refillPage(trimmed, 0, range(3000, 2901)), 5).id).toBe(2995);
  });

  it('holds no job twice, whatever comes in which order', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 8 }), { maxLength: 12 }), (pushes) => {
        let feed = addPage(started(), range(30, 11), 'more');
        for (const push of pushes)
          feed = placeJobs(
            feed,
            [...new Set(push)].map((id) => jobWith({ id })),
          );
        feed = addPage(feed, range(10, 1), null);
        const seen = ids(feed);
        expect(new Set(seen).size).toBe(seen.length);
        expect(seen).toEqual(seen.toSorted((a, b) => (b ?? 0) - (a ?? 0)));
      }),
    );
  });

  it('searches by beginnings of words, all of which must be there', () => {
    const job = jobWith({ number: '1001-2', title: 'Sommer-Flyer', customer: { name: 'Ada Berg' } });
    expect(matches(job, { ...noFilter, q: 'fly ada' })).toBe(true);
    expect(matches(job, { ...noFilter, q: '1001-2' })).toBe(true);
    expect(matches(job, { ...noFilter, q: 'lyer' })).toBe(false);
  });
});
