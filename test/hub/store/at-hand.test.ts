/** What a write has read once it does not ask again: it must still see all that it has changed since. */
import { expect, it } from 'vitest';
import { record } from '../../../electron/hub/store/record.ts';
import type { Store, Writer } from '../../../electron/hub/store/store.ts';
import { addFolder, addJob, addOrdered, newDelivery, newFile, newJob, noon, openFresh } from './fresh-store.ts';

/** What a write sees at its end is what the next one sees that has nothing at hand. */
async function seesTheSame<Seen>(
  store: Store,
  write: (tx: Writer) => Promise<unknown>,
  look: (tx: Writer) => Promise<Seen>,
): Promise<Seen> {
  const inside = await store.write(async (tx) => {
    await look(tx);
    await write(tx);
    return await look(tx);
  });
  expect(inside).toEqual(await store.write(look));
  return inside;
}

it('of a delivery', async () => {
  const store = await openFresh();
  const jobId = await addOrdered(store, '1');
  const other = await addOrdered(store, '2');
  const { id: folder } = await addFolder(store, 'press');
  const id = await store.write(async (tx) => (await tx.addDelivery(newDelivery(jobId, folder, 'a.pdf'), noon)).id);
  const look = (tx: Writer) => tx.delivery(id);
  const change = { name: 'b.pdf', tries: 2, reasonCode: 'NameTaken', raw: 'why', nextTryAt: noon + 1, wished: true } as const;
  expect(await seesTheSame(store, (tx) => tx.changeDelivery(id, change), look)).toMatchObject(change);
  const published = await seesTheSame(
    store,
    (tx) => tx.stepDelivery(id, { state: 'publishing', mark: 'm', outcome: { kind: 'named', done: '/d' } }),
    look,
  );
  expect(published).toMatchObject({ state: 'publishing', mark: 'm', outcome: { kind: 'named', done: '/d' } });
  expect(await seesTheSame(store, (tx) => tx.moveFiles(jobId, other), look)).toMatchObject({ jobId: other });
  expect(await store.write((tx) => tx.stepDelivery(id, { state: 'waiting' }))).toMatchObject({ state: 'publishing' });
});

it('of a delivery that it took on a step that is over by then', async () => {
  const store = await openFresh();
  const jobId = await addOrdered(store, '1');
  const { id: folder } = await addFolder(store, 'press');
  const steps = await store.write(async (tx) => {
    const { id } = await tx.addDelivery(newDelivery(jobId, folder, 'a.pdf'), noon);
    await tx.stepDelivery(id, { state: 'cancelled' });
    return await tx.stepDelivery(id, { state: 'publishing' });
  });
  expect(steps).toBeNull();
});

it('of what the rules look at', async () => {
  const store = await openFresh();
  const id = await addJob(store, 'PF000001', '1', { named: false });
  const other = await addOrdered(store, '7');
  const look = (tx: Writer) => tx.jobFacts(id);
  expect(await seesTheSame(store, (tx) => tx.setMissing(id, ['a.pdf'], ['a.pdf']), look)).toMatchObject({ missing: ['a.pdf'] });
  const ticket = { order: '3', job: '2', files: [], attributes: {}, startAt: new Date(noon).toISOString() };
  expect(await seesTheSame(store, (tx) => tx.describeJob(id, ticket, noon), look)).toMatchObject({ number: '3-2', startAt: noon });
  expect(await seesTheSame(store, (tx) => tx.moveFiles(id, other), look)).toMatchObject({ id: other, number: '7-1' });
});

const sayings: Readonly<Record<string, (tx: Writer, jobId: number, fileId: number, folderId: number) => Promise<unknown>>> = {
  'nothing more': async () => undefined,
  history: (tx, jobId) => record(tx, jobId, [{ code: 'Ordered', at: noon + 1, actor: 'system' }]),
  'another file': (tx, jobId) => tx.addFile(newFile(jobId, 'b.pdf')),
  'a new version': (tx, jobId, fileId) => tx.addFile(newFile(jobId, 'a.pdf', { archivePath: '/archive/a2.pdf', replaces: fileId })),
  'a hot folder': (tx, jobId, _, folderId) => tx.setHotFolder(jobId, folderId),
  'a delivery': (tx, jobId, fileId, folderId) => tx.addDelivery(newDelivery(jobId, folderId, 'a.pdf', { fileId }), noon),
  'what it lacks': (tx, jobId) => tx.setMissing(jobId, ['c.pdf'], ['c.pdf']),
  'a ticket': (tx, jobId) => tx.describeJob(jobId, { order: '4', job: '2', files: [], attributes: { paper: 'silk' } }, noon + 1),
  'a filed original': (tx, _, fileId) => tx.markFiled(fileId),
  'another place in the archive': (tx, _, fileId) => tx.renumberArchivePath(fileId),
  'the files of another job': async (tx, jobId) => {
    const other = await tx.addJob(newJob('5'), noon);
    await tx.addFile(newFile(other, 'd.pdf'));
    await tx.moveFiles(other, jobId);
  },
};

it.each(Object.entries(sayings))('of a job that it has added itself, with %s', async (_, say) => {
  const store = await openFresh();
  const { id: folderId } = await addFolder(store, 'press');
  const look = async (tx: Writer, id: number) => [await tx.jobFacts(id), await tx.jobInFull(id)] as const;
  const [inside, id] = await store.write(async (tx) => {
    const added = await tx.addJob(newJob('4', '2'), noon);
    await record(tx, added, [{ code: 'Creating', at: noon, actor: 'system' }]);
    const file = await tx.addFile(newFile(added, 'a.pdf'));
    expect((await tx.jobInFull(added))?.files).toEqual([file]);
    await say(tx, added, file.id, folderId);
    return [await look(tx, added), added] as const;
  });
  expect(inside).toEqual(await store.write((tx) => look(tx, id)));
});

it('of a number that was free', async () => {
  const store = await openFresh();
  const unnamed = await addJob(store, 'PF000001', '1', { named: false });
  await store.write(async (tx) => {
    expect([await tx.jobByNumber('5', '1'), await tx.jobByNumber('6', '1')]).toEqual([null, null]);
    const id = await tx.addJob(newJob('5'), noon);
    expect(await tx.jobByNumber('5', '1')).toMatchObject({ id });
    await tx.describeJob(unnamed, { order: '6', job: '1', files: [], attributes: {} }, noon);
    expect(await tx.jobByNumber('6', '1')).toMatchObject({ id: unnamed });
    await expect(tx.addJob(newJob('5'), noon)).rejects.toThrow('already has the number');
    await expect(tx.addJob(newJob('6'), noon)).rejects.toThrow('already has the number');
  });
});
