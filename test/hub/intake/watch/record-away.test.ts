/** What is to be left in a folder stands in the record, which may be away in the moment a watch begins. */
import { expect, it } from 'vitest';
import type { Disk } from '../../../../electron/hub/disk/operations.ts';
import { watchFolder } from '../../../../electron/hub/intake/watch/watch-folder.ts';
import { realPorts } from '../../../../electron/hub/ports/real.ts';
import { until } from '../../../until.ts';

it('is asked again: the folder is told as missing meanwhile, nothing in it is offered, and then it is watched', async () => {
  const states: string[] = [];
  let taken = 0;
  let asked = 0;
  const file = { name: '1-1 a.pdf', size: 3, mtimeMs: 1, ino: '1' };
  const watch = watchFolder({
    ports: { ...realPorts, startHints: () => ({ stop: async () => undefined }) },
    path: '/incoming',
    location: 'local',
    disk: {
      peek: async () => ({ mtimeMs: Date.now(), ino: '1', dev: '1', kind: 'folder', born: null }),
      entries: async () => [{ ...file, kind: 'file', fault: null }],
      inspect: async () => ({ ...file, sha256: 'a', head: new Uint8Array(), tail: new Uint8Array(), inner: null }),
    } as unknown as Disk,
    times: () => ({ settleMs: 0, incompleteAfterMs: 60_000 }),
    isHidden: () => false,
    goesFirst: () => false,
    isNumbered: () => true,
    isExpected: async () => false,
    judge: async () => ({ readiness: 'now', verdict: null }),
    accept: async () => {
      expect(asked).toBe(2);
      taken += 1;
    },
    leftThere: async () => {
      asked += 1;
      if (asked === 1) throw new Error('the database server is away');
      return [];
    },
    onGone: () => undefined,
    onState: ({ state, reason }) => void states.push(`${state}${reason === null ? '' : `: ${reason}`}`),
  });
  await until(() => taken > 0, 'it is offered');
  await watch.stop();
  expect(states[0]).toMatch(/^missing: .*the database server is away/);
  expect(states.at(-1)).not.toMatch(/^missing/);
});
