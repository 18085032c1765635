import { describe, expect, it } from 'vitest';
import { record } from '../../../electron/hub/store/record.ts';
import type { Change, Writer } from '../../../electron/hub/store/store.ts';
import { addJob, hasOneSession, newJob, noon, openFresh } from './fresh-store.ts';

describe('writes', () => {
  it('share flushes when many come at once, and one that fails takes nobody with it', async () => {
    const store = await openFresh();
    const changes: Change[] = [];
    store.onChange((change) => changes.push(change));
    const wishes = Array.from({ length: 300 }, (_, index) =>
      store.write(async (tx) => {
        const id = await tx.addJob(newJob(`${index}`), noon);
        await record(tx, id, [{ code: 'Ordered', at: noon, actor: 'system' }]);
        if (index % 100 === 50) throw new Error(`number ${index} is guilty`);
        return id;
      }),
    );
    const outcomes = await Promise.allSettled(wishes);
    expect(outcomes.flatMap((outcome, index) => (outcome.status === 'rejected' ? [index] : []))).toEqual([50, 150, 250]);
    expect(changes.length).toBeLessThan(297);
    expect(await store.read.counts()).toEqual({ all: 297, attention: 0, stages: { intake: 297 }, finished: 0 });
    expect(await store.read.jobByNumber('150', '1')).toBeNull();
    const ids = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    expect(new Set(ids).size).toBe(297);
    expect(changes.flatMap(({ events }) => events.map(({ seq }) => seq))).toEqual(Array.from({ length: 297 }, (_, index) => index + 1));
  });

  it('see what their neighbours in the same flush wrote, and nothing of one that failed', async () => {
    const store = await openFresh();
    const count = async (tx: Writer) => (await tx.counts()).all;
    const seen = await Promise.allSettled([
      store.write(async (tx) => count(tx).finally(() => tx.addJob(newJob('1'), noon))),
      store.write(async (tx) => {
        await tx.addJob(newJob('2'), noon);
        throw new Error(`saw ${await count(tx)}`);
      }),
      store.write(async (tx) => [await count(tx), (await tx.jobs({ limit: 10, q: 'job' })).items.map(({ number }) => number)]),
    ]);
    expect(seen).toMatchObject([{ value: 0 }, { reason: { message: 'saw 2' } }, { value: [1, ['1-1']] }]);
  });

  it('are not written twice for the sake of one that is refused before it wrote anything', async () => {
    const store = await openFresh();
    let times = 0;
    const outcomes = await Promise.allSettled([
      store.write(async (tx) => {
        times++;
        return await tx.addJob(newJob('1'), noon);
      }),
      store.write(async (tx) => {
        throw new Error(`saw ${(await tx.counts()).all}`);
      }),
      store.write(async (tx) => await tx.addJob(newJob('2'), noon)),
    ]);
    expect(outcomes).toMatchObject([{ value: 1 }, { reason: { message: 'saw 1' } }, { value: 2 }]);
    expect(times).toBe(1);
  });

  it('are told to listeners after they are durable and before the writer knows', async () => {
    const store = await openFresh();
    const order: string[] = [];
    const stop = store.onChange((change) => order.push(`told of ${[...change.jobIds].join()}`));
    await addJob(store, '1').then((id) => order.push(`wrote ${id}`));
    stop();
    await addJob(store, '2').then((id) => order.push(`wrote ${id}`));
    expect(order).toEqual(['told of 1', 'wrote 1', 'wrote 2']);
  });

  it('are refused once the store is closed, and those in line are finished first', async () => {
    const store = await openFresh();
    const inLine = addJob(store, '1');
    await store.close();
    await expect(inLine).resolves.toBe(1);
    await expect(addJob(store, '2')).rejects.toThrow('closed');
  });

  it.skipIf(hasOneSession())('do not make readers wait, who see the last state that is durable', async () => {
    const store = await openFresh();
    await addJob(store, '1');
    const inside = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const writing = store.write(async (tx) => {
      await tx.addJob(newJob('2'), noon);
      inside.resolve();
      await goOn.promise;
    });
    await inside.promise;
    expect((await store.read.counts()).all).toBe(1);
    goOn.resolve();
    await writing;
    expect((await store.read.counts()).all).toBe(2);
  });
});
