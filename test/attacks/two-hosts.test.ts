/** A request that names two hosts, one of them ours: what checks it must not read another one than what uses it. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Bed, startBed } from '../hub/server/bed.ts';

let bed: Bed;
beforeAll(async () => {
  bed = await startBed();
});
afterAll(() => bed.stop());

async function say(...lines: readonly string[]): Promise<string> {
  const socket = connect(bed.port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(`${lines.join('\r\n')}\r\nConnection: close\r\n\r\n`);
  return text(socket);
}

it.each([
  ['ours first', (own: string) => [`Host: ${own}`, 'Host: rebound.example']],
  ['ours last', (own: string) => ['Host: rebound.example', `host: ${own}`]],
  ['ours twice', (own: string) => [`Host: ${own}`, `HOST: ${own}`]],
  ['ours, then nothing', (own: string) => [`Host: ${own}`, 'Host:']],
])('%s is refused', async (_name, hosts) => {
  const sent = hosts(`127.0.0.1:${bed.port}`);
  for (const path of ['/', '/api/health', '/api/docs'])
    expect(await say(`GET ${path} HTTP/1.1`, ...sent, `Authorization: Bearer ${bed.adminToken}`)).toMatch(/^HTTP\/1\.1 400 /);
  const upgrade = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=='];
  expect(await say('GET /ws HTTP/1.1', ...sent, ...upgrade)).toMatch(/^HTTP\/1\.1 400 /);
});

it('one host, ours, is answered', async () => {
  expect(await say('GET /api/health HTTP/1.1', `Host: 127.0.0.1:${bed.port}`, `Authorization: Bearer ${bed.adminToken}`)).toMatch(
    /^HTTP\/1\.1 200 /,
  );
});
