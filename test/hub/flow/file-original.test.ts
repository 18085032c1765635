import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import { fileAgain, fileLeftovers, fileOriginal } from '../../../electron/hub/flow/file-original.ts';
import { makeDoor } from '../../../electron/hub/jobs/door.ts';
import { makeLog } from '../../../electron/hub/log.ts';
import { systemClock, systemTimers } from '../../../electron/hub/ports/system.ts';
import { makeTurns } from '../../../electron/hub/turns.ts';
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
      return 'moved' as const;
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
    filingTurns: makeTurns(),
    secondLooks: { add: () => undefined },
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

/** One floor with an original of 10 bytes on record, and what filing needs of it. */
async function unfiled() {
  const store = await openFresh();
  const jobId = await addOrdered(store, '1');
  const row = await store.write((tx) => tx.addFile(newFile(jobId, 'a.pdf')));
  const settings = await store.read.settings();
  const logged: string[] = [];
  const shared = {
    store,
    log: makeLog((line) => logged.push(line)),
    now: () => noon,
    floor: () => ({ rules: [], hotFolders: [], settings }),
    filingTurns: makeTurns(),
    secondLooks: { add: () => undefined },
  };
  return { store, row, settings, logged, shared, stamp: { size: row.size, mtimeMs: 1, ino: '1' } };
}

it('one original is moved by one at a time, whoever files it', async () => {
  const { store, row, shared, stamp } = await unfiled();
  let [atOnce, most] = [0, 0];
  let isGone = false;
  const inspected = { ...stamp, sha256: row.sha256, head: new Uint8Array(), tail: new Uint8Array(), inner: null };
  const disk = {
    moveFile: async () => {
      most = Math.max(most, ++atOnce);
      await new Promise(setImmediate);
      atOnce--;
      isGone = true;
      return 'moved' as const;
    },
    inspect: async (path: string) => {
      if (isGone && path === row.sourcePath) throw Object.assign(new Error('gone'), { code: 'ENOENT' });
      return inspected;
    },
  };
  const parts = { ...shared, disks: { local: disk, of: () => disk } };
  await Promise.all([fileOriginal(parts, disk, row, stamp), fileAgain(parts, row.id), fileLeftovers(parts)]);
  expect(most).toBe(1);
  await until(async () => (await store.read.file(row.id))?.filed === true, 'it is filed');
});

it('what may not be removed from its share is filed once, and remembered there', async () => {
  const { store, row, shared, stamp, logged } = await unfiled();
  let moves = 0;
  const disk = {
    moveFile: async () => {
      moves++;
      return 'left' as const;
    },
    inspect: async () => ({ ...stamp, sha256: row.sha256, head: new Uint8Array(), tail: new Uint8Array(), inner: null }),
  };
  const parts = { ...shared, disks: { local: disk, of: () => disk } };
  await fileOriginal(parts, disk, row, stamp);
  await fileAgain(parts, row.id);
  await fileLeftovers(parts);
  expect([moves, logged.length]).toEqual([1, 1]);
  expect(await store.read.file(row.id)).toMatchObject({ filed: true });
  expect(await store.read.leftBehind(row.sourcePath)).toMatchObject({ sha256: row.sha256, arrivalId: null, waits: false });
});

it('a folder that hangs at the start keeps no other from being filed, also where its name begins like the other', async () => {
  const { store, settings, shared, stamp } = await unfiled();
  const jobId = await addOrdered(store, '2');
  const add = (sourcePath: string, name: string) => store.write((tx) => tx.addFile({ ...newFile(jobId, name), sourcePath }));
  await add('/p/in-nas/1.pdf', '1.pdf');
  const near = await add('/p/in/2.pdf', '2.pdf');
  const incoming = [
    { path: '/p/in', location: 'local' as const },
    { path: '/p/in-nas', location: 'network' as const },
  ];
  const disk = {
    moveFile: async () => 'moved' as const,
    inspect: async () => ({ ...stamp, sha256: near.sha256, head: new Uint8Array(), tail: new Uint8Array(), inner: null }),
  };
  const hanging = { ...disk, inspect: () => new Promise<never>(() => undefined) };
  const floor = () => ({ rules: [], hotFolders: [], settings: { ...settings, incoming } });
  const parts = { ...shared, floor, disks: { local: disk, of: ({ path }: { path: string }) => (path === '/p/in' ? disk : hanging) } };
  void fileLeftovers(parts);
  await until(async () => (await store.read.file(near.id))?.filed === true, 'it is filed');
});

it('what its sender wrote anew in the moment of a move that was cut short goes back to where it came from, until it is there', async () => {
  const { store, row, settings, logged, shared, stamp } = await unfiled();
  const incoming = [{ path: dirname(row.sourcePath), location: 'local' as const }];
  const moves: [string, string][] = [];
  const disk = {
    moveFile: async (from: string, to: string) => {
      moves.push([from, to]);
      if (moves.length === 1) throw Object.assign(new Error('held by another program'), { code: 'EBUSY' });
      return 'moved' as const;
    },
    inspect: async (path: string) => {
      const isThere = path === (moves.length < 2 ? row.archivePath : row.sourcePath);
      if (!isThere) throw Object.assign(new Error('gone'), { code: 'ENOENT' });
      return { ...stamp, sha256: 'of another content', head: new Uint8Array(), tail: new Uint8Array(), inner: null };
    },
  };
  const floor = () => ({ rules: [], hotFolders: [], settings: { ...settings, incoming } });
  const parts = { ...shared, floor, disks: { local: disk, of: () => disk } };
  await fileLeftovers(parts);
  expect(await store.read.nextTaskAt()).not.toBeNull();
  await fileAgain(parts, row.id);
  expect(moves).toEqual(Array.from({ length: 2 }, () => [row.archivePath, row.sourcePath]));
  expect(logged.at(-1)).toContain('taken anew');
  expect(await store.read.file(row.id)).toMatchObject({ filed: false });
});
