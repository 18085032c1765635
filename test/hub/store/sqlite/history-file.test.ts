import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { record } from '../../../../electron/hub/store/record.ts';
import type { Store } from '../../../../electron/hub/store/store.ts';
import { addJob, makeFolder, noon, openFresh } from '../fresh-store.ts';

it('history lets nobody change or remove a line, not even by SQL', async () => {
  const folder = await makeFolder();
  const store = await openFresh(folder);
  const id = await addJob(store, '1');
  await store.write((tx) => record(tx, id, [{ code: 'Printed', at: noon, actor: 'admin' }]));
  const database = new Database(join(folder, 'record.db'));
  try {
    expect(() => database.exec("update event set actor = 'nobody'")).toThrow('history is append-only');
    expect(() => database.exec('delete from event')).toThrow('history is append-only');
  } finally {
    database.close();
  }
});

it('history that an earlier program read by other rules is read anew when its record is opened: a job kept as template shows where it stands', async () => {
  const folder = await makeFolder();
  const store = await openFresh(folder);
  const ids = [await addJob(store, '1'), await addJob(store, '2')];
  for (const id of ids)
    await store.write((tx) =>
      record(tx, id, [
        { code: 'Printed', at: noon, actor: 'station Press 1' },
        { code: 'TemplateProductCreated', at: noon + 1000, actor: 'admin' },
      ]),
    );
  const whole = async (of: Store) => [await of.read.jobsByIds(ids), await of.read.counts(), await of.read.lastSeq()];
  const right = await whole(store);
  await store.close();
  const database = new Database(join(folder, 'record.db'));
  database.exec("update job set status = 'TemplateProductCreated', status_at = status_at + 1000, status_seq = status_seq + 1");
  database.close();
  for (const _ of ['first', 'second']) {
    const opened = await openFresh(folder);
    expect(await whole(opened)).toEqual(right);
    expect((await opened.read.jobs({ status: 'TemplateProductCreated', limit: 9 })).items).toEqual([]);
    await opened.close();
  }
});
