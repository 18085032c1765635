/** A fresh data folder becomes a working floor: one incoming folder, one hot folder, one rule. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../../shared/api.ts';
import { hotFolderSettingsSchema } from '../../shared/hot-folder.ts';
import { changesOf } from '../../shared/security.ts';
import '../../shared/words/all.ts';
import { say } from '../../shared/words/say.ts';
import type { HotFolders } from './parts.ts';
import type { Store } from './store/store.ts';

const firstPress = 'press-1';
const bySystem = { actor: 'system', address: null } as const;

/** Answers whether it was fresh. */
export async function setUpFloor(
  store: Store,
  hotFolders: HotFolders,
  places: { readonly incoming: string; readonly hotFolders: string },
  now: () => number,
): Promise<boolean> {
  const { incoming: watched, language } = await store.read.settings();
  if (watched.length > 0) return false;
  const known = (await store.read.hotFolders()).find((folder) => folder.name === firstPress);
  if (known === undefined) {
    const path = join(places.hotFolders, firstPress);
    mkdirSync(path, { recursive: true });
    const { id } = await hotFolders.create(hotFolderSettingsSchema.parse({ name: firstPress, path }));
    const rule = { name: say(language, 'notes.everythingTo', { name: firstPress }), conditions: {}, hotFolderId: id };
    await store.write(async (tx) => {
      await tx.noteSecurity({ ...bySystem, kind: 'ruleAdded', about: rule.name, changes: changesOf(null, rule) }, now());
      await tx.addRule(rule);
    });
  }
  // Last, since it is what tells a floor that has been set up.
  const incoming: Settings['incoming'] = [{ path: places.incoming, location: 'local' }];
  await store.write(async (tx) => {
    await tx.noteSecurity({ ...bySystem, kind: 'settingsChanged', about: '', changes: changesOf(null, { incoming }) }, now());
    await tx.changeSettings({ incoming });
  });
  return true;
}
