/** What tells two tellings of a job apart: which of them the hub read later. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { record } from '../../../electron/hub/store/record.ts';
import type { Reader, Store } from '../../../electron/hub/store/store.ts';
import { addFolder, addJob, makeFolder, newDelivery, noon, openFresh } from './fresh-store.ts';

const told = async (read: Reader, id: number): Promise<number> => (await read.toldJob(id))?.revision ?? -1;
const print = (store: Store, id: number) =>
  store.write(async (tx) => {
    await record(tx, id, [{ code: 'Printed', at: noon, actor: 'admin' }]);
    return await told(tx, id);
  });

describe('the revision of a job', () => {
  it('is the same in the list, by its id and in a push, and grows with what is no event too', async () => {
    const store = await openFresh();
    const id = await addJob(store, '1');
    const folder = await addFolder(store, 'press-1');
    const before = await told(store.read, id);
    await store.write((tx) => tx.addDelivery(newDelivery(id, folder.id, 'a.pdf'), noon));
    const after = await told(store.read, id);
    expect(after).toBeGreaterThan(before);
    expect((await store.read.jobsByIds([id]))[0]?.revision).toBe(after);
    expect((await store.read.jobs({ limit: 10, order: 'newest' })).items[0]?.revision).toBe(after);
  });

  it('tells writes of one flush apart: who was answered first does not hide what came after', async () => {
    const store = await openFresh();
    const id = await addJob(store, '1');
    const before = await told(store.read, id);
    const answers = await Promise.all([print(store, id), print(store, id), print(store, id)]);
    expect(answers).toEqual([before + 1, before + 2, before + 3]);
    expect(await told(store.read, id)).toBe(before + 3);
  });

  it('does not grow by a write that changes no job, and says nothing new', async () => {
    const store = await openFresh();
    const id = await addJob(store, '1');
    const before = await told(store.read, id);
    const [seen, printed] = await Promise.all([store.write((tx) => told(tx, id)), print(store, id)]);
    expect([seen, printed]).toEqual([before, before + 1]);
  });

  it('is given to no two tellings by a write that failed', async () => {
    const store = await openFresh();
    const id = await addJob(store, '1');
    const before = await told(store.read, id);
    const fails = store.write(async (tx) => {
      await tx.setMissing(id, ['a.pdf']);
      throw new Error('on purpose');
    });
    const [failed, printed] = await Promise.allSettled([fails, print(store, id)]);
    expect(failed.status).toBe('rejected');
    expect(printed).toMatchObject({ value: before + 1 });
    expect(await told(store.read, id)).toBe(before + 1);
  });

  it('grows when a hot folder gets another name, which its jobs show', async () => {
    const store = await openFresh();
    const id = await addJob(store, '1');
    const folder = await addFolder(store, 'press-1');
    await store.write((tx) => tx.setHotFolder(id, folder.id));
    const before = await told(store.read, id);
    await store.write((tx) => tx.changeHotFolder(folder.id, { health: null }));
    expect(await told(store.read, id)).toBe(before);
    await store.write((tx) => tx.changeHotFolder(folder.id, { name: 'press-2' }));
    expect(await store.read.toldJob(id)).toMatchObject({ hotFolder: 'press-2', revision: before + 1 });
  });

  it('goes on after a new start', async () => {
    const folder = await makeFolder();
    const store = await openFresh(folder);
    const id = await addJob(store, '1');
    const before = await told(store.read, id);
    await store.close();
    const again = await openFresh(join(folder));
    expect(await told(again.read, id)).toBe(before);
    expect(await print(again, id)).toBe(before + 1);
  });
});
