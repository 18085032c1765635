import { expect, it } from 'vitest';
import { fileAgain, fileOriginal } from '../../../electron/hub/flow/file-original.ts';
import { makeDoor } from '../../../electron/hub/jobs/door.ts';
import { systemClock, systemTimers } from '../../../electron/hub/ports/system.ts';
import { startWork } from '../../../electron/hub/work/run-work.ts';
import { makeDoers } from '../../../electron/hub/work/tasks.ts';
import { until } from '../../until.ts';
import { addOrdered, newFile, noon, openFresh } from '../store/fresh-store.ts';

it('an original that cannot be filed when it comes is filed as soon as it can be, without a restart', async () => {
  const store = await openFresh();
  const jobId = await addOrdered(store, '1');
  const row = await store.write((tx) => tx.addFile(newFile(jobId, 'a.pdf')));
  const stamp = { size: row.size, mtimeMs: 1, ino: '1' };
  const clock = { now: noon };
  let isHeld = true;
  let tries = 0;
  const disk = {
    moveFile: async () => {
      tries++;
      if (isHeld) throw Object.assign(new Error('held by another program'), { code: 'EBUSY' });
    },
    inspect: async () => ({ ...stamp, sha256: row.sha256, head: new Uint8Array(), tail: new Uint8Array(), inner: null }),
  };
  const settings = await store.read.settings();
  const log = (): void => undefined;
  const parts = {
    store,
    log,
    now: () => clock.now,
    floor: () => ({ rules: [], hotFolders: [], settings }),
    disks: { local: disk, of: () => disk },
  };
  await fileOriginal(parts, disk, row, stamp);
  expect(await store.read.file(row.id)).toMatchObject({ filed: false });
  const dueAt = await store.read.nextTaskAt();
  expect(dueAt).toBeGreaterThan(noon);
  const nothing = { now: () => clock.now, floorUpToDate: async () => undefined, wakeFolder: () => undefined };
  const door = makeDoor({
    store,
    now: () => clock.now,
    planDeliveries: async () => [],
    cancelStale: async () => [],
    wakeFolder: () => undefined,
  });
  const doers = makeDoers({ store, door, ...nothing, fileAgain: (id) => fileAgain(parts, id) });
  const ports = { clock: { ...systemClock, now: () => clock.now }, timers: systemTimers };
  const begin = () => startWork({ store, ports, doers, log });
  clock.now = dueAt ?? 0;
  const first = begin();
  await until(() => tries === 2, 'it is tried again');
  await first.stop();
  isHeld = false;
  clock.now += 60_000;
  const second = begin();
  await until(async () => (await store.read.file(row.id))?.filed === true, 'it is filed');
  await until(async () => (await store.read.nextTaskAt()) === null, 'nothing is due any more');
  await second.stop();
});
