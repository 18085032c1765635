/** A station, or whoever has its token, sends one call that takes long to read, to check or to answer: nobody else waits for it. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { longestStopMs } from '../loop.ts';
import { startWatchedHub, type WatchedHub } from './watched-hub.ts';

let hub: WatchedHub;
const headers = (): Record<string, string> => ({ authorization: `Bearer ${hub.token}`, 'content-type': 'application/json' });
const post = (path: string, body: string, method = 'POST') => fetch(`${hub.url}/api${path}`, { method, headers: headers(), body });

beforeAll(async () => {
  hub = await startWatchedHub();
  for (const path of ['/jobs', '/rules', '/jobs/1/status']) await post(path, '{"order":1}');
  await fetch(`${hub.url}/api/jobs?q=warm`, { headers: headers() });
}, 60_000);
afterAll(() => hub.stop());

/** Nearly all that a call may bring. */
const room = 1_000_000;
const many = (one: (at: number) => string, length: number): string =>
  Array.from({ length: Math.floor(room / length) }, (_, at) => one(at)).join();
const tower = '\u0301\u0316'.repeat(room / 4);
const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;

const calls: readonly { readonly what: string; readonly path: string; readonly method?: string; readonly body: () => string }[] = [
  { what: 'half a million numbers as file names', path: '/jobs', body: () => `{"order":"1","files":[${many(() => '1', 2)}]}` },
  { what: 'a hundred thousand attributes', path: '/jobs', body: () => `{"order":"1","attributes":{${many((at) => `"${at}":1`, 11)}}}` },
  {
    what: 'as many attributes as a call may have, and more than a job may',
    path: '/jobs',
    body: () =>
      `{"order":"1","attributes":{${Array.from({ length: 1400 }, (_, at) => `"${'k'.repeat(90)}${at}":"${'v'.repeat(500)}"`).join()}}}`,
  },
  { what: 'a hundred thousand unknown fields', path: '/jobs', body: () => `{"order":"1",${many((at) => `"x${at}":1`, 12)}}` },
  { what: 'a hundred thousand keys of one name', path: '/jobs', body: () => `{"order":"1",${many(() => '"x":1', 6)}}` },
  { what: 'a title of a million signs', path: '/jobs', body: () => `{"order":"1","title":"${'x'.repeat(room)}"}` },
  { what: 'notes of signs to be composed', path: '/jobs', body: () => `{"order":"1","notes":"${'e\u0301\u0323'.repeat(room / 5)}"}` },
  // Each in order with all others: of a million it takes a quarter of an hour.
  { what: 'notes of one letter under a tower of accents', path: '/jobs', body: () => `{"order":"1","notes":"a${tower}"}` },
  { what: 'an attribute under a tower of accents', path: '/jobs', body: () => `{"order":"1","attributes":{"a${tower}":1}}` },
  {
    what: 'a reason under a tower of accents',
    path: '/jobs/1/status',
    body: () => `{"code":"Blocked","reason":"a${tower}","actionId":"c"}`,
  },
  {
    what: 'a status under a tower of accents',
    path: '/jobs/1/status',
    body: () => `{"code":"CustomStatus","custom":"a${tower}","actionId":"d"}`,
  },
  {
    what: 'data under a tower of accents',
    path: '/jobs/1/status',
    body: () => `{"code":"Blocked","reason":"x","data":{"a":"a${tower}"},"actionId":"e"}`,
  },
  { what: 'a rule under a tower of accents', path: '/rules', body: () => `{"hotFolderId":null,"name":"a${tower}","conditions":{}}` },
  { what: 'an order of digits of another script', path: '/jobs', body: () => `{"order":"${'٣'.repeat(room / 2)}"}` },
  {
    what: 'data of half a million numbers',
    path: '/jobs/1/status',
    body: () => `{"code":"Blocked","reason":"x","actionId":"a","data":{"a":[${many(() => '1', 2)}]}}`,
  },
  {
    what: 'data of half a million levels',
    path: '/jobs/1/status',
    body: () => `{"code":"Blocked","reason":"x","actionId":"b","data":{"a":${nested(room / 2)}}}`,
  },
  { what: 'quotation marks without an end', path: '/jobs', body: () => `{"order":"${'\\"'.repeat(room / 2)}` },
  {
    what: 'conditions of stars',
    path: '/rules',
    body: () => `{"hotFolderId":null,"conditions":{"product":[${many(() => `"${'*a'.repeat(99)}"`, 201)}]}}`,
  },
  {
    what: 'a mapping of very many fields',
    path: '/settings',
    method: 'PATCH',
    body: () => `{"xmlMapping":{${many((at) => `"${at}":"a/b"`, 15)}}}`,
  },
];

test.each(calls)('$what', async ({ path, method, body }) => {
  const text = body();
  await hub.state();
  const answer = await post(path, text, method);
  await answer.text();
  const { longestMs } = await hub.state();
  expect([answer.status >= 400 && answer.status < 500, longestMs < longestStopMs ? 'short' : `${Math.round(longestMs)} ms`]).toEqual([
    true,
    'short',
  ]);
});

test('a search of odd patterns', async () => {
  for (const q of [
    '*',
    '"'.repeat(200),
    'a* '.repeat(66),
    '(a+)+'.repeat(40),
    'NEAR('.repeat(40),
    '🦄'.repeat(100),
    'e\u0301'.repeat(100),
  ]) {
    await hub.state();
    const answer = await fetch(`${hub.url}/api/jobs?q=${encodeURIComponent(q)}`, { headers: headers() });
    await answer.text();
    const { longestMs } = await hub.state();
    expect([q, answer.status, longestMs < longestStopMs]).toEqual([q, 200, true]);
  }
});
