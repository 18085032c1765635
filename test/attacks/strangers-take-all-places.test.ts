/**
 * Whoever has no token opens more connections than the hub has file handles: silent ones, half a request, lines without a token, refused ones that are kept
 * open. They are let go within seconds, and meanwhile stations come in and are answered.
 */
import { once } from 'node:events';
import { readdir, readlink } from 'node:fs/promises';
import { connect as connectSocket, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { quietestOf } from '../../electron/hub/server/connections.ts';
import { startTestHub, type TestHub } from '../hub-client.ts';
import { until } from '../until.ts';

const handles = 1024;
const host = (hub: TestHub): string => new URL(hub.url).host;
const upgrade = (hub: TestHub, path: string): string =>
  `GET ${path} HTTP/1.1\r\nHost: ${host(hub)}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`;

let hub: TestHub;
const open = new Set<Socket>();
beforeAll(async () => {
  hub = await startTestHub({ under: ['bash', '-c', `ulimit -n ${handles} && exec "$@"`, 'bash'] });
});
afterAll(async () => {
  for (const socket of open) socket.destroy();
  await hub.clean();
});

/** Connected, has said `words`, listens to nothing and never closes its side. */
function stranger(words: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connectSocket({ port: Number(new URL(hub.url).port), host: '127.0.0.1', allowHalfOpen: true }, () => {
      if (words !== '') socket.write(words);
      resolve();
    });
    open.add(socket);
    socket.on('error', () => resolve());
    socket.on('close', () => open.delete(socket));
  });
}

async function socketsOfHub(): Promise<number> {
  const folder = `/proc/${hub.pid}/fd`;
  const links = await Promise.all((await readdir(folder)).map((name) => readlink(`${folder}/${name}`).catch(() => '')));
  return links.filter((link) => link.startsWith('socket:')).length;
}

const kinds = (): readonly string[] => [
  '',
  `GET /api/health HTTP/1.1\r\nHost: ${host(hub)}\r\nX-Half:`,
  upgrade(hub, '/ws'),
  upgrade(hub, '/elsewhere'),
  'no HTTP at all\r\n\r\n',
  `POST /api/jobs HTTP/1.1\r\nHost: ${host(hub)}\r\nContent-Length: 1000000\r\n\r\n{`,
];

it.skipIf(process.platform !== 'linux')('1,100 of them at once: health answers, and they are gone within seconds', async () => {
  const before = await socketsOfHub();
  const words = kinds();
  for (let at = 0; at < 1100; at += 50)
    await Promise.all(Array.from({ length: 50 }, (_, more) => stranger(words[(at + more) % words.length] ?? '')));
  const from = performance.now();
  expect((await hub.api('GET', '/health')).status).toBe(200);
  expect(performance.now() - from).toBeLessThan(2000);
  await until(async () => (await socketsOfHub()) <= before + 2, 'all of them are let go', 8000);
  expect((await hub.api('GET', '/health')).status).toBe(200);
});

/** A page on its way in: it keeps its connection, and has no token before its assets are there. */
async function openPage(): Promise<{ load: () => Promise<string>; closed: () => boolean }> {
  const socket = connectSocket(Number(new URL(hub.url).port), '127.0.0.1');
  open.add(socket);
  let text = '';
  let closed = false;
  socket.setEncoding('utf8').on('data', (part: string) => (text += part));
  socket.on('error', () => undefined).on('close', () => (closed = true));
  await once(socket, 'connect');
  return {
    load: async () => {
      text = '';
      socket.write(`GET /openapi.json HTTP/1.1\r\nHost: ${host(hub)}\r\n\r\n`);
      await until(() => closed || isWhole(text), 'the asset has come');
      return text.slice(0, 15);
    },
    closed: () => closed,
  };
}

function isWhole(text: string): boolean {
  const [, length] = /content-length: (\d+)/i.exec(text) ?? [];
  return length !== undefined && Buffer.byteLength(text.slice(text.indexOf('\r\n\r\n') + 4)) >= Number(length);
}

it('a page that is just loading its assets is not pushed out by those that ask for nothing', async () => {
  const page = await openPage();
  expect(await page.load()).toBe('HTTP/1.1 200 OK');
  const silent = ['', `GET /api/health HTTP/1.1\r\nHost: ${host(hub)}\r\nX-Half:`];
  for (let at = 0; at < 600; at += 50) await Promise.all(Array.from({ length: 50 }, (_, more) => stranger(silent[more % 2] ?? '')));
  expect(page.closed()).toBe(false);
  expect(await page.load()).toBe('HTTP/1.1 200 OK');
});

it('nor does who asks for something on very many connections keep out a new one', async () => {
  const asks = `GET /nothing HTTP/1.1\r\nHost: ${host(hub)}\r\n\r\n`;
  for (let at = 0; at < 300; at += 50) await Promise.all(Array.from({ length: 50 }, () => stranger(asks)));
  const page = await openPage();
  expect(await page.load()).toBe('HTTP/1.1 200 OK');
});

it('of an address from which very many come one goes first', () => {
  const strangers = new Map([['page', '10.0.0.2']]);
  for (let at = 0; at < 100; at++) strangers.set(`attack ${at}`, '10.0.0.66');
  expect(quietestOf(strangers)).toBe('attack 0');
  for (let at = 0; at < 50; at++) strangers.delete(`attack ${at}`);
  expect(quietestOf(strangers)).toBe('page');
});

it('their places are not those of the stations: who has shown a token stays, and a new one comes in', async () => {
  const { connect } = await import('../hub/server/clients.ts');
  const server = { url: hub.url, port: Number(new URL(hub.url).port), stop: () => Promise.resolve() };
  const station = await connect(server, hub.token);
  const first = await station.client.health();
  const words = kinds();
  let flooding = true;
  const flood = (async () => {
    for (let at = 0; flooding; at += 1) await Promise.all(Array.from({ length: 20 }, () => stranger(words[at % words.length] ?? '')));
  })();
  for (let turn = 0; turn < 20; turn++) expect((await station.client.health()).startedAt).toBe(first.startedAt);
  const late = await connect(server, hub.token);
  expect((await late.client.health()).startedAt).toBe(first.startedAt);
  flooding = false;
  await flood;
  station.line.terminate();
  late.line.terminate();
});
