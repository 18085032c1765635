/** An incoming folder is saved while its share is off, or only the empty place of it is seen: what lies on the share is asked about when it comes, and not moved away. */
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Health, Problem } from '../../shared/api.ts';
import { filesLieThereIn } from '../../shared/files-lie-there.ts';
import { type Floor, openFloor } from '../flow/floor.ts';
import { until } from '../until.ts';

let floor: Floor;
let own: string;
beforeAll(async () => {
  own = mkdtempSync(join(tmpdir(), 'printfloor-late-'));
  floor = await openFloor();
  await floor.ask('PATCH', '/hot-folders/1', { types: [] });
});
afterAll(async () => {
  await floor.close();
  rmSync(own, { recursive: true });
});

type Wish = { readonly location?: 'local' | 'network'; readonly confirm?: readonly string[] };
const save = (path: string, { location = 'local', confirm }: Wish = {}) =>
  floor.ask<Problem>('PATCH', '/settings', {
    incoming: [
      { path: floor.places.incoming, location: 'local' },
      { path, location },
    ],
    ...(confirm === undefined ? {} : { confirm }),
  });
const watched = async (path: string) => (await floor.ask<Health>('GET', '/health')).body.watching.find((one) => one.path === path);
const asked = async (path: string) => filesLieThereIn((await watched(path))?.reason ?? null);
const looksAgain = (path: string) =>
  until(async () => /^(watching|polling)$/.test((await watched(path))?.state ?? ''), `${path} is watched`, 40_000);

function share(name: string, files: readonly string[]): string {
  const path = join(own, name);
  mkdirSync(path);
  for (const file of files) writeFileSync(join(path, file), 'of years');
  return path;
}

test('saved while it is off: once it is there its files are asked about, also after a start, and nothing of it is touched', async () => {
  const path = join(own, 'off');
  expect((await save(path)).status).toBe(200);
  await until(async () => (await watched(path))?.state === 'missing', 'it is told as missing');
  renameSync(share('off-share', ['1001-1 a.txt', '1002-1 b.txt']), path);
  await until(async () => (await asked(path)) === 2, 'its files are asked about', 40_000);
  expect((await floor.ask<Health>('GET', '/health')).body.ok).toBe(false);
  await floor.restart();
  await until(async () => (await asked(path)) === 2, 'also by the next start', 40_000);
  // Whatever else is saved asks as well, and confirming another folder is no answer.
  expect((await save(path)).body).toMatchObject({ reasonCode: 'FilesLieThere', path, files: 2 });
  expect((await save(path, { confirm: [floor.places.incoming] })).status).toBe(409);
  expect(readdirSync(path).sort()).toEqual(['1001-1 a.txt', '1002-1 b.txt']);
  expect((await save(path, { confirm: [path] })).status).toBe(200);
  await floor.untilStatus('1002-1', 'InHotFolder');
  expect((await floor.ask<Health>('GET', '/health')).body.ok).toBe(true);
}, 120_000);

test('the empty place of a share is seen: what comes by the share is asked about; what comes into the place is not', async () => {
  const path = share('mount', []);
  expect((await save(path, { location: 'network' })).status).toBe(200);
  await looksAgain(path);
  writeFileSync(join(path, '1003-1 c.txt'), 'new');
  await floor.untilStatus('1003-1', 'InHotFolder');
  const full = share('mount-share', ['1004-1 d.txt']);
  renameSync(path, join(own, 'beneath'));
  renameSync(full, path);
  await until(async () => (await asked(path)) === 1, 'its file is asked about', 40_000);
  expect(readdirSync(path)).toEqual(['1004-1 d.txt']);
}, 120_000);

test('saved while it is off and empty when it comes: nobody is asked', async () => {
  const path = join(own, 'empty');
  expect((await save(path)).status).toBe(200);
  mkdirSync(path);
  await looksAgain(path);
  writeFileSync(join(path, '1005-1 e.txt'), 'new');
  await floor.untilStatus('1005-1', 'InHotFolder');
}, 60_000);

test('a sub-folder that cannot be counted is no empty one', async () => {
  const path = join(own, 'deep');
  mkdirSync(join(path, 'sub'), { recursive: true });
  writeFileSync(join(path, 'sub', '1006-1 f.txt'), 'x');
  expect((await save(path)).body).toMatchObject({ reasonCode: 'FilesLieThere', files: 1 });
});
