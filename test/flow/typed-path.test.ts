/** Paths that no disk can have are refused in words wherever they are typed, and nothing is saved: over the real API. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Problem, Settings } from '../../shared/api.ts';
import type { HotFolder } from '../../shared/hot-folder.ts';
import { type Floor, openFloor } from './floor.ts';

let floor: Floor;
beforeAll(async () => {
  floor = await openFloor();
});
afterAll(() => floor.close());

const settings = async () => (await floor.ask<Settings>('GET', '/settings')).body;
const folders = async () => (await floor.ask<{ items: HotFolder[] }>('GET', '/hot-folders')).body.items;

describe.each(['\0', '\n', '\t', '\u001b', '\u2028', '\ud800'])('a path with %j in it', (unseen) => {
  const path = `/presses/one${unseen}two`;
  const expectRefused = async (method: string, route: string, body: object) => {
    const before = [await settings(), await folders()];
    const refused = await floor.ask<Problem>(method, route, body);
    expect(refused).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST', whatToDo: 'Type it anew.' } });
    expect(refused.body.message).toMatch(/cannot be seen \(U\+[0-9A-F]{4}\)/);
    expect([await settings(), await folders()]).toEqual(before);
  };

  it('is no incoming folder', () => expectRefused('PATCH', '/settings', { incoming: [{ path, location: 'local' }] }));

  it('is no hot folder, nor a done, error or staging folder of one', async () => {
    const [press] = await folders();
    for (const wrong of [
      { path },
      { outcome: { kind: 'named', done: path } },
      { outcome: { kind: 'named', failed: path } },
      { temp: { kind: 'staging', path } },
    ]) {
      const whole = { name: 'second', path: '/presses/second', ...wrong };
      await expectRefused('POST', '/hot-folders', whole);
      await expectRefused('POST', '/probe', whole);
      await expectRefused('PATCH', `/hot-folders/${press?.id}`, wrong);
    }
  });
});

it('a list of no incoming folder is refused: nothing would arrive, in silence', async () => {
  const before = await settings();
  expect(await floor.ask('PATCH', '/settings', { incoming: [] })).toMatchObject({
    status: 400,
    body: { message: 'Without a folder to watch no file arrives.' },
  });
  expect(await settings()).toEqual(before);
});
