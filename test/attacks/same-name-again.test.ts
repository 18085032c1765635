/** A sender drops bad files of one name again and again: the thousandth is put aside with as few questions to the disk as the thirtieth. */
import { expect, test } from 'vitest';
import { found } from '../../electron/hub/disk/fault.ts';
import type { Disk } from '../../electron/hub/disk/operations.ts';
import { moveInto } from '../../electron/hub/flow/file-away.ts';
import { said } from '../../shared/words/say.ts';

test('a thousand files of one name', async () => {
  const there = new Set<string>();
  let calls = 0;
  const stamp = { size: 1, mtimeMs: 1, ino: '1' };
  const disk: Partial<Disk> = {
    stampsOf: async (paths) => {
      calls += 1;
      return paths.map((path) => (there.has(path) ? stamp : null));
    },
    moveFile: async (_, to) => {
      calls += 1;
      if (there.has(to)) throw found('NameTaken', said('found.nameThere'), to);
      there.add(to);
      return 'moved';
    },
  };
  const callsFor: number[] = [];
  for (let arrivalId = 1; arrivalId <= 1000; arrivalId += 1) {
    calls = 0;
    const { path } = await moveInto(
      disk as Disk,
      { arrivalId, name: 'x.bin', path: '/incoming/x.bin', stamp, sha256: null },
      '/rejected',
      () => false,
      true,
    );
    there.add(`${path}.reason.txt`);
    callsFor.push(calls);
  }
  expect(there.size).toBe(2000);
  expect(Math.max(...callsFor)).toBeLessThan(50);
});
