/**
 * A sender begins an upload as a form and falls silent, or his key is revoked: whatever ends the request, nothing of it stays. Each of them kept its file, its handle and its
 * room on the disk until the next start, so that one station's key could use up all handles of the hub.
 */
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { keptFreeBytes, makeRoom } from '../../electron/hub/server/room.ts';
import { save } from '../../electron/hub/server/save.ts';
import { openForm, receiveForm } from '../../electron/hub/server/upload-form.ts';
import { until } from '../until.ts';

const head = '--B\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.4';

it.each([
  ['in the middle of the file', head],
  ['behind the file, before the end that was told', `${head}\r\n--B--\r\n`],
  ['behind the last field', `${head}\r\n--B\r\n`],
])('a form that ends %s leaves neither a file nor a handle, and its room is free again', async (_, body) => {
  const folder = await mkdtemp(join(tmpdir(), 'printfloor-silent-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const room = makeRoom(async () => keptFreeBytes + 1024 ** 2);
  const began = Promise.withResolvers<IncomingMessage>();
  const taken = Promise.withResolvers<string>();
  const server = createServer((incoming) => {
    began.resolve(incoming);
    receiveForm(incoming, openForm(incoming), (part) => save(part, join(folder, 'upload'), room)).then(taken.resolve, taken.reject);
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const headers = { 'content-type': 'multipart/form-data; boundary=B', 'content-length': 100_000 };
  const call = request({ port, host: '127.0.0.1', method: 'POST', headers });
  call.on('error', () => undefined);
  call.write(body);
  const incoming = await began.promise;
  await until(async () => (await readdir(folder)).length === 1, 'the file has begun');
  // As the hub does to whoever has said nothing for a minute.
  incoming.destroy();
  await expect(taken.promise).rejects.toThrow();
  // There was room for one.
  await room.enter().take(1024);
});
