import { expect, it } from 'vitest';
import { bringForward } from '../../../electron/hub/deliver/bring-forward.ts';
import { addFolder, addJob, newDelivery, noon, openFresh } from '../store/fresh-store.ts';

it('what failed before the clock was set back is due now; what is held, or waits no longer than anything, stays', async () => {
  const store = await openFresh();
  const { id: folder } = await addFolder(store, 'press-1');
  const [free, held] = [await addJob(store, '1'), await addJob(store, '2')];
  const add = (jobId: number, name: string, nextTryAt: number) =>
    store.write(async (tx) => {
      const { id } = await tx.addDelivery(newDelivery(jobId, folder, name), noon);
      await tx.changeDelivery(id, { nextTryAt });
    });
  const halfAnHour = 1_800_000;
  await add(free, 'failed.pdf', noon + halfAnHour);
  await add(free, 'soon.pdf', noon + 60_000);
  await add(held, 'held.pdf', noon + halfAnHour);
  await bringForward(store, folder, noon, async (_tx, { jobId }) => jobId === free);
  const times = (await store.read.deliveriesIn(folder, ['waiting'])).map(({ name, nextTryAt }) => [name, nextTryAt]);
  expect(times).toEqual([
    ['failed.pdf', null],
    ['soon.pdf', noon + 60_000],
    ['held.pdf', noon + halfAnHour],
  ]);
});
