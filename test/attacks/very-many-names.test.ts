/** Somebody who may write into an incoming folder makes very many empty files or sub-folders there, which costs him nothing: nobody else waits while it is looked through. */
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Entry } from '../../electron/hub/disk/look.ts';
import type { Disk } from '../../electron/hub/disk/operations.ts';
import { watchFolder } from '../../electron/hub/intake/watch/watch-folder.ts';
import type { WatchState } from '../../electron/hub/parts.ts';
import { realPorts } from '../../electron/hub/ports/real.ts';
import { isHiddenName } from '../../shared/safe-name.ts';
import { longestStopMs, watchLoop } from '../loop.ts';

const count = 10_000;
const path = '/incoming';
const entryOf = (name: string, kind: 'file' | 'folder'): Entry => ({ name, kind, size: 0, mtimeMs: 1, ino: name, fault: null });
const many = (nameOf: (at: number) => string, kind: 'file' | 'folder'): Entry[] =>
  Array.from({ length: count }, (_, at) => entryOf(nameOf(at), kind));

/** Looks through it once. Answers how long the loop stood, and what is still settling. */
async function lookThrough(entries: readonly Entry[]): Promise<number> {
  const disk = {
    peek: async () => ({ mtimeMs: 1, ino: '1', dev: '1', kind: 'folder', born: null }),
    entries: async (folder: string) => {
      // As from a process beside: in a turn of its own.
      await setImmediate();
      return folder === path ? entries : [];
    },
  } as unknown as Disk;
  const { promise: looked, resolve } = Promise.withResolvers<WatchState>();
  const loop = watchLoop();
  const watch = watchFolder({
    ports: { ...realPorts, startHints: () => ({ stop: async () => undefined }) },
    path,
    location: 'local',
    disk,
    times: () => ({ settleMs: 60_000, incompleteAfterMs: 60_000 }),
    isHidden: isHiddenName,
    goesFirst: () => false,
    isNumbered: () => true,
    isExpected: async () => false,
    judge: async () => ({ readiness: 'notYet', verdict: null }),
    accept: async () => undefined,
    leftThere: async () => [],
    onGone: () => undefined,
    onState: resolve,
  });
  expect(await looked).toMatchObject({ state: 'watching' });
  const { longestMs } = loop.stop();
  await watch.stop();
  return longestMs;
}

test.each([
  ['empty files', many((at) => `${at}-1 Flyer.pdf`, 'file')],
  ['empty files, and one that each holds the place of', many((at) => `${at >> 1}-1 Flyer.pdf${at % 2 === 0 ? '' : '.part'}`, 'file')],
  ['sub-folders', many((at) => `order ${at}`, 'folder')],
])('%s without number', { timeout: 120_000 }, async (_, entries) => {
  // Once to have everything compiled.
  await lookThrough(entries.slice(0, 3000));
  expect(await lookThrough(entries)).toBeLessThan(longestStopMs);
});
