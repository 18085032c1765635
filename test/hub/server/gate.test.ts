import { ORPCError } from '@orpc/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isOwnHost, isOwnOrigin } from '../../../electron/hub/server/gate.ts';
import { makeToken } from '../../../electron/hub/tokens.ts';
import { contract, problemSchema } from '../../../shared/api.ts';
import { type Bed, startBed } from './bed.ts';
import { ask, connect, upgradeStatus } from './clients.ts';

type Route = { readonly name: string; readonly method: string; readonly path: string };

function routesOf(part: object, name: readonly string[] = []): Route[] {
  if ('~orpc' in part) {
    const { method = 'POST', path = '' } = (part['~orpc'] as { route: { method?: string; path?: string } }).route;
    return [{ name: name.join('.'), method, path: `/api${path.replace('{id}', '1')}` }];
  }
  return Object.entries(part).flatMap(([key, value]) => routesOf(value as object, [...name, key]));
}
const fileRoutes: Route[] = [
  { name: 'jobs.addFile', method: 'POST', path: '/api/jobs/1/files' },
  { name: 'jobs.getFile', method: 'GET', path: '/api/jobs/1/files/1' },
  { name: 'arrivals.getFile', method: 'GET', path: '/api/arrivals/1/file' },
];
const routes = [...routesOf(contract), ...fileRoutes];
/** How the floor is set up and who else may talk to the hub is the admin's, to see too. */
const stationMay = [
  'health',
  'jobs.list',
  'jobs.counts',
  'jobs.get',
  'jobs.history',
  'jobs.create',
  'jobs.addFile',
  'jobs.getFile',
  'jobs.setStatus',
  'jobs.undo',
  'jobs.deliver',
  'jobs.reprint',
  'statuses.list',
  'hotFolders.list',
  'hotFolders.get',
  'arrivals.list',
  'arrivals.getFile',
  'arrivals.markSeen',
  'arrivals.answer',
  'events.list',
  'events.stream',
  'live',
];

let bed: Bed;
beforeAll(async () => {
  bed = await startBed();
});
afterAll(() => bed.stop());

describe('without a token', () => {
  test.each(routes)('$method $path is refused', async ({ method, path }) => {
    for (const headers of [
      {},
      { authorization: `Bearer ${makeToken()}` },
      { authorization: 'Basic YWRtaW46' },
      { authorization: 'Bearer ' },
    ]) {
      const answer = await fetch(bed.url + path, { method, headers });
      expect([401, 429]).toContain(answer.status);
      problemSchema.parse(await answer.json());
    }
  });

  test.each(routesOf(contract))('$name over WebSocket is refused', async ({ name }) => {
    const { line, client } = await connect(bed, null);
    const call = name.split('.').reduce<unknown>((part, key) => (part as Record<string, unknown>)[key], client) as (
      input: unknown,
    ) => Promise<unknown>;
    await expect(call({})).rejects.toMatchObject({ code: 'UNAUTHORIZED', status: 401, data: { whatToDo: expect.any(String) } });
    line.terminate();
  });

  test('a token in the address opens nothing', async () => {
    expect((await fetch(`${bed.url}/api/health?token=${bed.adminToken}&authorization=Bearer%20${bed.adminToken}`)).status).toBe(401);
  });
});

describe('what a station may', () => {
  test.each(routes)('$method $path ($name)', async ({ name, method, path }) => {
    const stop = new AbortController();
    const answer = await fetch(bed.url + path, { method, signal: stop.signal, headers: { authorization: `Bearer ${bed.stationToken}` } });
    stop.abort();
    if (stationMay.includes(name)) expect([200, 400, 404]).toContain(answer.status);
    else expect(answer.status).toBe(403);
  });
});

