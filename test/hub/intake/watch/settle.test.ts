import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { liesStill, type Sight, seeAgain, waitFor } from '../../../../electron/hub/intake/watch/settle.ts';

const stamp = { size: 100, mtimeMs: 5, ino: '7' };
const see = (sights: readonly { at: number; size: number }[]): Sight | undefined =>
  sights.reduce<Sight | undefined>((before, { at, size }) => seeAgain(before, { ...stamp, size }, at), undefined);

describe('a file settles', () => {
  it('only after three equal looks over the whole settle time', () => {
    const twice = see([
      { at: 0, size: 1 },
      { at: 2000, size: 1 },
    ]);
    const thrice = see([
      { at: 0, size: 1 },
      { at: 500, size: 1 },
      { at: 999, size: 1 },
    ]);
    const longEnough = see([
      { at: 0, size: 1 },
      { at: 500, size: 1 },
      { at: 1000, size: 1 },
    ]);
    expect([
      twice && liesStill(twice, 2000, 1000),
      thrice && liesStill(thrice, 999, 1000),
      longEnough && liesStill(longEnough, 1000, 1000),
    ]).toEqual([false, false, true]);
  });

  it('never while its stamp changed within the settle time, whatever the writer does', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ gap: fc.integer({ min: 1, max: 400 }), grows: fc.boolean() }), { minLength: 1, maxLength: 60 }),
        (steps) => {
          let at = 0;
          let size = 1;
          let changedAt = 0;
          let sight: Sight | undefined;
          for (const { gap, grows } of steps) {
            at += gap;
            if (grows) {
              size++;
              changedAt = at;
            }
            sight = seeAgain(sight, { ...stamp, size }, at);
            if (liesStill(sight, at, 1000)) expect(at - changedAt).toBeGreaterThanOrEqual(1000);
          }
        },
      ),
    );
  });

  it('with no settle time after two equal looks', () => {
    const sight = see([
      { at: 0, size: 1 },
      { at: 0, size: 1 },
    ]);
    expect(sight && liesStill(sight, 0, 0)).toBe(true);
  });

  it('later when its type has no end to recognise, and not before it counts as cut off when its end is missing', () => {
    const sight = { stamp, sinceMs: 0, looks: 9 };
    const times = { settleMs: 1000, incompleteAfterMs: 30_000 };
    expect((['now', 'later', 'late', 'notYet'] as const).map((readiness) => waitFor(readiness, sight, 2000, times))).toEqual([
      0, 3000, 58_000, 28_000,
    ]);
  });
});
