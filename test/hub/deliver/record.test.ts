/** What is said of a job of several files: each counts, and what is true of one hides nothing of another. */
import { expect, it } from 'vitest';
import { recordDelivered, recordTaken, recordUncertain } from '../../../electron/hub/deliver/record.ts';
import type { DeliveryRow, Store } from '../../../electron/hub/store/store.ts';
import type { Job } from '../../../shared/job.ts';
import { addFolder, addOrdered, newDelivery, newFile, noon, openFresh } from '../store/fresh-store.ts';

async function twoFiles(): Promise<{
  store: Store;
  first: DeliveryRow;
  second: DeliveryRow;
  parts: Parameters<typeof recordDelivered>[0];
}> {
  const store = await openFresh();
  const { id: folderId } = await addFolder(store, 'press-1');
  const jobId = await addOrdered(store, '1001');
  const send = (name: string): Promise<DeliveryRow> =>
    store.write(async (tx) => {
      const file = await tx.addFile(newFile(jobId, name));
      return await tx.addDelivery({ ...newDelivery(jobId, folderId, name), fileId: file.id }, noon);
    });
  const [first, second] = [await send('a.pdf'), await send('b.pdf')];
  for (const { id } of [first, second]) await store.write((tx) => tx.changeDelivery(id, { state: 'publishing' }));
  const folder = await store.read.hotFolder(folderId);
  if (folder === null) throw new Error('the hot folder is gone');
  return { store, first, second, parts: { store, folder, now: () => noon } };
}

const problems = async (store: Store, { jobId }: DeliveryRow): Promise<string[]> =>
  ((await store.read.job(jobId))?.attention ?? ([] as Job['attention'])).map(({ code }) => code);

it.each(['DeliveryUncertain', 'OutOfSight'] as const)(
  'one of which is %s: that is asked also when the other is delivered and taken',
  async (reason) => {
    const { store, first, second, parts } = await twoFiles();
    if (reason === 'OutOfSight') await recordDelivered(parts, first);
    await recordUncertain(parts, first, reason, 'gone');
    expect(await problems(store, first)).toEqual([reason]);
    await recordDelivered(parts, second);
    expect(await problems(store, first)).toEqual([reason]);
    await recordTaken(parts, second, null);
    expect(await problems(store, first)).toEqual([reason]);
  },
);
