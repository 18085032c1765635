/** Folders know each other, and a second hub is told: over the real API, on a real disk. */
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Health, Problem, Settings } from '../../shared/api.ts';
import type { HotFolder } from '../../shared/hot-folder.ts';
import { otherHubIn } from '../../shared/other-hub.ts';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { type Floor, openFloor } from './floor.ts';

let floor: Floor;
let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'printfloor-folders-'));
  floor = await openFloor();
});
afterEach(async () => {
  await floor.close();
  await rm(root, { recursive: true, force: true });
});

const folder = async (name: string): Promise<string> => {
  const path = join(root, name);
  await mkdir(path, { recursive: true });
  return path;
};
const incoming = (...paths: string[]) => ({ incoming: [floor.places.incoming, ...paths].map((path) => ({ path, location: 'local' })) });
const saveIncoming = (...paths: string[]) => floor.ask<Problem>('PATCH', '/settings', incoming(...paths));
const saveHot = (settings: object) => floor.ask<Problem & HotFolder>('POST', '/hot-folders', { name: 'second', ...settings });
const health = async () => (await floor.ask<Health>('GET', '/health')).body;

it('of two hot folders saved at once under one path there is one, and the other is refused', async () => {
  const path = await folder('both');
  const saved = await Promise.all(['left', 'right'].map((name) => saveHot({ name, path })));
  expect(saved.map(({ status }) => status).sort()).toEqual([201, 409]);
  const { body } = await floor.ask<{ items: HotFolder[] }>('GET', '/hot-folders');
  expect(body.items.filter((one) => one.path === path)).toHaveLength(1);
});

it('of two lists of incoming folders saved at once the last is watched, and nothing of the other', async () => {
  const [one, other] = [await folder('one'), await folder('other')];
  const saved = await Promise.all([saveIncoming(one), saveIncoming(other)]);
  expect(saved.map(({ status }) => status)).toEqual([200, 200]);
  const wanted = (await floor.ask<Settings>('GET', '/settings')).body.incoming.map(({ path }) => path).sort();
  const watched = await until(async () => {
    const { watching } = await health();
    return watching.length === 2 ? watching : null;
  }, 'two folders are watched');
  expect(watched.map(({ path }) => path).sort()).toEqual(wanted);
  const left = wanted.includes(one) ? other : one;
  await writeFile(join(left, '7-1 left.pdf'), pdfBytes(7));
  await floor.drop('8-1 a.pdf', pdfBytes(8));
  await floor.untilStatus('8-1', 'InHotFolder');
  expect(await readdir(left)).toContain('7-1 left.pdf');
});

it('of a hot folder and an incoming folder saved at once under one path there is one: what a printer is sent would come in again, and be sent again', async () => {
  const path = await folder('both');
  const [hot, settings] = await Promise.all([saveHot({ path }), saveIncoming(path)]);
  expect([hot.status === 201, settings.status === 200].filter(Boolean)).toHaveLength(1);
  const { body } = await floor.ask<{ items: HotFolder[] }>('GET', '/hot-folders');
  const { incoming: named } = (await floor.ask<Settings>('GET', '/settings')).body;
  expect([...body.items, ...named].filter((one) => one.path === path)).toHaveLength(1);
});

describe('an incoming folder is refused', () => {
  it('that holds the hot folders, the archive or anything else of the hub, and what lies there stays', async () => {
    await floor.drop('2030-1 Loop.pdf', pdfBytes(1));
    await floor.untilStatus('2030-1', 'InHotFolder');
    const { hotFolders, archive, rejected, work } = floor.places;
    for (const path of [
      hotFolders,
      floor.press,
      join(floor.press, '/'),
      archive,
      rejected,
      work,
      floor.dataPath,
      `${hotFolders}/../hotfolders/`,
    ]) {
      const { status, body } = await saveIncoming(path);
      expect([path, status, body.code]).toEqual([path, 409, 'CONFLICT']);
      expect(body.message).toMatch(/lies in|is the same folder as/);
    }
    expect((await floor.ask<Settings>('GET', '/settings')).body.incoming).toHaveLength(1);
    expect((await readdir(floor.press)).filter((name) => !name.startsWith('.'))).toEqual(['2030-1 Loop.pdf']);
  });

  it('through a link, twice, or one in another', async () => {
    await symlink(floor.places.hotFolders, join(root, 'alias'));
    expect((await saveIncoming(join(root, 'alias'))).status).toBe(409);
    const [a, b] = [await folder('a'), await folder('a/b')];
    expect((await saveIncoming(a, b)).status).toBe(409);
    expect((await saveIncoming(a, `${a}/`)).status).toBe(409);
    expect((await saveIncoming(a)).status).toBe(200);
  });
});

describe('a hot folder is refused', () => {
  it('that is one already under another spelling, holds an incoming folder, or lies in one', async () => {
    const inIncoming = join(floor.places.incoming, 'press');
    await mkdir(inIncoming);
    for (const path of [`${floor.press}/`, `${floor.press}/.`, floor.dataPath, inIncoming, floor.places.archive]) {
      const { status, body } = await saveHot({ path });
      expect([path, status, body.code]).toEqual([path, 409, 'CONFLICT']);
    }
  });

  it('whose outcome or staging folder is one of the others', async () => {
    const path = await folder('press');
    const bad = [floor.places.incoming, floor.press, floor.places.archive, path, root];
    for (const done of bad) expect([done, (await saveHot({ path, outcome: { kind: 'named', done } })).status]).toEqual([done, 409]);
    for (const staging of [floor.places.incoming, floor.press, floor.places.archive, root])
      expect([staging, (await saveHot({ path, temp: { kind: 'staging', path: staging } })).status]).toEqual([staging, 409]);
    const { status, body } = await saveHot({ path, outcome: { kind: 'kodak' } });
    expect(status).toBe(201);
    expect((await floor.ask('PATCH', `/hot-folders/${body.id}`, { outcome: { kind: 'named', done: floor.places.incoming } })).status).toBe(
      409,
    );
    expect((await floor.ask('PATCH', `/hot-folders/${body.id}`, { path: `${floor.press}/` })).status).toBe(409);
  });
});

