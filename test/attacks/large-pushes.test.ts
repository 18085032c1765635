/** A ticket of a quarter of a megabyte changes a job that fifty screens look at: each gets it, and between two of them everybody else is heard. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { longestStopMs } from '../loop.ts';
import { until } from '../until.ts';
import { startWatchedHub, type WatchedHub } from './watched-hub.ts';

const screens = 50;
const jobBytes = 200_000;

let hub: WatchedHub;
const ended = new AbortController();
beforeAll(async () => {
  hub = await startWatchedHub();
}, 30_000);
afterAll(async () => {
  ended.abort();
  await hub.stop();
});

const headers = (): Record<string, string> => ({ authorization: `Bearer ${hub.token}`, 'content-type': 'application/json' });

async function tell(value: string): Promise<void> {
  const attributes = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`a${at}`, value.repeat(400)]));
  const answer = await fetch(`${hub.url}/api/jobs`, {
    method: 'POST',
    headers: headers(),
    body: JSON.stringify({ order: '7000', attributes }),
  });
  expect(answer.status).toBe(201);
  await answer.arrayBuffer();
}

/** Counts the bytes that a screen was told. */
async function openScreen(): Promise<() => number> {
  const answer = await fetch(`${hub.url}/api/live`, { headers: headers(), signal: ended.signal });
  let bytes = 0;
  const read = async (): Promise<void> => {
    for await (const part of answer.body ?? []) bytes += part.length;
  };
  read().catch(() => undefined);
  await until(() => bytes > 0, 'the screen has begun');
  return () => bytes;
}

test('to fifty screens', { timeout: 60_000 }, async () => {
  const seen = await Promise.all(Array.from({ length: screens }, openScreen));
  for (const value of ['a', 'b', 'c']) {
    const before = seen.map((bytes) => bytes());
    await hub.state();
    await tell(value);
    await until(() => seen.every((bytes, at) => bytes() - (before[at] ?? 0) >= jobBytes), 'all have it', 30_000);
    // The first time much is compiled.
    if (value !== 'a') expect((await hub.state()).longestMs).toBeLessThan(longestStopMs);
  }
});
