/** A file that changes while it is being taken is offered again when that has ended, and not beside it: two would move it at once. */
import { expect, it } from 'vitest';
import type { Disk } from '../../../../electron/hub/disk/operations.ts';
import { watchFolder } from '../../../../electron/hub/intake/watch/watch-folder.ts';
import { realPorts } from '../../../../electron/hub/ports/real.ts';
import { isHiddenName } from '../../../../shared/safe-name.ts';
import { until } from '../../../until.ts';

it('is offered once at a time', async () => {
  let file = { name: '1-1 a.pdf', size: 3, mtimeMs: 1, ino: '1' };
  let looks = 0;
  const disk = {
    peek: async () => ({ mtimeMs: Date.now(), ino: '1', dev: '1', kind: 'folder', born: null }),
    entries: async () => {
      looks += 1;
      return [{ ...file, kind: 'file', fault: null }];
    },
    inspect: async () => ({ ...file, sha256: `${file.mtimeMs}`, head: new Uint8Array(), tail: new Uint8Array(), inner: null }),
  } as unknown as Disk;
  const taken: { readonly mtimeMs: number; readonly end: () => void }[] = [];
  let underWay = 0;
  let mostUnderWay = 0;
  const watch = watchFolder({
    ports: {
      ...realPorts,
      startHints: (_path, onHint) => {
        const timer = setInterval(onHint, 5);
        return { stop: async () => clearInterval(timer) };
      },
    },
    path: '/incoming',
    location: 'local',
    disk,
    times: () => ({ settleMs: 0, incompleteAfterMs: 60_000 }),
    isHidden: isHiddenName,
    goesFirst: () => false,
    isNumbered: () => true,
    isExpected: async () => false,
    judge: async () => ({ readiness: 'now', verdict: null }),
    accept: async ({ stamp }) => {
      mostUnderWay = Math.max(mostUnderWay, ++underWay);
      const { promise, resolve } = Promise.withResolvers<void>();
      taken.push({ mtimeMs: stamp.mtimeMs, end: resolve });
      await promise;
      underWay -= 1;
    },
    leftThere: async () => [],
    onGone: () => undefined,
    onState: () => undefined,
  });
  const more = async (): Promise<void> => {
    const from = looks;
    await until(() => looks > from + 6, 'it is looked at some more');
  };
  await until(() => taken.length === 1, 'it is offered');
  file = { ...file, mtimeMs: 2 };
  await more();
  file = { ...file, mtimeMs: 3 };
  await more();
  expect(taken).toHaveLength(1);
  taken[0]?.end();
  await until(() => taken.length === 2, 'it is offered anew');
  expect(taken[1]?.mtimeMs).toBe(3);
  await more();
  taken[1]?.end();
  await more();
  expect([taken.length, mostUnderWay]).toEqual([2, 1]);
  await watch.stop();
});
