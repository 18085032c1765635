/** Whoever touched security, or tried to, is found in the record afterwards: who, when, from where. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noteUses } from '../../electron/hub/server/uses.ts';
import type { NewSecurity } from '../../electron/hub/store/store.ts';
import { makeToken } from '../../electron/hub/tokens.ts';
import type { Settings } from '../../shared/api.ts';
import type { Rule } from '../../shared/hot-folder.ts';
import { changesOf, type SecurityEntry } from '../../shared/security.ts';
import { type Floor, openFloor } from '../flow/floor.ts';
import { openFresh } from '../hub/store/fresh-store.ts';
import { until } from '../until.ts';

let floor: Floor;
beforeAll(async () => {
  floor = await openFloor();
});
afterAll(() => floor.close());

type Listed = { readonly items: SecurityEntry[]; readonly next: string | null };
const record = async (): Promise<SecurityEntry[]> => (await floor.ask<Listed>('GET', '/security?limit=500')).body.items;
const newest = async (): Promise<Partial<SecurityEntry> | undefined> => (await record())[0];
const as = (token: string, method: string, path: string) =>
  fetch(`${floor.hub().url}/api${path}`, { method, headers: { authorization: `Bearer ${token}` } });
const byAdmin = { actor: 'admin', address: '127.0.0.1', times: 1 };

test('tokens: made, used for what it may not, revoked, used all the same; and guessed', async () => {
  const { body: made } = await floor.ask<{ id: number; token: string }>('POST', '/stations', { name: 'Press 1' });
  expect(await newest()).toMatchObject({ ...byAdmin, kind: 'tokenMade', about: 'Press 1', changes: [{ field: 'role', after: 'station' }] });
  expect(JSON.stringify(await record())).not.toContain(made.token);
  for (let turn = 0; turn < 3; turn++) expect((await as(made.token, 'DELETE', '/hot-folders/1')).status).toBe(403);
  await floor.ask('DELETE', `/stations/${made.id}`);
  expect(await newest()).toMatchObject({ ...byAdmin, kind: 'tokenRevoked', about: 'Press 1' });
  for (let turn = 0; turn < 2; turn++) expect((await as(made.token, 'GET', '/health')).status).toBe(401);
  for (let turn = 0; turn < 4; turn++) expect((await as(makeToken(), 'GET', '/health')).status).toBe(401);
  await until(async () => (await record()).some(({ kind }) => kind === 'tokenWrong'), 'the guesses are on record');
  const of = async (kind: SecurityEntry['kind']) => (await record()).filter((entry) => entry.kind === kind);
  expect(await of('rightRefused')).toEqual([
    expect.objectContaining({ actor: 'station Press 1', address: '127.0.0.1', about: 'hotFolders.remove', times: 3 }),
  ]);
  expect(await of('tokenEnded')).toEqual([expect.objectContaining({ actor: null, address: '127.0.0.1', about: 'Press 1', times: 2 })]);
  expect(await of('tokenWrong')).toEqual([expect.objectContaining({ actor: null, address: '127.0.0.1', about: 'unknown', times: 4 })]);
});

test('requests by another name or from another site: counted, in a word, without what they named', async () => {
  const { url } = floor.hub();
  const ask = (headers: Readonly<Record<string, string>>): Promise<number> =>
    new Promise((answered, failed) => {
      get(`${url}/api/health`, { headers }, (response) => {
        response.resume();
        answered(response.statusCode ?? 0);
      }).on('error', failed);
    });
  for (let turn = 0; turn < 3; turn++) expect(await ask({ host: 'rebound.example' })).toBe(421);
  expect(await ask({ origin: 'https://evil.example' })).toBe(403);
  const foreign = async () => (await record()).filter(({ kind }) => kind === 'foreignRequest');
  await until(async () => (await foreign()).length === 2, 'both are on record');
  const by = { actor: null, address: '127.0.0.1', changes: [] };
  expect(await foreign()).toEqual([
    expect.objectContaining({ ...by, about: 'otherSite', times: 1 }),
    expect.objectContaining({ ...by, about: 'otherHost', times: 3 }),
  ]);
  expect(JSON.stringify(await record())).not.toContain('.example');
});

test('settings, folders and rules: what was, and what is now; what changes nothing is not told', async () => {
  await floor.ask('PATCH', '/settings', { settleMs: 300 });
  expect(await newest()).toMatchObject({
    ...byAdmin,
    kind: 'settingsChanged',
    changes: [{ field: 'settleMs', before: '150', after: '300' }],
  });
  const count = (await record()).length;
  await floor.ask('PATCH', '/settings', { settleMs: 300 });
  expect(await record()).toHaveLength(count);

  const path = join(floor.places.hotFolders, 'second');
  mkdirSync(path);
  const folder = await floor.addFolder({ name: 'second', path });
  expect(await newest()).toMatchObject({ ...byAdmin, kind: 'folderAdded', about: 'second' });
  expect((await newest())?.changes).toContainEqual({ field: 'path', before: null, after: path });
  await floor.ask('PATCH', `/hot-folders/${folder.id}`, { paused: true });
  expect(await newest()).toMatchObject({
    ...byAdmin,
    kind: 'folderChanged',
    changes: [{ field: 'paused', before: 'false', after: 'true' }],
  });
  await floor.ask('POST', `/hot-folders/${folder.id}/probe`, { takeOver: true });
  expect(await newest()).toMatchObject({ ...byAdmin, kind: 'takeOverSaid', about: path });

  const { body: rule } = await floor.ask<Rule>('POST', '/rules', { name: 'A5', conditions: {}, hotFolderId: folder.id });
  expect(await newest()).toMatchObject({ ...byAdmin, kind: 'ruleAdded', about: 'A5' });
  await floor.ask('PATCH', `/rules/${rule.id}`, { hotFolderId: 1 });
  expect(await newest()).toMatchObject({ kind: 'ruleChanged', changes: [{ field: 'hotFolderId', before: String(folder.id), after: '1' }] });
  await floor.ask('DELETE', `/rules/${rule.id}`);
  expect(await newest()).toMatchObject({ ...byAdmin, kind: 'ruleRemoved', about: 'A5' });
  await floor.ask('DELETE', `/hot-folders/${folder.id}`);
  expect(await newest()).toMatchObject({ ...byAdmin, kind: 'folderRemoved', about: 'second', changes: [{ field: 'path', before: path }] });
});

test('whoever takes over says so in the record, also by a try, and where what he wanted is refused afterwards', async () => {
  const path = join(floor.places.hotFolders, 'tried');
  mkdirSync(path);
  await floor.ask('POST', '/probe', { name: 'tried', path, takeOver: true });
  expect(await newest()).toMatchObject({ ...byAdmin, kind: 'takeOverSaid', about: path });
  const gone = join(floor.places.hotFolders, 'gone');
  expect((await floor.ask('POST', '/hot-folders', { name: 'gone', path: gone, takeOver: true })).status).toBe(422);
  expect(await newest()).toMatchObject({ ...byAdmin, kind: 'takeOverSaid', about: gone });
});

test('who takes in files that lay in a folder; and which folder of many was added, and which taken out', async () => {
  const before = (await floor.ask<Settings>('GET', '/settings')).body.incoming;
  const paths = Array.from({ length: 6 }, (_, at) => join(floor.dataPath, `in-${at}-${'x'.repeat(60)}`));
  for (const path of paths) mkdirSync(path);
  writeFileSync(join(paths[0] ?? '', 'holiday.docx'), 'x');
  const incoming = [...before, ...paths.map((path) => ({ path, location: 'local' }))];
  await floor.ask('PATCH', '/settings', { incoming, confirm: [paths[0]] });
  const { kind, changes = [] } = (await newest()) ?? {};
  expect(kind).toBe('settingsChanged');
  expect(changes).toContainEqual({ field: 'confirm', before: null, after: paths[0] });
  expect(changes.filter(({ field }) => field === 'incoming').map(({ after }) => JSON.parse(after ?? '').path)).toEqual(paths);
  await floor.ask('PATCH', '/settings', { incoming: incoming.toSpliced(3, 1) });
  expect((await newest())?.changes).toEqual([{ field: 'incoming', before: JSON.stringify(incoming[3]), after: null }]);
  // What a screen sends with every save is no change.
  const count = (await record()).length;
  await floor.ask('PATCH', '/settings', { incoming: incoming.toSpliced(3, 1), confirm: [], takeOver: [] });
  expect(await record()).toHaveLength(count);
});

test('what the program does by itself at its first start is told too', async () => {
  const told = (await record()).filter(({ actor }) => actor === 'system').map(({ kind, about }) => `${kind} ${about}`);
  expect(told).toEqual(['settingsChanged ', 'ruleAdded Everything to press-1', 'folderAdded press-1', 'tokenMade admin-token']);
});

describe('what a change says', () => {
  const long = 'x'.repeat(400);
  test.each([
    [{ a: `${long}b` }, { a: `${long}c` }, [{ field: 'a', before: `…${'x'.repeat(40)}b`, after: `…${'x'.repeat(40)}c` }]],
    [
      { a: [1, 2, 3] },
      { a: [3, 1, 4] },
      [
        { field: 'a', before: '2', after: null },
        { field: 'a', before: null, after: '4' },
      ],
    ],
    [{ a: [1, 2] }, { a: [2, 1] }, [{ field: 'a', before: '[1,2]', after: '[2,1]' }]],
    [{ a: ['pdf'] }, { a: [] }, [{ field: 'a', before: 'pdf', after: null }]],
    [null, { a: [] }, [{ field: 'a', before: null, after: '[]' }]],
    [
      { a: { kind: 'auto' } },
      { a: { kind: 'staging', path: '/s' } },
      [
        { field: 'a.kind', before: 'auto', after: 'staging' },
        { field: 'a.path', before: null, after: '/s' },
      ],
    ],
    [{ a: { x: 'y' } }, { a: {} }, [{ field: 'a.x', before: 'y', after: null }]],
    [{ a: 1 }, { a: undefined, b: null }, []],
  ] as const)('%j -> %j', (before, wish, told) => expect(changesOf(before, wish)).toEqual(told));
});

test('it is read in pages, by the admin alone', async () => {
  const first = (await floor.ask<Listed>('GET', '/security?limit=2')).body;
  expect(first.items).toHaveLength(2);
  const second = (await floor.ask<Listed>('GET', `/security?limit=2&cursor=${first.next}`)).body;
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual((await record()).slice(0, 4).map(({ id }) => id));
  const { body } = await floor.ask<{ token: string }>('POST', '/stations', { name: 'Press 9' });
  expect((await as(body.token, 'GET', '/security')).status).toBe(403);
});

test('each right key that is used is told once a day for each address, the own one of the admin too', async () => {
  const { body: made } = await floor.ask<{ token: string }>('POST', '/stations', { name: 'Press 7' });
  for (let turn = 0; turn < 3; turn++) expect((await as(made.token, 'GET', '/health')).status).toBe(200);
  await until(async () => (await record()).some(({ kind, about }) => kind === 'tokenUsed' && about === 'Press 7'), 'it is told');
  const used = (await record()).filter(({ kind }) => kind === 'tokenUsed');
  expect(used.filter(({ about }) => about === 'Press 7')).toEqual([
    expect.objectContaining({ actor: 'station Press 7', address: '127.0.0.1', times: 1 }),
  ]);
  expect(used.filter(({ about }) => about === 'admin-token')).toEqual([expect.objectContaining({ actor: 'admin', address: '127.0.0.1' })]);

  let now = 0;
  let fails = true;
  const told: NewSecurity[] = [];
  const use = noteUses(
    async (entry) => {
      if (fails) throw new Error('the disk is full');
      told.push(entry);
    },
    () => now,
  );
  const from = (address: string): void => use({ key: 'a hash', actor: 'admin', address, about: 'admin-token' });
  from('127.0.0.1');
  await Promise.resolve();
  await Promise.resolve();
  fails = false;
  from('127.0.0.1');
  from('127.0.0.1');
  expect(told).toHaveLength(1);
  for (let turn = 0; turn < 5000; turn++) from(`fd00::${turn}`);
  expect(told.length).toBeLessThan(1010);
  expect(told.at(-1)?.address).toBeNull();
  now = 24 * 60 * 60_000;
  from('127.0.0.1');
  expect(told.at(-1)?.address).toBe('127.0.0.1');
});

describe('an attack cannot fill the disk with it, and it is kept for a year', () => {
  const hour = 60 * 60_000;
  test('attempts from very many addresses are few rows, and none is lost', async () => {
    const store = await openFresh();
    await store.write(async (tx) => {
      for (let turn = 0; turn < 1000; turn++)
        await tx.countSecurity({ kind: 'tokenWrong', actor: null, address: `fd00::${turn}`, about: 'unknown', changes: [] }, hour, 1);
      // What people change is told whatever goes on.
      await tx.noteSecurity({ kind: 'tokenMade', actor: 'admin', address: '127.0.0.1', about: 'Press 1', changes: [] }, hour);
    });
    const { items } = await store.read.security({ limit: 500 });
    expect(items.length).toBeLessThan(210);
    expect(items.reduce((sum, { times }) => sum + times, 0)).toBe(1001);
    expect(items[0]?.kind).toBe('tokenMade');
  });

  test('what is older is forgotten', async () => {
    const store = await openFresh();
    await store.write(async (tx) => {
      for (const at of [hour, 2 * hour])
        await tx.noteSecurity({ kind: 'settingsChanged', actor: 'admin', address: null, about: '', changes: [] }, at);
      await tx.forgetSecurity(2 * hour);
    });
    expect((await store.read.security({ limit: 500 })).items.map(({ at }) => Date.parse(at))).toEqual([2 * hour]);
  });
});
