/** A probe whose disk process hangs or ends in the middle: the person is told what the folder does, never that the program is broken. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Failing, failWhere } from './failing-disk.ts';
import { type Floor, openFloor } from './floor.ts';

let failing: Failing = () => null;
let floor: Floor;
beforeEach(async () => {
  failing = () => null;
  floor = await openFloor(failWhere(() => failing));
});
afterEach(() => floor.close());

const cutShort: Failing = ({ call }) => (call === 'probe' ? 'ShareHangs' : null);

it('a change of path whose probe is cut short is refused as trouble with the folder, and the hot folder stays where it is', async () => {
  const path = join(floor.dataPath, 'press new');
  await mkdir(path);
  failing = cutShort;
  const { status, body } = await floor.ask<{ code: string; message: string }>('PATCH', '/hot-folders/1', { path });
  expect({ status, code: body.code }).toEqual({ status: 422, code: 'NOT_NOW' });
  expect(body.message).toContain('ShareHangs: probe failed');
  const { body: list } = await floor.ask<{ items: { path: string }[] }>('GET', '/hot-folders');
  expect(list.items.map((item) => item.path)).toEqual([floor.press]);
  failing = () => null;
  expect((await floor.ask('PATCH', '/hot-folders/1', { path })).status).toBe(200);
});

it('a hot folder whose probe is cut short is answered with a probe that failed', async () => {
  failing = cutShort;
  const { status, body } = await floor.ask<{ health: { ok: boolean; reasonCode: string } }>('POST', '/hot-folders/1/probe', {});
  expect(status).toBe(200);
  expect(body.health).toMatchObject({ ok: false, reasonCode: 'ShareHangs' });
});
