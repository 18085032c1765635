/** A seed is a bug report only when it says the same each time. */
import { expect, it } from 'vitest';
import { simulate } from './simulate.ts';

it.each([1, 2, 3, 4])('the same seed gives the same floor, to the last line of its trace: %i', async (seed) => {
  const [once, again] = [await simulate(seed, true), await simulate(seed, true)];
  expect(again.trace).toEqual(once.trace);
  expect([...again.counts]).toEqual([...once.counts]);
  expect(once.trace.length).toBeGreaterThan(20);
});

it('watching does not change what is seen', async () => {
  const [watched, unwatched] = [await simulate(5, true), await simulate(5, false)];
  expect([...unwatched.counts]).toEqual([...watched.counts]);
});
