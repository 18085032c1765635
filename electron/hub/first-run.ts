/** A fresh data folder becomes a working floor: one incoming folder, one hot folder, one rule. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { hotFolderSettingsSchema } from '../../shared/hot-folder.ts';
import type { HotFolders } from './parts.ts';
import type { Store } from './store/store.ts';

const firstPress = 'press-1';

export async function setUpFloor(
  store: Store,
  hotFolders: HotFolders,
  places: { readonly incoming: string; readonly hotFolders: string },
): Promise<void> {
  if ((await store.read.settings()).incoming.length > 0) return;
  const known = (await store.read.hotFolders()).find((folder) => folder.name === firstPress);
  if (known === undefined) {
    const path = join(places.hotFolders, firstPress);
    mkdirSync(path, { recursive: true });
    const { id } = await hotFolders.create(hotFolderSettingsSchema.parse({ name: firstPress, path }));
    await store.write((tx) => tx.addRule({ name: `Everything to ${firstPress}`, conditions: {}, hotFolderId: id }));
  }
  // Last, since it is what tells a floor that has been set up.
  await store.write((tx) => tx.changeSettings({ incoming: [{ path: places.incoming, location: 'local' }] }));
}
