import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { realPorts } from '../../../electron/hub/ports/real.ts';
import { toldReader } from '../../../electron/hub/server/told-reader.ts';
import { openStore } from '../../../electron/hub/store/open.ts';
import { addJob, makeFolder } from '../store/fresh-store.ts';

/** A record whose log reaches the disk when the test says so, or never. */
async function openSlow() {
  const [begun, outcome] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const openLog: typeof realPorts.openLog = (path) => {
    const log = realPorts.openLog(path);
    return {
      ...log,
      flush: async () => {
        begun.resolve();
        await outcome.promise;
      },
    };
  };
  const store = await openStore({ path: join(await makeFolder(), 'record.db'), ports: { ...realPorts, openLog } });
  onTestFinished(() => store.close());
  return { store, begun: begun.promise, outcome };
}

it('nobody outside is told of what a power cut could still take back', async () => {
  const { store, begun, outcome } = await openSlow();
  const told = toldReader(store).read;
  expect((await told.counts()).all).toBe(0);
  const written = addJob(store, '1');
  await begun;
  // Committed, and seen by the hub's own loops, whose next write is flushed behind it.
  expect((await store.read.counts()).all).toBe(1);
  let answered = false;
  const asked = told.counts().then((counts) => {
    answered = true;
    return counts;
  });
  await store.read.counts();
  expect(answered).toBe(false);
  outcome.resolve();
  expect((await asked).all).toBe(1);
  await written;
});

it('what is on record is still told when the disk reports an error', async () => {
  const { store, begun, outcome } = await openSlow();
  const written = addJob(store, '1');
  await begun;
  const asked = toldReader(store).read.lastSeq();
  outcome.reject(new Error('EIO'));
  await expect(written).rejects.toMatchObject({ code: 'NOT_RECORDED' });
  expect(await asked).toBe(0);
});
