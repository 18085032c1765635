/**
 * A station asks for 300 long lists and reads none of them: on one line, on many, and over HTTP. The hub makes no more than a few of them, answers everybody else
 * meanwhile, and has its memory back when the station is gone.
 */
import { readFile } from 'node:fs/promises';
import { connect as connectSocket, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import WebSocket from 'ws';
import { z } from 'zod';
import { connect } from '../hub/server/clients.ts';
import { startTestHub, type TestHub } from '../hub-client.ts';
import { until } from '../until.ts';

const lists = 300;
const megabyte = 1024 * 1024;
/** What 300 unread lists may cost: a few pages of 2 MB, as they are made and as they wait. */
const boundMb = 200;
/** What the hub may work before anybody else is answered, however busy this machine is: without a limit it was half a minute. */
const boundCpuMs = 5000;

let hub: TestHub;
let desk: Awaited<ReturnType<typeof connect>>;
let token = '';
let atFirstMb = 0;
const open: (WebSocket | Socket)[] = [];
beforeAll(async () => {
  hub = await startTestHub();
  desk = await connect({ url: hub.url, port: Number(new URL(hub.url).port), stop: () => Promise.resolve() }, hub.token);
  await desk.client.health();
  // 150 jobs with 100 kB of attributes each: 15 MB a list without a limit
  const attributes = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`a${at}`, 'x'.repeat(1000)]));
  await Promise.all(Array.from({ length: 150 }, (_, at) => hub.api('POST', '/jobs', { order: `7${at}`, attributes })));
  // What the hub takes when its lists are read: the attack is held against that.
  for (let at = 0; at < 100; at++) await hub.api('GET', '/jobs');
  atFirstMb = await memoryMb();
});
afterAll(async () => {
  desk.line.terminate();
  for (const one of open) one instanceof WebSocket ? one.terminate() : one.destroy();
  await hub.clean();
});

async function memoryMb(): Promise<number> {
  const status = await readFile(`/proc/${hub.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

/** What the hub has used of the processor. A tick is 10 ms. */
async function cpuMs(): Promise<number> {
  const [user = '0', system = '0'] = (await readFile(`/proc/${hub.pid}/stat`, 'utf8')).split(' ').slice(13, 15);
  return (Number(user) + Number(system)) * 10;
}

async function openLine(): Promise<WebSocket> {
  const line = new WebSocket(`${hub.url.replace('http', 'ws')}/ws`);
  await new Promise((resolve, reject) => {
    line.once('open', resolve);
    line.once('error', reject);
  });
  open.push(line);
  return line;
}

function ask(line: WebSocket, times: number): void {
  line.pause();
  const call = { p: { u: '/jobs/list', b: { json: { limit: 500 } }, h: { authorization: `Bearer ${token}` } } };
  for (let at = 0; at < times; at++) line.send(JSON.stringify({ i: String(at), ...call }));
}

async function askOverHttp(): Promise<void> {
  const socket = connectSocket(Number(new URL(hub.url).port), '127.0.0.1');
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.pause().on('error', () => undefined);
  socket.write(`GET /api/jobs?limit=500 HTTP/1.1\r\nHost: ${new URL(hub.url).host}\r\nAuthorization: Bearer ${token}\r\n\r\n`);
  open.push(socket);
}

const ways: readonly (readonly [string, () => Promise<unknown>])[] = [
  ['on one line', async () => ask(await openLine(), lists)],
  ['on 50 lines', async () => Promise.all(Array.from({ length: 50 }, async () => ask(await openLine(), lists / 50)))],
  ['over HTTP', async () => Promise.all(Array.from({ length: 100 }, askOverHttp))],
];

it.skipIf(process.platform !== 'linux').each(ways)(
  '%s: others are answered, and memory stays within its bound',
  async (way, attack) => {
    token = (await hub.ask(z.object({ token: z.string() }), 'POST', '/stations', { name: way })).token;
    const before = await memoryMb();
    await attack();
    let most = 0;
    let longestMs = 0;
    for (let turn = 0; turn < 15; turn++) {
      const from = await cpuMs();
      expect((await desk.client.health()).jobs).toBe(150);
      longestMs = Math.max(longestMs, (await cpuMs()) - from);
      most = Math.max(most, await memoryMb());
    }
    expect(longestMs).toBeLessThan(boundCpuMs);
    expect(most - before).toBeLessThan(boundMb);
  },
  40_000,
);

it('a list ends where its bytes do, and leads on to the rest', async () => {
  const page = z.object({ items: z.array(z.object({ id: z.number() })), next: z.string().nullable() });
  const seen: number[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { status, body } = await hub.api('GET', `/jobs?limit=500${cursor === '' ? '' : `&cursor=${cursor}`}`);
    expect(status).toBe(200);
    expect(JSON.stringify(body).length).toBeLessThan(2.5 * megabyte);
    const { items, next } = page.parse(body);
    seen.push(...items.map(({ id }) => id));
    cursor = next;
  }
  expect(seen).toEqual([...seen].sort((a, b) => b - a));
  expect(new Set(seen).size).toBe(150);
});

it('the station is told when it asks too much at once, and is answered again when it has taken its answers', async () => {
  for (const one of open.splice(0)) one instanceof WebSocket ? one.terminate() : one.destroy();
  await until(async () => {
    const answer = await fetch(`${hub.url}/api/jobs?limit=1`, { headers: { authorization: `Bearer ${token}` } });
    return answer.status === 200;
  }, 'it is answered again');
  await until(
    async () => {
      // What is thrown away is swept up when something new needs the room: the floor goes on.
      await hub.api('GET', '/jobs');
      return (await memoryMb()) < atFirstMb + boundMb;
    },
    'the memory is back',
    20_000,
  );
}, 40_000);
