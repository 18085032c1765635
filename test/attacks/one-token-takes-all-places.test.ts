/** Somebody has the token of one station, or of a few, and opens as many lines as the hub takes: the others come in all the same, and so does the admin, who revokes it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type WebSocket from 'ws';
import { z } from 'zod';
import { type Bed, startBed } from '../hub/server/bed.ts';
import { connect } from '../hub/server/clients.ts';

let bed: Bed;
const lines: WebSocket[] = [];
beforeAll(async () => {
  bed = await startBed();
});
afterAll(async () => {
  for (const line of lines) line.terminate();
  await bed.stop();
});

async function makeToken(name: string): Promise<string> {
  return z.object({ token: z.string() }).parse((await bed.call('POST', '/api/stations', { name })).body).token;
}

/** What each of so many lines was told. */
async function openLines(token: string, count: number): Promise<string[]> {
  const told: string[] = [];
  for (let at = 0; at < count; at += 20) {
    const some = Array.from({ length: 20 }, async () => {
      const { line, client } = await connect(bed, token);
      lines.push(line);
      return client.health().then(
        () => 'welcome',
        ({ code }: { code: string }) => code,
      );
    });
    told.push(...(await Promise.all(some)));
  }
  return told;
}

const welcome = (told: readonly string[]): number => told.filter((one) => one === 'welcome').length;

test('one token has places of its own and no more; several of stations leave some to the admin', async () => {
  const first = await openLines(await makeToken('Press 6'), 220);
  expect([welcome(first), new Set(first)]).toEqual([200, new Set(['welcome', 'TOO_MANY_REQUESTS'])]);
  expect((await bed.call('GET', '/api/health', undefined, bed.stationToken)).status).toBe(200);

  const others: string[] = [];
  for (const name of ['Press 7', 'Press 8']) others.push(...(await openLines(await makeToken(name), 140)));
  expect(welcome(others)).toBeLessThanOrEqual(250);
  expect(new Set(await openLines(bed.stationToken, 20))).toContain('SERVICE_UNAVAILABLE');

  const stations = z.object({ items: z.array(z.object({ id: z.number(), name: z.string() })) });
  const { items } = stations.parse((await bed.call('GET', '/api/stations')).body);
  for (const { id } of items.filter(({ name }) => name !== 'Press 1'))
    expect((await bed.call('DELETE', `/api/stations/${id}`)).status).toBe(200);
  expect((await bed.call('GET', '/api/health', undefined, bed.stationToken)).status).toBe(200);
  expect(bed.reported).toEqual([]);
}, 60_000);
