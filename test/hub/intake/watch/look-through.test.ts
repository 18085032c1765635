/** An incoming folder with more files than can be gone through in one go. */
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../../electron/hub/disk/look.ts';
import type { Disk } from '../../../../electron/hub/disk/operations.ts';
import { makeLooker } from '../../../../electron/hub/intake/watch/look-through.ts';
import type { Ports } from '../../../../electron/hub/ports/ports.ts';
import { realPorts } from '../../../../electron/hub/ports/real.ts';

const entry = (at: number): Entry => ({ name: `${at}-1.pdf`, kind: 'file', size: 1, mtimeMs: 1, ino: `${at}`, fault: null });

/** Nothing of it is taken, and nobody asks for it. */
const quiet = {
  goesFirst: () => false,
  isNumbered: () => true,
  isExpected: async () => false,
  judge: async () => null as never,
  onGone: () => undefined,
  accept: () => undefined,
  ticketsTaken: () => 0,
  isBeingTaken: () => false,
};

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
    location: 'local',
    disk,
    times: () => ({ settleMs: 1000, incompleteAfterMs: 10_000 }),
    isHidden: () => false,
    ...quiet,
  });
  await looker.look();
  expect(looker.counts()).toMatchObject({ settling: 20_000 });
  const whileFirstSeen = turns;
  expect(whileFirstSeen).toBeGreaterThan(5);
  await looker.look();
  expect(turns).toBeGreaterThan(whileFirstSeen + 5);
});

describe('sub-folders in which nothing lies', () => {
  const day = 86_400_000;
  const path = '/incoming';
  /** A folder with these sub-folders, and a clock that is moved by hand. */
  const makeFloor = (location: 'local' | 'network' = 'local') => {
    let now = 10 * day;
    const folders = new Map<string, { mtimeMs: number; files: Entry[] }>();
    const read: string[] = [];
    const disk = {
      entries: async (folder: string) => {
        if (folder !== path) read.push(folder);
        if (folder !== path) return folders.get(folder)?.files ?? [];
        return [...folders].map(([below, { mtimeMs }]) => ({ ...entry(0), name: basename(below), kind: 'folder' as const, mtimeMs }));
      },
    } as unknown as Disk;
    const looker = makeLooker({
      ports: { ...realPorts, clock: { now: () => now, monotonic: () => now } },
      path,
      location,
      disk,
      times: () => ({ settleMs: 60_000, incompleteAfterMs: 60_000 }),
      isHidden: (name) => name.startsWith('.'),
      ...quiet,
    });
    const put = (folder: string, ...names: string[]): void =>
      void folders.set(join(path, folder), { mtimeMs: now, files: names.map((name) => ({ ...entry(1), name })) });
    const look = async (): Promise<readonly string[]> => {
      read.length = 0;
      await looker.look();
      return read.map((folder) => basename(folder)).toSorted();
    };
    const pass = (ms: number): void => {
      now += ms;
    };
    return { put, look, pass, looker };
  };

  it('are read once, and again when something came, every half minute, and as long as they are young', async () => {
    const { put, look, pass, looker } = makeFloor();
    put('done', '.DS_Store');
    put('full', '1-1.pdf');
    put('young');
    pass(day);
    put('young');
    expect(await look()).toEqual(['done', 'full', 'young']);
    pass(1000);
    expect(await look()).toEqual(['full', 'young']);
    put('done', '.DS_Store', '2-1.pdf');
    expect(await look()).toEqual(['done', 'full', 'young']);
    expect(looker.counts()).toMatchObject({ settling: 2 });
    put('done');
    pass(11_000);
    expect(await look()).toEqual(['done', 'full', 'young']);
    expect(await look()).toEqual(['full']);
    pass(30_000);
    expect(await look()).toEqual(['done', 'full', 'young']);
    expect(looker.counts()).toMatchObject({ settling: 1 });
  });

  it('are always read on a share, whose times may stand still', async () => {
    const { put, look, pass } = makeFloor('network');
    put('done');
    pass(day);
    expect([await look(), await look()]).toEqual([['done'], ['done']]);
  });
});
