/** An incoming folder is named through a link, which is allowed, and the link is turned to another folder while the hub runs: what lies there would be moved away. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Health, Problem } from '../../shared/api.ts';
import { filesLieThereIn } from '../../shared/files-lie-there.ts';
import { type Floor, openFloor } from '../flow/floor.ts';
import { until } from '../until.ts';

let floor: Floor;
let own: string;
let link: string;
let count = 0;
const home = process.env['HOME'];
beforeAll(async () => {
  own = mkdtempSync(join(tmpdir(), 'printfloor-repoint-'));
  // Should the attack succeed, it empties nobody's home.
  process.env['HOME'] = folder('home');
  floor = await openFloor();
  await floor.ask('PATCH', '/hot-folders/1', { types: [] });
});
afterAll(async () => {
  await floor.close();
  process.env['HOME'] = home;
  rmSync(own, { recursive: true });
});

function folder(name: string, ...files: string[]): string {
  const path = join(own, name);
  mkdirSync(path, { recursive: true });
  for (const file of files) writeFileSync(join(path, file), 'of years');
  return path;
}
type Wish = { readonly location?: 'local' | 'network'; readonly confirm?: readonly string[]; readonly also?: readonly string[] };
const save = (path: string, { location = 'local', also = [], ...more }: Wish = {}) =>
  floor.ask<Problem>('PATCH', '/settings', {
    incoming: [
      { path: floor.places.incoming, location: 'local' },
      { path, location },
      ...also.map((one) => ({ path: one, location: 'local' })),
    ],
    ...more,
  });
const watched = async () => (await floor.ask<Health>('GET', '/health')).body.watching.find(({ path }) => path === link);
const works = () => until(async () => /^(watching|polling)$/.test((await watched())?.state ?? ''), 'it is watched', 40_000);
const isTold = (why: string) => until(async () => (await watched())?.reason?.startsWith(why) === true, `it is told: ${why}`, 20_000);
const isAsked = (files: number) =>
  until(async () => filesLieThereIn((await watched())?.reason ?? null) === files, 'its files are asked about', 20_000);
/** At once, as one rename does it. */
function turn(to: string): void {
  symlinkSync(to, `${link}.new`);
  renameSync(`${link}.new`, link);
}
let job = 5000;
const takes = async () => {
  const order = `${++job}-1`;
  writeFileSync(join(link, `${order} a.txt`), `new ${order}`);
  await floor.untilStatus(order, 'InHotFolder');
};

let first: string;
beforeEach(async () => {
  first = folder(`first-${++count}`);
  link = join(own, `link-${count}`);
  symlinkSync(first, link);
});

describe('the link is turned to a folder that may never be ours: not watched, and nothing there is touched', () => {
  test.each([
    ['hidden at home', 'FolderForbidden', () => folder('home/.secrets', 'key.txt')],
    ['the archive', 'FoldersOverlap', () => folder(`../${floor.places.archive.split('/tmp/')[1] ?? ''}`, 'kept.txt')],
    ['another incoming folder, also one that was named later', 'FoldersOverlap', () => folder('later')],
  ])(
    '%s',
    async (name, why, where) => {
      const to = where();
      expect((await save(link, name.startsWith('another') ? { also: [to] } : {})).status).toBe(200);
      await works();
      await takes();
      const before = readdirSync(to).sort();
      turn(to);
      await isTold(why);
      expect(readdirSync(to).sort()).toEqual(before);
      // It goes on by itself where it may.
      turn(first);
      await works();
      await takes();
    },
    60_000,
  );
});

test('the link is turned to a folder with files in it: they are asked about, also after a start, and nothing is touched, not even marked', async () => {
  expect((await save(link)).status).toBe(200);
  await works();
  const full = folder('papers', '6001-1 will.txt', '6002-1 tax.txt');
  turn(full);
  await isAsked(2);
  expect(readdirSync(full).sort()).toEqual(['6001-1 will.txt', '6002-1 tax.txt']);
  await floor.restart();
  await isAsked(2);
  expect((await save(link, { confirm: [link] })).status).toBe(200);
  await floor.untilStatus('6002-1', 'InHotFolder');
  await takes();
}, 60_000);

test('the link is turned to a folder with files and back: what comes into the first one is taken without a question', async () => {
  expect((await save(link)).status).toBe(200);
  await works();
  const full = folder('photos', '6003-1 a.txt');
  turn(full);
  await isAsked(1);
  writeFileSync(join(first, '6004-1 b.txt'), 'meant');
  turn(first);
  await floor.untilStatus('6004-1', 'InHotFolder');
  expect(readdirSync(full)).toEqual(['6003-1 a.txt']);
  turn(full);
  await isAsked(1);
}, 60_000);

test('the link is turned to a folder in which another hub works: it is asked whose it is at once, and not signed over', async () => {
  expect((await save(link)).status).toBe(200);
  await works();
  const theirs = folder('theirs');
  const marker = join(theirs, '.printfloor-incoming');
  writeFileSync(marker, 'x#1\nhub y Other\n');
  turn(theirs);
  await isTold('OtherHub');
  writeFileSync(join(theirs, '6005-1 c.txt'), 'theirs');
  expect(readFileSync(marker, 'utf8')).toContain('hub y Other');
}, 60_000);

test('a network share that comes back as another folder with our marker in it is not asked about', async () => {
  writeFileSync(join(first, '6007-1 e.txt'), 'meant');
  expect((await save(link, { location: 'network', confirm: [link] })).status).toBe(200);
  await floor.untilStatus('6007-1', 'InHotFolder');
  await until(() => existsSync(join(first, '.printfloor-incoming')), 'it is marked');
  const back = folder(`back-${count}`, '6006-1 d.txt');
  writeFileSync(join(back, '.printfloor-incoming'), readFileSync(join(first, '.printfloor-incoming')));
  const beneath = folder(`beneath-${count}`);
  turn(beneath);
  await until(() => existsSync(join(beneath, '.printfloor-incoming')), 'the empty place is seen', 20_000);
  turn(back);
  await floor.untilStatus('6006-1', 'InHotFolder');
}, 60_000);

test('a file named as an incoming folder is refused, confirmed or not', async () => {
  const path = join(folder('some'), 'a.pdf');
  writeFileSync(path, 'x');
  for (const more of [{}, { confirm: [path] }])
    for (const at of [path, join(path, 'below')])
      expect(await save(at, more)).toMatchObject({ status: 409, body: { reasonCode: 'NotAFolder', path: at } });
});
