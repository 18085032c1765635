/** Chance that can be repeated: everything random in a fault test comes from one seed, which is printed. */

export type Random = {
  /** 0 to below 1. */
  readonly next: () => number;
  /** A whole number from `from` to `to`, both possible. */
  readonly between: (from: number, to: number) => number;
  readonly pick: <Item>(items: readonly [Item, ...Item[]]) => Item;
};

/** The small generator known as mulberry32: 32 bits of state, good enough to choose moments and sizes. */
export function makeRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return { next, between, pick: (items) => items[between(0, items.length - 1)] ?? items[0] };
}

/** True in the long run (`npm run faults`). */
export const isLong = process.env['PRINTFLOOR_LONG'] === '1';

/** The seeds to try: PRINTFLOOR_SEED alone when it is set, else `quick` of them, or `long` in the long run. */
export function seeds(quick: number, long: number): number[] {
  const wished = process.env['PRINTFLOOR_SEED'];
  if (wished !== undefined) return [Number(wished)];
  return Array.from({ length: isLong ? long : quick }, (_, index) => index + 1);
}