describe('folders of an earlier version that contain one another', () => {
  it('are told and not worked on, the hub runs, and mending them is enough', async () => {
    await floor.restart(() => {
      const database = new Database(floor.places.database);
      const both = [floor.places.incoming, floor.places.hotFolders].map((path) => ({ path, location: 'local' }));
      database.prepare("update setting set value = ? where name = 'incoming'").run(JSON.stringify(both));
      database.close();
    });
    expect(await health()).toMatchObject({
      ok: false,
      watching: expect.arrayContaining([
        { path: floor.places.hotFolders, state: 'missing', reason: expect.stringContaining('lies in the incoming folder') },
      ]),
    });
    await floor.drop('77-1 Flyer.pdf', pdfBytes(2));
    await floor.untilStatus('77-1', 'InHotFolder');
    expect((await readdir(floor.press)).filter((name) => !name.startsWith('.'))).toEqual(['77-1 Flyer.pdf']);
    expect((await saveIncoming()).status).toBe(200);
    await until(async () => (await health()).ok, 'all is well');
  });
});

describe('a second hub', () => {
  it('on the same folders is refused with a sentence, and takes over when a person says so', async () => {
    const [press, drop] = [await folder('press'), await folder('drop')];
    expect((await saveHot({ path: press })).status).toBe(201);
    expect((await saveIncoming(drop)).status).toBe(200);
    const other = await openFloor();
    try {
      const wish = { name: 'theirs', path: press };
      const refused = await other.ask<Problem>('POST', '/hot-folders', wish);
      expect([refused.status, refused.body.message]).toEqual([422, expect.stringContaining('Another Printfloor works in this folder')]);
      const settings = {
        incoming: [
          { path: other.places.incoming, location: 'local' },
          { path: drop, location: 'local' },
        ],
      };
      const refusedToo = await other.ask<Problem>('PATCH', '/settings', settings);
      expect([refusedToo.status, refusedToo.body.message]).toEqual([
        409,
        expect.stringContaining('Another Printfloor works in this folder'),
      ]);

      expect((await other.ask('POST', '/hot-folders', { ...wish, takeOver: true })).status).toBe(201);
      expect((await other.ask('PATCH', '/settings', { ...settings, takeOver: true })).status).toBe(200);
      const mine = (await floor.ask<{ items: HotFolder[] }>('GET', '/hot-folders')).body.items.find(({ name }) => name === 'second');
      await floor.ask('POST', `/hot-folders/${mine?.id}/probe`);
      await until(async () => {
        const now = (await floor.ask<HotFolder>('GET', `/hot-folders/${mine?.id}`)).body;
        return now.reasonCode === 'OtherHub' || now.health?.reasonCode === 'OtherHub';
      }, 'the first hub knows');
      await until(
        async () =>
          (await health()).watching.some(({ path, state, reason }) => path === drop && state === 'missing' && reason?.includes('OtherHub')),
        'the first hub knows of the incoming folder too',
        20_000,
      );

      // And back again, by a person at the first hub, who is told whose it is.
      expect(otherHubIn((await floor.ask<HotFolder>('GET', `/hot-folders/${mine?.id}`)).body.raw)).toMatchObject({
        id: (await readFile(join(other.dataPath, 'hub-id'), 'utf8')).trim(),
        computer: expect.stringMatching(/./),
      });
      await floor.ask('POST', `/hot-folders/${mine?.id}/probe`, { takeOver: true });
      const watched = (await floor.ask<Settings>('GET', '/settings')).body.incoming;
      const refusedBack = await floor.ask<Problem>('PATCH', '/settings', { incoming: watched, takeOver: [floor.places.incoming] });
      expect(refusedBack).toMatchObject({ status: 409, body: { reasonCode: 'OtherHub', path: drop } });
      expect((await floor.ask('PATCH', '/settings', { incoming: watched, takeOver: [drop] })).status).toBe(200);
      await until(async () => (await health()).ok, 'the first hub works in both again', 20_000);
      await until(
        async () => {
          const { watching, troubledFolders } = (await other.ask<Health>('GET', '/health')).body;
          return troubledFolders === 1 && watching.some(({ path, reason }) => path === drop && otherHubIn(reason) !== null);
        },
        'the second hub has stopped',
        20_000,
      );
    } finally {
      await other.close();
    }
  });

  it('is this one itself after a restart, and wherever its data folder goes', async () => {
    const id = await readFile(join(floor.dataPath, 'hub-id'), 'utf8');
    await floor.restart();
    expect(await readFile(join(floor.dataPath, 'hub-id'), 'utf8')).toBe(id);
    // By this a page knows that the hub has the record it spoke to before.
    expect((await health()).hub).toBe(id.trim());
    await until(async () => (await health()).ok, 'all is well');
  });
});
