/** A hot folder moves while a file is copied: the loop of its old place ends its try when the new one is in its last step. */
import { expect, it } from 'vitest';
import type { DeliverContext, Delivered } from '../../../electron/hub/deliver/deliver-one.ts';
import { settle } from '../../../electron/hub/deliver/settle.ts';
import { DiskFault } from '../../../electron/hub/disk/fault.ts';
import { addFolder, addOrdered, newDelivery, noon, openFresh } from '../store/fresh-store.ts';

const ends: readonly (readonly [string, Delivered])[] = [
  ['held', { kind: 'held' }],
  ['a fault', { kind: 'fault', fault: new DiskFault('EBUSY', 'busy', '/hot/press-1'), handedOver: 'nothing' }],
  ['a name too long', { kind: 'fault', fault: new DiskFault('ENAMETOOLONG', 'too long', '/hot/press-1'), handedOver: 'nothing' }],
  ['a fault for good', { kind: 'fault', fault: new DiskFault('SourceMissing', 'it is gone', '/hot/press-1'), handedOver: 'nothing' }],
];

it.each(ends)('what goes out at the new place is not called back by the old one, and so not printed twice: %s', async (_, end) => {
  const store = await openFresh();
  const [old, moved] = [await addFolder(store, 'press-1'), await addFolder(store, 'press-1 new')];
  const jobId = await addOrdered(store, '1001');
  const begun = await store.write((tx) => tx.addDelivery(newDelivery(jobId, old.id, 'a.pdf'), noon));
  await store.write(async (tx) => {
    await tx.changeDelivery(begun.id, { placeId: moved.id });
    await tx.stepDelivery(begun.id, { state: 'publishing', mark: '{"ino":"1","ctimeMs":1}' });
  });
  const before = await store.read.delivery(begun.id);
  const folder = await store.read.hotFolder(old.id);
  const nothing = async () => undefined;
  const parts = {
    store,
    folder,
    now: () => noon,
    mayGo: async () => true,
    drop: nothing,
    wakeFolder: nothing,
    shorterName: async () => 'b.pdf',
  };
  await settle(parts as unknown as DeliverContext, begun, end, 0);
  expect(await store.read.delivery(begun.id)).toEqual(before);
});