describe('where a request comes from', () => {
  const hosts = (): [string, number][] => [
    [`127.0.0.1:${bed.port}`, 200],
    [`localhost:${bed.port}`, 200],
    [`LOCALHOST:${bed.port}`, 200],
    [`[::1]:${bed.port}`, 200],
    ['127.0.0.1', 421],
    [`127.0.0.1:${bed.port + 1}`, 421],
    [`rebound.example:${bed.port}`, 421],
    [`127.0.0.1.example:${bed.port}`, 421],
  ];
  test('DNS rebinding: a host name that is not ours is refused, whatever token it brings', async () => {
    for (const [host, status] of hosts()) {
      const answer = await ask(bed, '/api/health', { host, authorization: `Bearer ${bed.adminToken}` });
      expect([host, answer.status]).toEqual([host, status]);
      if (status !== 200) problemSchema.parse(JSON.parse(answer.body));
      expect(await upgradeStatus(bed, '/ws', { host })).toBe(status === 200 ? 101 : 421);
    }
    expect((await ask(bed, '/', { host: `rebound.example:${bed.port}` })).status).toBe(421);
    // Told, counted, and without the name they came by
    expect(bed.logged.filter((line) => line.includes('another host name'))).toEqual(['Refused: "a request for another host name"']);
  });

  test('a page of another site is refused, over HTTP and at the WebSocket door', async () => {
    const origins: [string, boolean][] = [
      [bed.url, true],
      ['app://printfloor', true],
      ['null', false],
      ['https://shop.example', false],
      [`http://127.0.0.1:${bed.port + 1}`, false],
      [`https://127.0.0.1:${bed.port}`, false],
      ['app://printfloor.example', false],
    ];
    for (const [origin, welcome] of origins) {
      const host = `127.0.0.1:${bed.port}`;
      expect([origin, (await ask(bed, '/api/health', { host, origin, authorization: `Bearer ${bed.adminToken}` })).status]).toEqual([
        origin,
        welcome ? 200 : 403,
      ]);
      expect([origin, await upgradeStatus(bed, '/ws', { origin })]).toEqual([origin, welcome ? 101 : 403]);
    }
  });

  test('only the desktop window may read answers from another origin, and there is no wildcard', async () => {
    const host = `127.0.0.1:${bed.port}`;
    const before = await ask(
      bed,
      '/api/jobs/1/files/1',
      { host, origin: 'app://printfloor', 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' },
      'OPTIONS',
    );
    expect(before).toMatchObject({
      status: 204,
      headers: {
        'access-control-allow-origin': 'app://printfloor',
        'access-control-allow-headers': expect.stringContaining('Authorization'),
      },
    });
    const refused = await ask(bed, '/api/health', { host, origin: 'https://shop.example' }, 'OPTIONS');
    expect(refused.status).toBe(403);
    expect(refused.headers['access-control-allow-origin']).toBeUndefined();
    expect((await ask(bed, '/api/health', { host })).headers['access-control-allow-origin']).toBeUndefined();
  });

  test('own hosts and origins', () => {
    expect(isOwnHost('localhost', '127.0.0.1', 80)).toBe(true);
    expect(isOwnHost('localhost:80', '127.0.0.1', 80)).toBe(true);
    expect(isOwnHost('hub.shop:4000', 'hub.shop', 4000)).toBe(true);
    expect(isOwnHost('[fd00::1]:4000', 'fd00::1', 4000)).toBe(true);
    expect(isOwnHost('hub.shop.example:4000', 'hub.shop', 4000)).toBe(false);
    expect(isOwnOrigin('http://localhost:4000', '127.0.0.1:4000')).toBe(false);
    expect(isOwnOrigin(undefined, 'localhost:4000')).toBe(true);
  });
});

describe('wrong tokens', () => {
  test('after twenty a minute an address is told to wait; a right token still passes', async () => {
    let clock = Date.now();
    const quiet = await startBed({ now: () => clock });
    const statuses: number[] = [];
    for (let turn = 0; turn < 22; turn++) statuses.push((await quiet.call('GET', '/api/health', undefined, makeToken())).status);
    expect(statuses).toEqual([...Array(20).fill(401), 429, 429]);
    expect((await quiet.call('GET', '/api/health')).status).toBe(200);
    clock += 61_000;
    expect((await quiet.call('GET', '/api/health', undefined, makeToken())).status).toBe(401);
    await quiet.stop();
  });

  test('a token never gets into a report or an answer', async () => {
    const { line } = await connect(bed, bed.adminToken);
    const closed = new Promise<number>((resolve) => line.once('close', resolve));
    line.send(`Bearer ${bed.adminToken}`);
    expect(await closed).toBe(1007);
    expect(JSON.stringify(bed.reported)).not.toContain(bed.adminToken);
  });
});

describe('both transports give the same error', () => {
  test('with code, sentence and what to do', async () => {
    const { line, client } = await connect(bed, bed.adminToken);
    const error = await client.jobs.get({ id: 424242 }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ORPCError);
    const http = await bed.call('GET', '/api/jobs/424242');
    expect(error).toMatchObject({
      code: 'NOT_FOUND',
      defined: true,
      status: http.status,
      data: { whatToDo: (http.body as { whatToDo: string }).whatToDo },
      message: (http.body as { message: string }).message,
    });
    const fault = await client.jobs.create({ order: '1', quantity: 'many' as unknown as number }).catch((caught: unknown) => caught);
    expect(fault).toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining('"quantity"'),
      data: { whatToDo: expect.any(String) },
    });
    line.terminate();
  });

  test('a WebSocket elsewhere, and a plain request to /ws', async () => {
    expect(await upgradeStatus(bed, '/other', {})).toBe(404);
    expect((await fetch(`${bed.url}/ws`)).status).toBe(404);
  });
});
