/** A file that has no folder to go to, beside one that went: somebody is still asked about it. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { type Floor, openFloor } from './floor.ts';

let floor: Floor;
beforeEach(async () => {
  floor = await openFloor();
});
afterEach(() => floor.close());

it('a file whose hot folder is gone is still asked about when another file of its job went out', async () => {
  await floor.drop('1-1 a.pdf', pdfBytes(1));
  await floor.untilStatus('1-1', 'InHotFolder');
  await floor.ask('PATCH', '/hot-folders/1', { paused: true });
  await floor.drop('1-1 b.pdf', pdfBytes(2));
  await until(async () => (await floor.job('1-1'))?.deliveries.length === 2, 'planned');
  const path = join(floor.places.hotFolders, 'two');
  await mkdir(path, { recursive: true });
  await floor.addFolder({ name: 'two', path, types: [] });
  await floor.ask('POST', '/rules', { name: 'All to 2', position: 0, hotFolderId: 2 });
  expect((await floor.ask('DELETE', '/hot-folders/2')).status).toBe(200);
  await floor.drop('1-1 c.pdf', pdfBytes(3));
  await until(async () => ((await floor.job('1-1'))?.files.length ?? 0) > 2, 'asks');
  await floor.ask('PATCH', '/hot-folders/1', { paused: false });
  await until(async () => (await floor.job('1-1'))?.deliveries[1]?.deliveredAt != null, 'sent');
  const after = await floor.job('1-1');
  expect(after?.attention.map(({ code }) => code)).toContain('HotFolderGone');
});
