/** The same on PostgreSQL as beside it on a file: jobs of a record of an earlier version are counted by status when it is opened. */
import { afterAll, expect, test } from 'vitest';
import { realPorts } from '../../../../electron/hub/ports/real.ts';
import { openPostgres } from '../../../../electron/hub/store/postgres/open.ts';
import { record } from '../../../../electron/hub/store/record.ts';
import { statusCodes } from '../../../../shared/status.ts';
import { addJob, noon, undoReprints } from '../fresh-store.ts';
import { startInProcess } from './pglite.ts';

const database = await startInProcess();
afterAll(() => database.end());

test('a record of before the sums counts what is there, as one that has kept them does', async () => {
  const connect = database.connectTo('sums');
  const open = () => openPostgres({ connect, ports: realPorts });
  const store = await open();
  const id = await addJob(store, 'all');
  for (const code of statusCodes.slice(0, 58)) {
    const one = await addJob(store, code);
    const said = { code, at: noon, actor: 'admin', reason: '"mis":{"code":"MisFailed"' };
    await store.write(async (tx) => {
      await record(tx, one, [said]);
      await record(tx, id, [said]);
    });
  }
  const kept = await store.read.statusCounts();
  expect(kept.size).toBeGreaterThan(30);
  await store.close();
  const session = await connect();
  await session.say(
    `${undoReprints}; delete from counter where name like 'status %'; delete from migration where name in ('sums of statuses', 'by size in turn')`,
  );
  await session.end();
  const again = await open();
  expect(await again.read.statusCounts()).toEqual(kept);
  await again.close();
});
