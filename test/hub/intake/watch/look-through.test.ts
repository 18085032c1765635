/** An incoming folder with more files than can be gone through in one go. */
import { expect, it } from 'vitest';
import type { Entry } from '../../../../electron/hub/disk/look.ts';
import type { Disk } from '../../../../electron/hub/disk/operations.ts';
import { makeLooker } from '../../../../electron/hub/intake/watch/look-through.ts';
import type { Ports } from '../../../../electron/hub/ports/ports.ts';
import { realPorts } from '../../../../electron/hub/ports/real.ts';

const entry = (at: number): Entry => ({ name: `${at}-1.pdf`, kind: 'file', size: 1, mtimeMs: 1, ino: `${at}`, fault: null });

it('a folder with very many files gives everybody else a turn in between', async () => {
  let now = 0;
  let turns = 0;
  const ports: Pick<Ports, 'clock' | 'timers' | 'startHints'> = {
    ...realPorts,
    // Each question for the time takes some.
    clock: { now: () => now, monotonic: () => (now += 0.1) },
    timers: {
      ...realPorts.timers,
      turn: async () => {
        turns += 1;
      },
    },
  };
  const disk = { entries: async () => Array.from({ length: 20_000 }, (_, at) => entry(at)) } as unknown as Disk;
  const looker = makeLooker({
    ports,
    path: '/incoming',
    disk,
    times: () => ({ settleMs: 1000, incompleteAfterMs: 10_000 }),
    isHidden: () => false,
    goesFirst: () => false,
    isNumbered: () => true,
    isExpected: async () => false,
    judge: async () => null as never,
    onGone: () => undefined,
    accept: () => undefined,
    ticketsTaken: () => 0,
    isBeingTaken: () => false,
  });
  await looker.look();
  expect(looker.counts()).toMatchObject({ settling: 20_000 });
  const whileFirstSeen = turns;
  expect(whileFirstSeen).toBeGreaterThan(5);
  await looker.look();
  expect(turns).toBeGreaterThan(whileFirstSeen + 5);
});
