import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { toldAttention } from '../../../../shared/job/say-attention.ts';
import { attentionOf, deriveState } from '../../../../shared/job/state.ts';
import { fillRecord } from '../../../bench/big-record/fill.ts';
import { addFolder, makeFolder, noon, openFresh } from '../fresh-store.ts';

it('a record made in bulk is what the hub would have written: states come from histories, sums count rows, words find their jobs', async () => {
  const folder = await makeFolder();
  const path = join(folder, 'record.db');
  const empty = await openFresh(folder);
  await addFolder(empty, 'press-1', { outcome: { kind: 'named', done: 'done', failed: 'failed' } });
  await addFolder(empty, 'press-2');
  await empty.close();
  await fillRecord(path, 800, noon);
  await fillRecord(path, 0, noon);
  const database = new Database(path);
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(database.pragma('foreign_key_check')).toEqual([]);
  const ofDeliveries = database
    .prepare('select hot_folder_id as hotFolderId, state, count(*) as count from delivery group by 1, 2 order by 1, 2')
    .all();
  database.close();
  const store = await openFresh(folder);
  const { items: jobs } = await store.read.jobs({ limit: 2000 });
  expect(jobs).toHaveLength(800);
  for (const job of jobs) {
    const history = await store.read.history(job.id);
    const state = deriveState(history);
    expect([job.status, job.stage, job.tracks, job.attention]).toEqual([
      state.status,
      state.stage,
      state.tracks,
      attentionOf(state).map(toldAttention),
    ]);
    expect(job.lastSeq).toBe(history.at(-1)?.seq);
  }
  const counts = await store.read.counts();
  expect(counts.all).toBe(800);
  expect(counts.attention).toBe(jobs.filter(({ attention }) => attention.length > 0).length);
  expect(counts.stages).toEqual(
    Object.fromEntries(Object.entries(Object.groupBy(jobs, ({ stage }) => stage)).map(([stage, of]) => [stage, of.length])),
  );
  expect((await store.read.deliveryCounts()).toSorted((a, b) => a.hotFolderId - b.hotFolderId || (a.state < b.state ? -1 : 1))).toEqual(
    ofDeliveries,
  );
  for (const job of jobs.slice(0, 800).filter((_job, at) => at % 100 === 50))
    for (const q of [job.number, job.title, job.customer?.company ?? '', job.files[0]?.name ?? job.title])
      expect((await store.read.jobs({ q, limit: 500 })).items.map(({ id }) => id)).toContain(job.id);
  expect(await store.read.lastSeq()).toBe(Math.max(...jobs.map(({ lastSeq }) => lastSeq)));
});
