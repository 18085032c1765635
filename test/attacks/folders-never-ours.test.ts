/** An incoming or hot folder is set to what is no folder of the floor: what lies there would be moved away, or what arrives would be written there. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Problem, Settings } from '../../shared/api.ts';
import { type Floor, openFloor } from '../flow/floor.ts';

let floor: Floor;
let own: string;
const home = process.env['HOME'];
beforeAll(async () => {
  own = mkdtempSync(join(tmpdir(), 'printfloor-never-'));
  // Should the attack succeed, it empties nobody's home.
  process.env['HOME'] = folder('home');
  floor = await openFloor();
});
afterAll(async () => {
  await floor.close();
  process.env['HOME'] = home;
  rmSync(own, { recursive: true });
});

function folder(name: string): string {
  const path = join(own, name);
  mkdirSync(path, { recursive: true });
  return path;
}

const watch = (path: string, more: object = {}) =>
  floor.ask<Problem>('PATCH', '/settings', {
    incoming: [
      { path: floor.places.incoming, location: 'local' },
      { path, location: 'local' },
    ],
    ...more,
  });
const watched = async () => (await floor.ask<Settings>('GET', '/settings')).body.incoming.map(({ path }) => path);

describe('is refused, and nothing there is touched', () => {
  test.each([
    ['the system', () => '/proc'],
    ['the system, by a detour', () => `${floor.places.work}/../../../../../../../sys/kernel`],
    ['a home', () => homedir()],
    ['hidden at home', () => join(homedir(), '.config/autostart')],
    ['a link to the system', () => link('/sys')],
    ['a folder below a link to the system', () => join(link('/sys'), 'kernel')],
    ['the archive', () => floor.places.archive],
    ['the rejected, by a link', () => link(floor.places.rejected)],
    ['the folder for copies beside a hot folder', () => join(floor.places.hotFolders, '.printfloor-staging')],
    ['hidden further down at home', () => join(homedir(), 'shop/.config/autostart')],
    ['the home of root', () => '/root/.ssh'],
    ['the data folder itself', () => join(floor.places.archive, '..')],
  ])('%s', async (_name, path) => {
    const { status, body } = await watch(path());
    expect([status, body.reasonCode ?? 'FoldersOverlap']).toEqual([409, expect.stringMatching(/^(FolderForbidden|FoldersOverlap)$/)]);
    expect(await watched()).toEqual([floor.places.incoming]);
    const hot = await floor.ask<Problem>('POST', '/hot-folders', { name: `hot ${_name}`, path: path() });
    expect(hot.status).toBe(409);
    const named = { name: `named ${_name}`, path: folder('fine'), outcome: { kind: 'named', done: path() } };
    expect((await floor.ask<Problem>('POST', '/probe', named)).status).toBe(409);
  });
});

let links = 0;
function link(to: string): string {
  const path = join(folder('links'), `link-${++links}`);
  symlinkSync(to, path);
  return path;
}

test('a folder with files in it is asked about, with their number, and watched only when somebody says so', async () => {
  const path = folder('full');
  mkdirSync(join(path, 'sub'));
  for (const name of ['1001-1 a.pdf', 'holiday.docx', 'sub/notes.txt', '.hidden']) writeFileSync(join(path, name), 'x');
  const asked = await watch(path);
  expect([asked.status, asked.body]).toEqual([409, expect.objectContaining({ reasonCode: 'FilesLieThere', files: 3, path })]);
  expect(readdirSync(path).sort()).toEqual(['.hidden', '1001-1 a.pdf', 'holiday.docx', 'sub']);
  expect((await watch(path, { confirm: ['/another'] })).status).toBe(409);
  expect((await watch(path, { confirm: [path] })).status).toBe(200);
  expect(await watched()).toContain(path);
  // What is watched already is not asked about again.
  writeFileSync(join(path, '1001-2 b.pdf'), 'x');
  expect((await watch(path)).status).toBe(200);
  expect((await watch(folder('empty'))).status).toBe(200);
});
