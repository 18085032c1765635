/** Jobs of a record of an earlier version are counted by status when it is opened. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { record } from '../../../../electron/hub/store/record.ts';
import { statusCodes } from '../../../../shared/status.ts';
import { addJob, makeFolder, noon, openFresh, undoReprints } from '../fresh-store.ts';

test('a record of before the sums counts what is there, as one that has kept them does', async () => {
  const folder = await makeFolder();
  const store = await openFresh(folder);
  for (const [at, code] of statusCodes.entries()) {
    const id = await addJob(store, String(at));
    const custom = code.startsWith('Custom') ? 'Proof print' : null;
    const said = { code, at: noon, actor: 'admin', custom, reason: '"mis":{"code":"MisFailed"' };
    await store.write((tx) =>
      record(tx, id, at % 2 === 0 ? [said] : [{ ...said, code: 'EmailBounced' }, said, { ...said, code: 'Ordered' }]),
    );
  }
  const kept = await store.read.statusCounts();
  await store.close();
  expect(kept.size).toBeGreaterThan(30);
  const database = new Database(join(folder, 'record.db'));
  database.exec(`${undoReprints}; delete from counter where name like 'status %'; delete from migration where name = 'sums of statuses'`);
  database.close();
  expect(await (await openFresh(folder)).read.statusCounts()).toEqual(kept);
});
