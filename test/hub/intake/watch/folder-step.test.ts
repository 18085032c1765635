/** When an incoming folder is looked through, and how long it is left alone. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  beginFolder,
  endLook,
  loseHints,
  missFolder,
  restAfter,
  seeFolder,
  shownAs,
  takeHint,
  waitAfter,
} from '../../../../electron/hub/intake/watch/folder-step.ts';

const none = { settling: 0, handed: 0, barred: 0 };
const old = { dev: '1', ino: '2', mtimeMs: 0 };
const at = (ms: number) => ({ now: 1_000_000 + ms, ms });
/** A local folder that was looked through at 0, and is quiet. */
const quiet = seeFolder(beginFolder('local'), old, none, at(0)).state;

describe('a folder is looked through', () => {
  it('at first, and then only for a reason', () => {
    expect(seeFolder(beginFolder('local'), old, none, at(0))).toMatchObject({ isOther: true, looks: true, state: { hinted: false } });
    expect(seeFolder(quiet, old, none, at(2000))).toMatchObject({ isOther: false, looks: false });
  });

  it.each([
    ['after a hint', seeFolder(takeHint(quiet), old, none, at(10))],
    ['when something settles', seeFolder(quiet, old, { ...none, settling: 1 }, at(10))],
    ['when something cannot be read', seeFolder(quiet, old, { ...none, barred: 1 }, at(10))],
    ['when it changed a moment ago', seeFolder(quiet, { ...old, mtimeMs: 999_000 }, none, at(10))],
    ['when nobody tells of changes', seeFolder(loseHints(quiet, 'no more watches'), old, none, at(10))],
    ['when another folder lies there', seeFolder(quiet, { ...old, ino: '3' }, none, at(10))],
    ['on a share, always', seeFolder({ ...quiet, location: 'network' }, old, none, at(10))],
    ['when the last look is long ago, whatever was heard', seeFolder(quiet, old, none, at(30_001))],
  ])('%s', (_, { looks }) => expect(looks).toBe(true));

  it('never less often than every half minute, whatever happens', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ afterMs: fc.integer({ min: 1, max: 40_000 }), hinted: fc.boolean() }), { maxLength: 40 }),
        (steps) => {
          let state = quiet;
          let [ms, lookedAt] = [0, 0];
          for (const { afterMs, hinted } of steps) {
            ms += afterMs;
            const seen = seeFolder(hinted ? takeHint(state) : state, old, none, at(ms));
            if (ms - lookedAt > 30_000) expect(seen.looks).toBe(true);
            if (seen.looks) lookedAt = ms;
            state = seen.state;
          }
        },
      ),
    );
  });
});

describe('a folder that cannot be seen', () => {
  it('is tried again ever more slowly, and at once looked through when it is back', () => {
    let state = quiet;
    const waits: number[] = [];
    for (let turn = 0; turn < 8; turn++) {
      const missed = missFolder(state);
      waits.push(missed.waitMs);
      state = missed.state;
    }
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
    expect(seeFolder(state, old, none, at(10))).toMatchObject({ looks: true, isOther: true });
    expect(missFolder(endLook(state)).waitMs).toBe(500);
  });
});

describe('between two looks', () => {
  it('there is a rest by what the look cost, and a longer one while many wait to be taken', () => {
    expect([0, 10, 100, 5000].map((tookMs) => restAfter(none, tookMs))).toEqual([4, 30, 300, 1000]);
    expect(restAfter({ ...none, handed: 501 }, 0)).toBe(1000);
  });
  it('what settles is looked at three times in its time, a hint at once, and a quiet folder every few seconds', () => {
    expect(waitAfter(quiet, { ...none, settling: 1 }, 900, 100)).toBe(200);
    expect(waitAfter(quiet, { ...none, settling: 1 }, 0, 100)).toBe(0);
    expect(waitAfter(takeHint(quiet), none, 900, 100)).toBe(0);
    expect(waitAfter(quiet, none, 900, 100)).toBe(2000);
  });
  it('it is told whether anybody tells of changes', () => {
    expect(shownAs(quiet)).toEqual({ state: 'watching', reason: null });
    expect(shownAs(loseHints(quiet, 'full'))).toEqual({ state: 'polling', reason: 'full' });
    expect(shownAs(beginFolder('network'))).toEqual({ state: 'polling', reason: null });
  });
});
