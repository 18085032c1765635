/** A station asks for file after file and takes none: what must be read for it first keeps nobody else waiting, and is given up when it leaves. */
import { type ClientRequest, request } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inspect } from '../../electron/hub/disk/look.ts';
import { makeFairTurns } from '../../electron/hub/server/fair-turns.ts';
import { hashToken, makeToken } from '../../electron/hub/tokens.ts';
import { type Bed, startBed } from '../hub/server/bed.ts';
import { until } from '../until.ts';

let bed: Bed;
/** What is being read, and is not read to its end before the test says so. */
const read: string[] = [];
const goOn = Promise.withResolvers<void>();
let slow = true;
beforeEach(async () => {
  const contentOf = async (place: string) => {
    read.push(place);
    if (slow) await goOn.promise;
    return await inspect(place, Number.MAX_SAFE_INTEGER);
  };
  bed = await startBed({ kept: { contentOf } });
});
afterEach(() => bed.stop());

async function addFile(order: string): Promise<string> {
  const jobId = await bed.addJob(order);
  const answer = await fetch(`${bed.url}/api/jobs/${jobId}/files?name=${order}.pdf`, {
    method: 'POST',
    headers: { authorization: `Bearer ${bed.adminToken}` },
    body: order,
  });
  expect(answer.status).toBe(201);
  return `${bed.url}/api/jobs/${jobId}/files/${(await bed.store.read.files(jobId))[0]?.id}`;
}

function ask(url: string): ClientRequest {
  const asked = request(url, { agent: false, headers: { authorization: `Bearer ${bed.stationToken}` } });
  asked.on('error', () => undefined).end();
  return asked;
}

test('many files asked for and dropped: another station has its preview meanwhile, and they are not read', async () => {
  const urls: string[] = [];
  for (let at = 0; at < 20; at++) urls.push(await addFile(`8${at}`));
  const other = makeToken();
  await bed.store.write((tx) => tx.addStation('Press 2', 'station', hashToken(other), 0));
  const asked = urls.map(ask);
  await until(() => read.length > 0, 'the first is being read');
  expect((await bed.call('GET', '/api/health')).status).toBe(200);
  for (const one of asked) one.destroy();
  slow = false;
  const [url = ''] = urls.slice(-1);
  const answer = await fetch(url, { headers: { authorization: `Bearer ${other}` } });
  expect([answer.status, await answer.text()]).toEqual([200, '819']);
  goOn.resolve();
  const own = await fetch(urls[10] ?? '', { headers: { authorization: `Bearer ${bed.stationToken}` } });
  expect([own.status, await own.text()]).toEqual([200, '810']);
  // What was dropped, what the other asked for, and what was asked for again
  expect(read).toHaveLength(3);
  expect(bed.reported).toEqual([]);
});

test('turns: one for each token, the next token before the second of the same, and so many at once', async () => {
  const turns = makeFairTurns(2);
  const stays = new AbortController().signal;
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const ask = (token: number, name: string, leaves = stays): Promise<unknown> =>
    turns(token, leaves, () => {
      begun.push(name);
      return new Promise<void>((resolve) => ends.set(name, resolve));
    }).catch((error: unknown) => error);
  const leaving = new AbortController();
  void ask(1, '1a');
  void ask(1, '1b');
  const left = ask(1, '1c', leaving.signal);
  void ask(2, '2a');
  void ask(3, '3a');
  await until(() => begun.length === 2, 'two have begun');
  expect(begun).toEqual(['1a', '2a']);
  leaving.abort('gone');
  expect(await left).toBe('gone');
  ends.get('1a')?.();
  await until(() => begun.length >= 3, 'the next has begun');
  ends.get('2a')?.();
  await until(() => begun.length >= 4, 'and one more');
  // 1 has had a turn, and is at the end of the line
  expect(begun).toEqual(['1a', '2a', '3a', '1b']);
});
