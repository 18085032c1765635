/** Two people change one rule or hot folder: what one has not seen he does not overwrite, and a rule is removed only as the one that was meant. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Rule } from '../../shared/hot-folder.ts';
import { type Floor, openFloor } from './floor.ts';

let floor: Floor;
beforeEach(async () => {
  floor = await openFloor();
});
afterEach(() => floor.close());

it('of a rule', async () => {
  const { body: rule } = await floor.ask<Rule>('POST', '/rules', { name: 'Posters', position: 0, hotFolderId: 1 });
  const path = `/rules/${rule.id}`;
  expect((await floor.ask('PATCH', path, { name: 'Banners', seen: { name: 'Posters' } })).status).toBe(200);
  const late = await floor.ask('PATCH', path, { name: 'Flyers', hotFolderId: null, seen: { name: 'Posters', hotFolderId: 1 } });
  expect(late).toMatchObject({ status: 409, body: { fields: ['name'] } });
  expect((await floor.ask<Rule>('GET', path)).body).toMatchObject({ name: 'Banners', hotFolderId: 1 });
  expect((await floor.ask('DELETE', path, { seen: { name: 'Posters' } })).status).toBe(409);
  expect((await floor.ask('DELETE', path, { seen: { name: 'Banners' } })).status).toBe(200);
});

it('of a hot folder', async () => {
  expect((await floor.ask('PATCH', '/hot-folders/1', { takenAfterMs: 300 })).status).toBe(200);
  const late = await floor.ask('PATCH', '/hot-folders/1', { takenAfterMs: 400, seen: { takenAfterMs: 2000 } });
  expect(late).toMatchObject({ status: 409, body: { fields: ['takenAfterMs'] } });
  expect((await floor.ask('PATCH', '/hot-folders/1', { takenAfterMs: 400, seen: { takenAfterMs: 300 } })).status).toBe(200);
});
