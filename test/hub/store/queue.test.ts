import { expect, it } from 'vitest';
import type { DeliveryRow } from '../../../electron/hub/store/store.ts';
import { addFolder, addOrdered, newDelivery, noon, openFresh } from './fresh-store.ts';

it('deliveries that wait for their time do not stand in the way of those behind them', async () => {
  const store = await openFresh();
  const jobId = await addOrdered(store, '1');
  const { id: folder } = await addFolder(store, 'press');
  await store.write(async (tx) => {
    for (let number = 0; number < 100; number++) {
      const { id } = await tx.addDelivery(newDelivery(jobId, folder, `${number}.pdf`), noon);
      if (number < 99) await tx.changeDelivery(id, { nextTryAt: noon + 1000 + number });
    }
  });
  const [due, ...others] = await store.read.deliveriesDue(folder, noon, 10, 'small');
  expect([(await store.read.delivery(due?.id ?? 0))?.name, others]).toEqual(['99.pdf', []]);
  expect(await store.read.nextDueAt(folder, noon)).toBe(noon + 1000);
  expect(await store.read.deliveriesDue(folder, noon + 5000, 500, 'small')).toHaveLength(100);
  expect(await store.read.nextDueAt(folder, noon + 5000)).toBeNull();
});

it('what waits for its next try does not wait for a clock that was set back by a day', async () => {
  const store = await openFresh();
  const jobId = await addOrdered(store, '1');
  const { id: folder } = await addFolder(store, 'press');
  await store.write(async (tx) => {
    const { id } = await tx.addDelivery(newDelivery(jobId, folder, 'a.pdf'), noon);
    await tx.changeDelivery(id, { nextTryAt: noon + 2000 });
  });
  expect(await store.read.deliveriesDue(folder, noon, 10, 'small')).toEqual([]);
  expect(await store.read.deliveriesDue(folder, noon - 86_400_000, 10, 'small')).toHaveLength(1);
});

it('a place with many is read in parts: all of them, each once, in the order of the whole', async () => {
  const store = await openFresh();
  const jobId = await addOrdered(store, '1');
  const { id: folder } = await addFolder(store, 'press');
  await store.write(async (tx) => {
    for (let number = 0; number < 60; number++)
      await tx.addDelivery({ ...newDelivery(jobId, folder, `${number}.pdf`), priority: [0, 5, 0, 9, -3][number % 5] ?? 0 }, noon);
  });
  const whole = (await store.read.deliveriesIn(folder, ['waiting'])).map(({ id }) => id);
  for (const limit of [1, 7, 12, 60, 100]) {
    const ids: number[] = [];
    for (let last: DeliveryRow | undefined; ; ) {
      const some = await store.read.deliveriesBehind(folder, 'waiting', last ?? null, limit);
      ids.push(...some.map(({ id }) => id));
      last = some.at(-1);
      if (last === undefined) break;
    }
    expect(ids).toEqual(whole);
  }
});

it('what a printer took is read in parts: the newest first, each once, however many were delivered in the same moment', async () => {
  const store = await openFresh();
  const jobId = await addOrdered(store, '1');
  const { id: folder } = await addFolder(store, 'press');
  const outcome = { kind: 'named', done: 'done', failed: 'failed' } as const;
  await store.write(async (tx) => {
    for (let number = 0; number < 30; number++) {
      const deliveredAt = noon + Math.floor(number / 7);
      const { id } = await tx.addDelivery(newDelivery(jobId, folder, `${number}.pdf`, { state: 'delivered', outcome, deliveredAt }), noon);
      await tx.changeDelivery(id, { state: 'taken' });
    }
  });
  const whole = (await store.read.deliveriesTakenSince(folder, noon + 1, null, 100)).map(({ id }) => id);
  expect(whole).toHaveLength(23);
  for (const limit of [1, 5, 7, 23, 40]) {
    const ids: number[] = [];
    for (let last: DeliveryRow | undefined; ; ) {
      const some = await store.read.deliveriesTakenSince(folder, noon + 1, last ?? null, limit);
      ids.push(...some.map(({ id }) => id));
      last = some.at(-1);
      if (last === undefined) break;
    }
    expect(ids).toEqual(whole);
  }
});

it('files of one size are read in parts: all of them at that path, each once', async () => {
  const store = await openFresh();
  const jobId = await addOrdered(store, '1');
  const { id: folder } = await addFolder(store, 'press');
  const { id: other } = await addFolder(store, 'other');
  await store.write(async (tx) => {
    for (let number = 0; number < 25; number++)
      for (const at of [folder, other])
        await tx.addDelivery({ ...newDelivery(jobId, at, `${number}.pdf`), size: number % 5 === 0 ? 11 : 10 }, noon);
  });
  const path = (await store.read.hotFolder(folder))?.place.folderPath ?? '';
  const found: DeliveryRow[] = [];
  for (let last: DeliveryRow | null | undefined = null; last !== undefined; ) {
    const some: DeliveryRow[] = await store.read.deliveriesOfSize(path, 10, last, 7);
    expect(some.length).toBeLessThanOrEqual(7);
    found.push(...some);
    last = some.length < 7 ? undefined : some.at(-1);
  }
  expect(new Set(found.map(({ id }) => id)).size).toBe(20);
  expect(found.every(({ hotFolderId, size }) => hotFolderId === folder && size === 10)).toBe(true);
});
