/** Somebody who had a token goes on with what is open under it after it was revoked, or after its time is over. */
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { type ClientRequest, request } from 'node:http';
import { connect as connectTo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeToken } from '../../electron/hub/tokens.ts';
import { problemSchema, type Station, stationSchema } from '../../shared/api.ts';
import { type Bed, startBed } from '../hub/server/bed.ts';
import { connect, openSse } from '../hub/server/clients.ts';
import { until } from '../until.ts';

let bed: Bed;
beforeAll(async () => {
  bed = await startBed();
});
afterAll(() => bed.stop());

const madeSchema = stationSchema.extend({ token: stationSchema.shape.name });

async function makeStation(name: string, endsAt?: Date): Promise<Station & { token: string }> {
  const made = await bed.call('POST', '/api/stations', { name, ...(endsAt !== undefined && { endsAt: endsAt.toISOString() }) });
  expect(made.status).toBe(201);
  return madeSchema.parse(made.body);
}

/** What nobody who is welcome waits for: a second is far below the ten in which an open stream asks anew. */
function soon<Result>(what: Promise<Result>): Promise<Result | 'late'> {
  return Promise.race([what, new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), 1000))]);
}

function beginUpload(jobId: number, token: string): ClientRequest {
  const upload = request(`${bed.url}/api/jobs/${jobId}/files?name=endless.pdf`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
  });
  upload.on('error', () => undefined);
  upload.write(Buffer.alloc(64 * 1024, 'x'));
  return upload;
}

const landed = () => readdir(path.join(bed.folder, 'work'));

async function openEverything(token: string, order: string) {
  const { line, client } = await connect(bed, token);
  const lineClosed = once(line, 'close').then(([code]) => code as number);
  const pushes = (await client.live({}))[Symbol.asyncIterator]();
  await pushes.next();
  const stream = await openSse(bed, '/api/events/stream', token);
  const streamEnded = stream.next().then(
    () => 'an event',
    () => 'ended',
  );
  const upload = beginUpload(await bed.addJob(order), token);
  const uploadEnded = new Promise<string>((resolve) => upload.once('close', () => resolve('ended')));
  await until(async () => (await landed()).length === 1, 'the upload has begun');
  return { lineClosed, streamEnded, uploadEnded };
}

test('revoked: its line, its stream and its upload end at once, and nothing of the upload stays', async () => {
  const { id, token } = await makeStation('Press 7');
  const open = await openEverything(token, '7001');
  expect((await bed.call('DELETE', `/api/stations/${id}`)).status).toBe(200);
  expect(await soon(open.lineClosed)).toBe(4401);
  expect(await soon(open.streamEnded)).toBe('ended');
  expect(await soon(open.uploadEnded)).toBe('ended');
  await until(async () => (await landed()).length === 0, 'nothing of the upload is left');
  const { status, body } = await bed.call('GET', '/api/health', undefined, token);
  expect([status, problemSchema.parse(body).message]).toEqual([401, 'This token was revoked, or its time is over.']);
  const again = await connect(bed, token);
  await expect(again.client.health()).rejects.toMatchObject({ code: 'UNAUTHORIZED', data: { tokenEnded: true } });
  again.line.terminate();
  expect(bed.reported).toEqual([]);
});

test('revoked: a connection that rests does not keep the place of its token, by asking and asking for nothing', async () => {
  const { id, token } = await makeStation('Press 6');
  const socket = connectTo(Number(new URL(bed.url).port), '127.0.0.1');
  const closed = once(socket, 'close').then(() => 'closed');
  const ask = (): void =>
    void socket.write(`GET /api/health HTTP/1.1\r\nHost: ${new URL(bed.url).host}\r\nAuthorization: Bearer ${token}\r\n\r\n`);
  ask();
  expect(String((await once(socket, 'data'))[0])).toContain('200 OK');
  expect((await bed.call('DELETE', `/api/stations/${id}`)).status).toBe(200);
  ask();
  expect(String((await once(socket, 'data'))[0])).toContain('401 ');
  const asking = setInterval(ask, 500);
  expect(await Promise.race([closed, new Promise((resolve) => setTimeout(() => resolve('late'), 4000))])).toBe('closed');
  clearInterval(asking);
  socket.destroy();
});

test('its time is over: the same, without anybody doing anything', async () => {
  const { token } = await makeStation('Press 8', new Date(Date.now() + 700));
  const open = await openEverything(token, '7002');
  expect(await soon(open.lineClosed)).toBe(4401);
  expect(await soon(open.streamEnded)).toBe('ended');
  expect(await soon(open.uploadEnded)).toBe('ended');
  const refused = await bed.call('GET', '/api/health', undefined, token);
  expect(refused).toMatchObject({ status: 401, body: { tokenEnded: true } });
});

test('a token that never was one is not told as one that has ended', async () => {
  const refused = await bed.call('GET', '/api/health', undefined, makeToken());
  expect(refused).toMatchObject({ status: 401, body: { code: 'UNAUTHORIZED' } });
  expect(problemSchema.parse(refused.body).tokenEnded).toBeUndefined();
});

test('a token that has ended already is not made', async () => {
  const made = await bed.call('POST', '/api/stations', { name: 'Press 9', endsAt: '2020-01-01T00:00:00Z' });
  expect([made.status, problemSchema.parse(made.body).message]).toEqual([400, 'The token would have ended already.']);
});

test('who revokes his own token is told that it is done, then sent away', async () => {
  const made = await bed.call('POST', '/api/stations', { name: 'Second admin', role: 'admin' });
  const { id, token } = madeSchema.parse(made.body);
  const { line, client } = await connect(bed, token);
  const closed = once(line, 'close').then(([code]) => code as number);
  expect(await client.stations.remove({ id })).toEqual({ ok: true });
  expect(await soon(closed)).toBe(4401);
});

test('the admin sees when and from where a token was last used', async () => {
  const { id, token } = await makeStation('Packing 1');
  const seen = async () =>
    ((await bed.call('GET', '/api/stations')).body as { items: Station[] }).items.find((station) => station.id === id);
  expect(await seen()).toMatchObject({ lastSeenAt: null, lastSeenFrom: null, endsAt: null });
  await bed.call('GET', '/api/health', undefined, token);
  await until(async () => (await seen())?.lastSeenAt != null, 'its use is on record');
  expect(await seen()).toMatchObject({ lastSeenAt: expect.any(String), lastSeenFrom: '127.0.0.1' });
});
