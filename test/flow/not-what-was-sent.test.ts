/** What lies in a hot folder, or cannot be seen there any more, against what its job says. */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { HotFolder } from '../../shared/hot-folder.ts';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { type Floor, openFloor } from './floor.ts';

let floor: Floor;
beforeEach(async () => {
  floor = await openFloor();
});
afterEach(() => floor.close());

const codes = async (number: string) => (await floor.job(number))?.attention.map(({ code }) => code) ?? [];
const folder = async (id: number) =>
  (await floor.ask<{ items: HotFolder[] }>('GET', '/hot-folders')).body.items.find((one) => one.id === id);
const deliver = async (number: string, seed: number) => {
  await floor.drop(`${number} a.pdf`, pdfBytes(seed));
  return await floor.untilStatus(number, 'InHotFolder');
};
const untilTrouble = (id: number) => until(async () => (await folder(id))?.state === 'trouble', 'the folder is in trouble', 20_000);

it.each([
  ['other content of another size', pdfBytes(9, 4000)],
  ['other content of the same size', Buffer.from(pdfBytes(1)).fill(32, 60, 70)],
])('a file that is overwritten in the hot folder with %s is told, also when the printer takes it', async (_, next) => {
  await deliver('1-1', 1);
  await deliver('2-1', 2);
  await until(async () => (await codes('2-1')).includes('StillLyingThere'), 'nothing happens there any more', 20_000);
  await writeFile(join(floor.press, '1-1 a.pdf'), next);
  await until(async () => (await codes('1-1')).includes('OtherContent'), 'it is told', 20_000);
  expect(await codes('2-1')).not.toContain('OtherContent');
  await rm(join(floor.press, '1-1 a.pdf'));
  await floor.untilStatus('1-1', 'InProduction');
  expect(await codes('1-1')).toContain('OtherContent');
});

it('a copy of the very content, put there anew, is no other file', async () => {
  await deliver('1-1', 1);
  await writeFile(join(floor.dataPath, 'copy.pdf'), pdfBytes(1));
  await rename(join(floor.dataPath, 'copy.pdf'), join(floor.press, '1-1 a.pdf'));
  // Looked at several times since.
  await deliver('2-1', 2);
  await until(async () => (await codes('1-1')).includes('StillLyingThere'), 'it lies too long', 20_000);
  expect(await codes('1-1')).toEqual(['StillLyingThere']);
});

async function second(): Promise<HotFolder> {
  const path = join(floor.dataPath, 'tiny', 'hot');
  await mkdir(path, { recursive: true });
  const added = await floor.addFolder({ name: 'tiny', path, takenAfterMs: 200 });
  await floor.ask('POST', '/rules', { name: 'tiny first', position: 0, hotFolderId: added.id });
  return added;
}

it('a hot folder removed while it cannot be seen leaves no job green, and says how many and what leads to it', async () => {
  const tiny = await second();
  await deliver('1-1', 1);
  await rename(join(floor.dataPath, 'tiny'), join(floor.dataPath, 'gone'));
  await untilTrouble(tiny.id);
  const answer = await floor.ask('DELETE', `/hot-folders/${tiny.id}`);
  expect(answer).toMatchObject({ status: 200, body: { ok: true, lying: 0, unseen: 1, rules: 1 } });
  expect(await codes('1-1')).toEqual(['OutOfSight']);
});

it('a hot folder removed while its files can be seen keeps them watched', async () => {
  const tiny = await second();
  await deliver('1-1', 1);
  expect((await floor.ask('DELETE', `/hot-folders/${tiny.id}`)).body).toMatchObject({ lying: 1, unseen: 0, rules: 1 });
  await rm(join(tiny.path, '1-1 a.pdf'));
  await floor.untilStatus('1-1', 'InProduction');
});

it('trouble of the place a hot folder has left is told of that place, and the folder itself is ready', async () => {
  const tiny = await second();
  await deliver('1-1', 1);
  const [before, after] = [join(floor.dataPath, 'tiny'), join(floor.dataPath, 'tiny2')];
  await mkdir(after);
  await rename(before, join(floor.dataPath, 'gone'));
  await untilTrouble(tiny.id);
  expect((await floor.ask('PATCH', `/hot-folders/${tiny.id}`, { path: after, waiting: 'move' })).status).toBe(200);
  await deliver('2-1', 2);
  expect(await folder(tiny.id)).toMatchObject({ state: 'ready', reasonCode: null, elsewhere: [{ path: tiny.path }] });
});

it('a file sent again while its first copy lies there is told as its own copy', async () => {
  const job = await deliver('1-1', 1);
  await floor.ask('POST', `/jobs/${job.id}/deliver`, { reason: 'jam', actionId: 'again-1', force: true });
  await until(async () => (await codes('1-1')).includes('FirstCopyLies'), 'it is asked', 30_000);
  expect(await codes('1-1')).not.toContain('NameTaken');
  await rm(join(floor.press, '1-1 a.pdf'));
  await until(async () => (await floor.job('1-1'))?.deliveries[1]?.state === 'delivered', 'the second one lies there', 20_000);
  expect(await codes('1-1')).toEqual([]);
});

it('a rule put before others is tried before them', async () => {
  const [all] = await floor.rules();
  await floor.ask('PATCH', `/rules/${all?.id}`, { position: 1 });
  await floor.ask('POST', '/rules', { name: 'second', position: 2, hotFolderId: 1 });
  await floor.ask('POST', '/rules', { name: 'first', position: 1, hotFolderId: 1 });
  const rules = await floor.rules();
  expect(rules.map(({ name }) => name)).toEqual(['first', all?.name, 'second']);
  expect(new Set(rules.map(({ position }) => position)).size).toBe(3);
  await floor.ask('PATCH', `/rules/${rules[2]?.id}`, { position: 1 });
  expect((await floor.rules()).map(({ name }) => name)).toEqual(['second', 'first', all?.name]);
});
