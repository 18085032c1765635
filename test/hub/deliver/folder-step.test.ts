import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bigAtOnce, restOf } from '../../../electron/hub/deliver/folder-step.ts';
import { makeRandom, type Random } from '../../random.ts';
import { big, small, World } from './folder-world.ts';

function happen(world: World, random: Random, id: number): void {
  const chance = random.next();
  if (chance < 0.2) world.add(random.next() < 0.3 ? big(id, random.between(0, 2)) : small(id, random.between(0, 2)));
  else if (chance < 0.25) world.put({ kind: 'hinted' });
  else if (chance < 0.3)
    world.put({ kind: 'changed', limits: { ...world.state.limits, paused: random.pick([true, false]), capacity: random.pick([3, null]) } });
  else if (chance < 0.4) world.pass(random.between(0, 5000));
  else if (world.underWay.length > 0) world.end(random.between(0, world.underWay.length - 1), random.next() < 0.8);
}

describe('the loop of a hot folder', () => {
  it('keeps every promise, whatever comes in whichever order, and in the end sends everything', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = makeRandom(seed);
        const world = new World({ location: random.pick(['local', 'network']) });
        for (let turn = 1; turn <= 200; turn++) happen(world, random, turn);
        world.put({ kind: 'changed', limits: { ...world.state.limits, paused: false, capacity: null } });
        world.settle(1_000_000);
        expect(world.record.size).toBe(0);
        expect(new Set(world.delivered).size).toBe(world.delivered.length);
      }),
      { numRuns: 300 },
    );
  });

  it.each(['local', 'network'] as const)(
    'sends an urgent small file past large ones that take for ever, and past thousands that wait (%s)',
    (location) => {
      const world = new World({ location });
      const large = Array.from({ length: 200 }, (_, index) => big(index + 1));
      world.add(...large);
      world.settle(1000, new Set(large.map(({ id }) => id)));
      expect(world.state.flying.size).toBe(bigAtOnce);
      world.add(small(1001, 9));
      world.settle(1000, new Set(large.map(({ id }) => id)));
      expect(world.delivered).toEqual([1001]);
    },
  );

  it('sends an urgent one before those that were read ahead of it', () => {
    const world = new World({ capacity: 1 });
    world.add(...Array.from({ length: 8 }, (_, index) => small(index + 1)));
    world.settle(0, new Set([1, 2, 3, 4, 5, 6, 7, 8]));
    world.add(small(99, 9));
    world.settle(60_000);
    expect(world.delivered.slice(0, 2)).toEqual([1, 99]);
  });

  it('rests after a long look whatever hints and deliveries come meanwhile, and five seconds at most before it looks for them', () => {
    const world = new World();
    const looks = (): boolean => world.underWay.some(({ kind }) => kind === 'look');
    const restAfter = (tookMs: number): number => {
      const from = world.now;
      world.underWay.length = 0;
      world.put({ kind: 'looked', lying: 0, busy: true, followed: 0, tookMs });
      while (!looks()) {
        world.now += 50;
        world.put({ kind: 'hinted' });
      }
      return world.now - from;
    };
    expect([1, 20, 200, 2000].map(restAfter)).toEqual([300, 300, 2000, 5000]);
  });

  it('sends nothing into a full folder, but finds out what was cancelled', () => {
    const world = new World({ capacity: 1 });
    world.put({ kind: 'looked', lying: 1, busy: false, followed: 1, tookMs: 1 });
    world.add(small(1), { ...small(2), copied: true });
    while (world.underWay.length > 0 && !world.delivered.includes(2))
      world.endOne(world.underWay[0]?.kind === 'look' ? 'read' : (world.underWay[0]?.kind ?? 'read'));
    expect(world.delivered).toEqual([2]);
  });

  it('with no room for a large file sends what fits past it, and the large one once there is room', () => {
    const world = new World();
    world.freeBytes = 5000;
    world.add({ ...small(1, 9), size: 9000 }, { ...small(2, 9), size: 7000 }, small(3), small(4));
    world.settle(2000);
    expect(world.delivered).toEqual([3, 4]);
    expect([world.state.trouble, world.state.noRoom?.needBytes]).toEqual([null, 7000]);
    world.add(small(5));
    world.settle(600_000);
    expect(world.delivered).toEqual([3, 4, 5]);
    expect(world.refused).toEqual([1, 2]);
    world.freeBytes = 8000;
    world.settle(61_000);
    expect(world.delivered).toEqual([3, 4, 5, 2]);
    world.freeBytes = 9000;
    world.settle(61_000);
    expect(world.delivered).toEqual([3, 4, 5, 2, 1]);
    expect(world.state.noRoom).toBeNull();
  });

  it('with no room finds out what is in its last step, and does not read what has none again and again', () => {
    const world = new World();
    world.freeBytes = 0;
    world.add(...Array.from({ length: 40 }, (_, index) => ({ ...small(index + 1), size: 1000 + index })));
    world.settle(1000);
    const turns = world.turns;
    world.settle(60_000);
    expect(world.turns - turns).toBeLessThan(60);
    world.add({ ...small(99), copied: true });
    world.freeBytes = 1000;
    world.settle(0);
    expect(world.delivered).toEqual([99]);
  });

  it('in a place left behind waits for room', () => {
    const world = new World({ isLeft: true });
    world.freeBytes = 0;
    world.add(small(1));
    world.settle(1_000_000);
    expect(world.over).toBe(false);
    world.freeBytes = 1000;
    world.settle(61_000);
    expect([world.delivered, world.over]).toEqual([[1], true]);
  });

  it('reads what waits for room when there is some', () => {
    const world = new World({ capacity: 0 });
    world.add(small(1));
    world.settle(60_000);
    expect(world.delivered).toEqual([]);
    world.put({ kind: 'changed', limits: { ...world.state.limits, capacity: 1 } });
    world.settle(60_000);
    expect(world.delivered).toEqual([1]);
  });

  it('looks through the due times on record when it starts, and when the clock was set back', () => {
    const world = new World();
    const doubts = (): boolean[] => world.underWay.flatMap((effect) => (effect.kind === 'read' ? [effect.clockDoubted] : []));
    expect(doubts()).toEqual([true]);
    world.settle(60_000);
    world.clockSet = 3_600_000;
    world.put({ kind: 'woken' });
    expect(doubts()).toEqual([false]);
    world.settle(60_000);
    world.clockSet = 3_600_000 - 1_800_000;
    world.put({ kind: 'tick' });
    expect(doubts()).toEqual([true]);
    world.endOne('read', false);
    world.pass(2000);
    expect(doubts()).toEqual([true]);
  });

  it('paused, sends nothing and still finds out what was cancelled', () => {
    const world = new World({ paused: true });
    world.add(small(1), { ...small(2), copied: true });
    world.settle(60_000);
    expect(world.delivered).toEqual([2]);
  });

  it('in trouble, tries the folder with growing pauses, and goes on by itself', () => {
    const world = new World();
    world.end(
      world.underWay.findIndex(({ kind }) => kind === 'look'),
      false,
    );
    const pauses: number[] = [];
    for (let turn = 0; turn < 8; turn++) {
      const rest = restOf(world.state, { now: world.now, ms: world.now });
      pauses.push(rest);
      world.now += rest;
      world.put({ kind: 'tick' });
      world.end(
        world.underWay.findIndex(({ kind }) => kind === 'try'),
        false,
      );
    }
    expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
    world.add(small(1));
    world.settle(61_000);
    expect(world.delivered).toEqual([1]);
  });

  it('of a place left behind ends when nothing is to be sent or seen there', () => {
    const world = new World({ isLeft: true });
    world.add(small(1));
    world.settle(60_000);
    expect(world.delivered).toEqual([1]);
    expect(world.over).toBe(true);
  });

  it('of a place left behind looks once more for what arrived there after its last look', () => {
    const world = new World({ isLeft: true });
    world.add(small(1));
    world.endOne('read');
    world.endOne('look');
    world.endOne('send');
    expect(world.delivered).toEqual([1]);
    expect(world.over).toBe(false);
    world.now += 1000;
    world.put({ kind: 'tick' });
    world.endOne('read');
    expect(world.over).toBe(false);
    world.endOne('look');
    expect(world.over).toBe(true);
  });

  it.each([
    ['after ten minutes', 0],
    ['also when the record fails three times meanwhile', 3],
  ])('of a place left behind that cannot be seen any more leaves it to people, %s', (_, failures) => {
    let left = failures;
    const world = new World({ isLeft: true });
    world.end(
      world.underWay.findIndex(({ kind }) => kind === 'look'),
      false,
    );
    for (let minute = 0; minute < 12 + failures && !world.over; minute++) {
      world.now += 60_000;
      world.put({ kind: 'tick' });
      while (world.underWay.length > 0) {
        const [effect] = world.underWay;
        world.end(0, effect?.kind !== 'try' && !(effect?.kind === 'giveUp' && left-- > 0));
      }
    }
    expect(world.over).toBe(true);
  });
});
