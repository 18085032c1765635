/** Copies that were left over are removed; one that another hot folder is just making in the same folder is not. */
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { liveOf, tempPathOf } from '../../../electron/hub/deliver/places.ts';
import { makeTidy } from '../../../electron/hub/deliver/tidy.ts';
import { type OpenDisk, openDisk } from '../../../electron/hub/disk/open-disk.ts';
import { realPorts } from '../../../electron/hub/ports/real.ts';
import type { HotFolderRow, Store } from '../../../electron/hub/store/store.ts';
import { hotFolderSettingsSchema } from '../../../shared/hot-folder.ts';
import { addJob, newDelivery, noon, openFresh } from '../store/fresh-store.ts';

let root = '';
let disk: OpenDisk;
let store: Store;
let folders: HotFolderRow[] = [];
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'printfloor-tidy-'));
  disk = openDisk('local', realPorts);
  store = await openFresh();
  await mkdir(join(root, 'staging'));
  folders = [];
  for (const name of ['press-1', 'press-2']) {
    await mkdir(join(root, name));
    const settings = hotFolderSettingsSchema.parse({ name, path: join(root, name) });
    const place = { stagingPath: join(root, 'staging'), markerPath: join(root, 'staging', `${name}.marker`), marker: 'm', health: null };
    folders.push(await store.write((tx) => tx.addHotFolder(settings, place)));
  }
});
afterEach(async () => {
  disk.stop();
  await rm(root, { recursive: true, force: true });
});

it('leaves alone what another hot folder copies, and what is in its last step; what nobody knows is removed', async () => {
  const jobId = await addJob(store, '1');
  const [one, two] = folders.map((folder) => folder.place);
  if (one === undefined || two === undefined) throw new Error('no folders');
  const leave = async (place: typeof one, name: string, state?: 'publishing') => {
    const delivery = await store.write((tx) => tx.addDelivery(newDelivery(jobId, place.hotFolderId, name, { placeId: place.id }), noon));
    if (state !== undefined) await store.write((tx) => tx.changeDelivery(delivery.id, { state }));
    await writeFile(tempPathOf(place, delivery), 'half');
    return basename(tempPathOf(place, delivery));
  };
  await leave(one, 'left.pdf');
  const lastStep = await leave(one, 'last.pdf', 'publishing');
  const others = await leave(two, 'other.pdf');
  await writeFile(join(root, 'staging', '.printfloor-1-abc.part'), 'its record was lost');
  await makeTidy(
    store,
    disk,
    one,
    () => liveOf(one),
    () => false,
  ).clearIfNeeded();
  expect((await readdir(join(root, 'staging'))).sort()).toEqual([lastStep, others].sort());
});

it('a copy that could not be removed because the share was away is removed when it is back', async () => {
  const [one] = folders.map((folder) => folder.place);
  if (one === undefined) throw new Error('no folder');
  const jobId = await addJob(store, '1');
  const delivery = await store.write((tx) => tx.addDelivery(newDelivery(jobId, one.hotFolderId, 'a.pdf', { placeId: one.id }), noon));
  await writeFile(tempPathOf(one, delivery), 'half');
  await writeFile(one.markerPath, one.marker);
  const tidy = makeTidy(
    store,
    disk,
    one,
    () => liveOf(one),
    () => false,
  );
  await tidy.clearIfNeeded();
  await writeFile(tempPathOf(one, delivery), 'half again');
  await rename(join(root, 'staging'), join(root, 'away'));
  await mkdir(join(root, 'staging'));
  await tidy.drop(tempPathOf(one, delivery));
  await rm(join(root, 'staging'), { recursive: true });
  await rename(join(root, 'away'), join(root, 'staging'));
  await tidy.clearIfNeeded();
  expect(await readdir(join(root, 'staging'))).toEqual(['press-1.marker']);
});

it('a copy that lies in the hot folder at two looks and is no work of anybody is removed', async () => {
  const jobId = await addJob(store, '1');
  const [first] = folders;
  if (first === undefined) throw new Error('no folder');
  const inside = { ...first.place, stagingPath: first.place.folderPath };
  const delivery = await store.write((tx) => tx.addDelivery(newDelivery(jobId, first.id, 'a.pdf', { placeId: inside.id }), noon));
  const flying = new Set<number>();
  const tidy = makeTidy(
    store,
    disk,
    inside,
    () => liveOf(inside),
    (id) => flying.has(id),
  );
  await tidy.clearIfNeeded();
  await writeFile(tempPathOf(inside, delivery), 'left');
  flying.add(delivery.id);
  for (let look = 0; look < 2; look++) tidy.saw([delivery.id]);
  flying.clear();
  tidy.saw([delivery.id]);
  await tidy.clearIfNeeded();
  expect(await readdir(inside.folderPath)).toHaveLength(1);
  tidy.saw([delivery.id]);
  await tidy.clearIfNeeded();
  expect(await readdir(inside.folderPath)).toEqual([]);
});

it('a copy of a place that was left in the moment of a hand-over is removed by who uses its folder for copies now; what is still due there is not', async () => {
  const jobId = await addJob(store, '1');
  const [first] = folders;
  if (first === undefined) throw new Error('no folder');
  const { place: old } = first;
  const leave = async (name: string, state?: 'uncertain') => {
    const delivery = await store.write((tx) => tx.addDelivery(newDelivery(jobId, first.id, name, { placeId: old.id }), noon));
    if (state !== undefined) {
      await store.write((tx) => tx.changeDelivery(delivery.id, { state: 'publishing' }));
      await store.write((tx) => tx.changeDelivery(delivery.id, { state }));
    }
    await writeFile(tempPathOf(old, delivery), 'a copy');
    return basename(tempPathOf(old, delivery));
  };
  await leave('cut short.pdf', 'uncertain');
  const due = await leave('due.pdf');
  const path = join(root, 'press-1 new');
  await mkdir(path);
  await store.write((tx) => tx.changeHotFolder(first.id, { path, place: { ...old, markerPath: join(root, 'staging', 'new.marker') } }));
  const moved = (await store.read.hotFolder(first.id))?.place;
  if (moved === undefined) throw new Error('no folder');
  expect(moved.id).not.toBe(old.id);
  await makeTidy(
    store,
    disk,
    moved,
    () => liveOf(moved),
    () => false,
  ).clearIfNeeded();
  expect(await readdir(join(root, 'staging'))).toEqual([due]);
});
