/**
 * Whoever has no token sends a thousand requests over one connection, all at once, and takes no answer: for files of the page, more than the hub has file handles;
 * for the description of the API; for ranges that are none. The hub lives, answers others meanwhile, and has read nothing twice.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWatchedHub, type WatchedHub } from './watched-hub.ts';

const script = `export const page = '${'x'.repeat(300_000)}';\n`;

let uiPath: string;
let hub: WatchedHub;
const open = new Set<Socket>();
beforeAll(async () => {
  uiPath = await mkdtemp(join(tmpdir(), 'printfloor-page-'));
  await mkdir(join(uiPath, 'assets'));
  await writeFile(join(uiPath, 'index.html'), '<!doctype html><title>Printfloor</title>');
  await writeFile(join(uiPath, 'assets/big-abc123.js'), script);
  hub = await startWatchedHub({ uiPath, handles: 1024 });
  await Promise.all(['/', '/api/docs', '/openapi.json', '/assets/big-abc123.js'].map(async (path) => (await fetch(hub.url + path)).text()));
  await health();
}, 60_000);
afterAll(async () => {
  for (const socket of open) socket.destroy();
  await hub.stop();
  await rm(uiPath, { recursive: true });
});

const health = async (): Promise<number> =>
  (await fetch(`${hub.url}/api/health`, { headers: { authorization: `Bearer ${hub.token}` } })).status;
const request = (path: string, more = ''): string => `GET ${path} HTTP/1.1\r\nHost: ${new URL(hub.url).host}\r\n${more}\r\n`;

/** Sends all of it at once, until it is cut. */
async function flood(path: string, times: number): Promise<void> {
  const socket = connect(Number(new URL(hub.url).port), '127.0.0.1');
  open.add(socket);
  socket.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.once('connect', () => socket.write(request(path).repeat(times)));
  socket.resume();
  await closed;
}

it.skipIf(process.platform === 'win32')('1,100 times a file of the page, with 1,024 handles: the hub lives, and says it once', async () => {
  await hub.state();
  await Promise.all(Array.from({ length: 5 }, () => flood('/assets/big-abc123.js', 1100)));
  expect(await health()).toBe(200);
  const { said } = await hub.state();
  expect(said.filter((line) => line.includes('many requests without taking the answers'))).toHaveLength(1);
});

it.each(['/api/docs', '/openapi.json', '/', '/nowhere.js', '/api/health'])('10 times 1,000 times %s: nobody else waits', async (path) => {
  await hub.state();
  const floods = Array.from({ length: 10 }, () => flood(path, 1000));
  expect(await health()).toBe(200);
  await Promise.all(floods);
  const { longestMs } = await hub.state();
  expect(longestMs).toBeLessThan(50);
});

it.each(['bytes=5-2', 'bytes=-', 'bytes=9999999-', 'bytes=0-0,5-2', 'nothing'])(
  'Range: %s: the whole file, and no mistake of ours',
  async (range) => {
    await hub.state();
    const answer = await fetch(`${hub.url}/assets/big-abc123.js`, { headers: { range } });
    expect([answer.status, await answer.text()]).toEqual([200, script]);
    expect((await hub.state()).said).toEqual([]);
  },
);

it('a few requests at once, and very many one after the other, are answered', async () => {
  const socket = connect(Number(new URL(hub.url).port), '127.0.0.1');
  socket.write(request('/').repeat(3) + request('/', 'Connection: close\r\n'));
  expect((await text(socket)).match(/HTTP\/1\.1 200/g)).toHaveLength(4);
  for (let turn = 0; turn < 50; turn++) expect((await fetch(`${hub.url}/`)).status).toBe(200);
});
