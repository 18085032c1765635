/** What a tab has kept of wishes: by an earlier version of the page, or since the browser's database took none. Read once, and pure. */
import { meantOf, readKeptWish, recordIn } from './read-kept.ts';
import { type KeptWish, shapeOf, type Whose, type WishState } from './wish.ts';

const mostTaken = 500;

function each(kept: unknown): readonly unknown[] {
  return Array.isArray(kept) ? kept.slice(0, mostTaken) : [];
}

/**
 * What an earlier version kept. It let go of what waited when the key changed, so that what is there was meant under this key; when, it did not say.
 * `record`: the one it kept beside.
 */
export function earlierWishes(
  { waiting, unsent, record }: { readonly waiting: unknown; readonly unsent: unknown; readonly record: unknown },
  whose: Whose,
  now: number,
): readonly KeptWish[] {
  const of = (kept: unknown, state: WishState, from: number): KeptWish[] =>
    each(kept).flatMap((item, at) => {
      const meant = meantOf(item);
      return meant === null
        ? []
        : [{ version: shapeOf(meant.call), ...meant, order: from + at, whose, record: recordIn(record), at: now, hubAt: null, state }];
    });
  const tried = { count: 1, at: now, notBefore: now, why: 'line', mayBeDone: true } as const;
  return [
    ...of(unsent, { kind: 'otherRecord' }, now - 2 * mostTaken),
    // It may have been sent before the page was left.
    ...of(waiting, { kind: 'waits', tried, again: false }, now - mostTaken),
  ];
}

/** What this version kept in the tab. */
export function looseWishes(kept: unknown): readonly KeptWish[] {
  return each(kept).flatMap((item) => {
    const read = readKeptWish(item);
    return read.kind === 'wish' ? [read.wish] : [];
  });
}
