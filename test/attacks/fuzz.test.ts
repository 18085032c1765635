/**
 * Whatever anybody sends, drawn from a seed: over HTTP, in frames, as tickets, as names of files, as settings. The hub answers no 500, tells a station nothing it
 * may not know, never stands still for 50 ms, and gives its memory and its sockets back. A seed that fails becomes a test of its own.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';
import { longestStopMs } from '../loop.ts';
import { pdfBytes } from '../pdf.ts';
import { isLong, makeRandom, type Random, seeds } from '../random.ts';
import { until } from '../until.ts';
import { hostileText, spoil, spoiltText } from './hostile-values.ts';
import { startWatchedHub, type WatchedHub } from './watched-hub.ts';

const steps = isLong ? 400 : 60;
/** What the hub may keep after a seed: caches, statements, a larger record. */
const mostKeptBytes = 48 * 1024 * 1024;

let hub: WatchedHub;
let stationToken = '';
let heapBefore = 0;
let socketsBefore = 0;
const faults: string[] = [];

beforeAll(async () => {
  hub = await startWatchedHub();
  const made = await send('POST', '/stations', JSON.stringify({ name: 'Press 1' }), hub.token);
  stationToken = (JSON.parse(made.text) as { token: string }).token;
  await send('PATCH', '/settings', JSON.stringify({ settleMs: 0, incompleteAfterMs: 1000 }), hub.token);
  await send('POST', '/jobs', JSON.stringify(valid.ticket), hub.token);
  for (let round = 0; round < 20; round += 1) await send('GET', '/jobs?q=fly', undefined, hub.token);
  ({ heapBytes: heapBefore, sockets: socketsBefore } = await hub.state('memory'));
}, 60_000);
afterAll(() => hub.stop());

const valid = {
  ticket: {
    order: '1001',
    job: '1',
    title: 'Flyer',
    product: 'Flyer A5',
    quantity: 500,
    customer: { name: 'Ada', email: 'ada@example.com', phone: '+49 30 1' },
    files: ['flyer.pdf'],
    dueAt: '2026-12-01T10:00:00Z',
    approval: 'required',
    notes: 'Line\nLine',
    attributes: { size: 'A5' },
  },
  status: { code: 'Blocked', reason: 'Jam', data: { counter: 1, inside: { more: [1, 'a'] } }, actionId: 'a' },
  custom: { code: 'CustomStatus', custom: 'Cut', actionId: 'b' },
  undo: { seq: 1, reason: 'Wrong', actionId: 'c' },
  deliver: { reason: 'Again', fileIds: [1], hotFolderId: 1, force: true, actionId: 'd' },
  rule: {
    name: 'All',
    position: 3,
    conditions: { product: ['Flyer*'], customer: ['*a*'], attribute: { name: 'size', values: ['A5'] } },
    hotFolderId: 1,
  },
  folder: { name: 'Press 1', types: ['pdf'], template: '{name}', capacity: 10, takenAfterMs: 2000, paused: false },
  settings: {
    shopName: 'Shop',
    namePatterns: ['{order}-{job} {rest}', '{letter}_{order}_{job}_{rest}'],
    timeZone: 'Europe/Berlin',
    xmlMapping: { order: 'Order/@ID', job: 'Order/Job' },
  },
  answer: { jobId: 1, actionId: 'e' },
};

/** What is sent where; the admin's own among it. Nothing here can make the hub leave its data folder. */
const calls: readonly [Call, ...Call[]] = [
  { method: 'POST', path: '/jobs', body: valid.ticket },
  { method: 'POST', path: '/jobs/1/status', body: valid.status },
  { method: 'POST', path: '/jobs/1/status', body: valid.custom },
  { method: 'POST', path: '/jobs/1/undo', body: valid.undo },
  { method: 'POST', path: '/jobs/1/deliver', body: valid.deliver },
  { method: 'POST', path: '/rules', body: valid.rule },
  { method: 'PATCH', path: '/rules/1', body: valid.rule },
  { method: 'PATCH', path: '/hot-folders/1', body: valid.folder },
  { method: 'PATCH', path: '/settings', body: valid.settings },
  { method: 'POST', path: '/stations', body: { name: 'Counter', role: 'station' } },
  { method: 'POST', path: '/arrivals/1/answer', body: valid.answer },
  { method: 'POST', path: '/arrivals/1/seen', body: {} },
  { method: 'POST', path: '/jobs/1/files', body: {} },
  {
    method: 'GET',
    path: '/jobs',
    query: { q: 'fly', status: 'Printed', stage: 'press', hotFolder: '1', attention: 'true', order: 'oldest', limit: '5', cursor: 'x' },
  },
  { method: 'GET', path: '/events', query: { since: '0', limit: '5000' } },
  { method: 'GET', path: '/arrivals', query: { outcome: 'asked', unseen: 'true', limit: '5', cursor: '1' } },
  { method: 'GET', path: '/jobs/1/history' },
  { method: 'GET', path: '/jobs/1/files/1' },
  { method: 'GET', path: '/health' },
];
type Call = { readonly method: string; readonly path: string; readonly body?: unknown; readonly query?: Readonly<Record<string, string>> };

async function send(method: string, path: string, body: string | undefined, token: string): Promise<{ status: number; text: string }> {
  const headers = { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
  const answer = await fetch(`${hub.url}/api${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
  return { status: answer.status, text: await answer.text() };
}

function judge(what: string, { status, text }: { status: number; text: string }, token: string): void {
  if (status >= 500 && status !== 503 && status !== 507) faults.push(`${status} for ${what.slice(0, 300)}: ${text.slice(0, 300)}`);
  if (/node_modules|\.ts:\d|at async|SQLITE_/u.test(text) && !what.includes('/events') && status >= 400)
    faults.push(`tells of its inside: ${text.slice(0, 300)}`);
  if (token === stationToken && (text.includes(hub.dataPath) || text.includes('ada@example.com')))
    faults.push(`tells a station: ${what.slice(0, 300)}`);
}

async function overHttp(random: Random): Promise<string> {
  const call = random.pick(calls);
  const token = random.next() < 0.6 ? hub.token : stationToken;
  const query =
    call.query === undefined ? '' : `?${new URLSearchParams(spoil(random, spoil(random, call.query)) as Record<string, string>)}`;
  const path =
    (random.next() < 0.1 ? call.path.replace('1', encodeURIComponent(hostileText(random).toWellFormed()).slice(0, 300)) : call.path) +
    query.slice(0, 8000);
  const body = call.body === undefined ? undefined : spoiltText(random, call.body);
  const what = `${call.method} ${path} ${body ?? ''}`;
  judge(what, await send(call.method, path, body, token), token);
  return what;
}

async function inFrames(random: Random): Promise<string> {
  const line = new WebSocket(`${hub.url.replace('http', 'ws')}/ws`);
  await new Promise((resolve, reject) => line.once('open', resolve).once('error', reject));
  const closed = new Promise((resolve) => line.once('close', resolve));
  const answers: string[] = [];
  line.on('message', (data) => answers.push(String(data)));
  line.on('error', () => undefined);
  const token = random.next() < 0.5 ? hub.token : stationToken;
  let said = '';
  for (let count = 0; count < 5; count += 1) {
    const { method, path, body } = random.pick(calls.filter((call) => call.body !== undefined) as [Call, ...Call[]]);
    const frame = {
      i: String(count),
      p: {
        u: random.pick(['/jobs/create', '/jobs/setStatus', '/jobs/list', '/live', path]),
        m: method,
        h: { authorization: `Bearer ${token}` },
        b: { json: { id: 1, ...(body as object) } },
      },
    };
    said = random.next() < 0.5 ? spoiltText(random, frame) : JSON.stringify({ ...frame, p: { ...frame.p, b: spoil(random, frame.p.b) } });
    line.send(random.next() < 0.05 ? Buffer.from(said) : said);
  }
  // Whatever came of it: a good call behind it is answered, or the line is closed.
  line.send(JSON.stringify({ i: 'last', p: { u: '/jobs/counts', m: 'POST', h: { authorization: `Bearer ${token}` }, b: { json: {} } } }));
  await Promise.race([until(() => answers.some((answer) => answer.includes('"last"')), 'the last frame is answered', 20_000), closed]);
  for (const answer of answers) judge(`frame ${said}`, { status: /"s":5\d\d/u.test(answer) ? 500 : 200, text: answer }, token);
  line.close();
  return said;
}

let dropped = 0;
async function asFile(random: Random): Promise<string> {
  dropped += 1;
  const folder = join(hub.dataPath, 'incoming', random.next() < 0.3 ? `sub ${random.between(1, 5)}` : '');
  await mkdir(folder, { recursive: true });
  const odd = hostileText(random).replaceAll(/[/\0]/gu, '_').slice(0, 60);
  const bytes = Buffer.from(odd).subarray(0, 150).toString();
  const content = random.pick<() => string | Uint8Array>([
    () => spoiltText(random, valid.ticket),
    () => `[${spoiltText(random, valid.ticket)},${spoiltText(random, valid.ticket)}]`,
    () =>
      `order;job;title;${odd};files\n${Array.from({ length: random.between(1, isLong ? 3000 : 300) }, (_, at) => `${at};${hostileText(random).slice(0, 200)};x;y;flyer.pdf`).join('\n')}`,
    () => `<Order ID="1"><Job>${hostileText(random)}</Job>${'<a>'.repeat(random.between(0, 500))}</Order>`,
    () => pdfBytes(dropped, 2000),
  ]);
  const made = content();
  const type = typeof made !== 'string' ? 'pdf' : random.pick(['json', 'csv', 'xml', 'jdf']);
  const name = `${random.next() < 0.5 ? `${random.between(1, 2000)}-1 ` : ''}${bytes}${dropped}.${type}`;
  // What no disk takes as a name is nobody's attack.
  await writeFile(join(folder, name), made).catch(() => undefined);
  return `file ${JSON.stringify(name)} ${typeof made === 'string' ? made.slice(0, 200) : ''}`;
}

test.each(seeds(3, 200))('seed %i', { timeout: 300_000 }, async (seed) => {
  const random = makeRandom(seed);
  for (let step = 0; step < steps; step += 1) {
    const what = await random.pick([overHttp, overHttp, overHttp, inFrames, asFile])(random);
    const { longestMs, said } = await hub.state();
    if (longestMs > longestStopMs) faults.push(`stood ${Math.round(longestMs)} ms: ${what.slice(0, 400)}`);
    faults.push(...said.filter((line) => /mistake|TypeError|RangeError/u.test(line)));
    if (faults.length > 0) break;
  }
  expect(faults.splice(0)).toEqual([]);
  expect((await send('GET', '/health', undefined, stationToken)).status).toBe(200);
});

test('memory and sockets are given back within a minute', { timeout: 70_000 }, async () => {
  const back = await until(
    async () => {
      const state = await hub.state('memory');
      return state.heapBytes - heapBefore < mostKeptBytes && state.sockets <= socketsBefore + 5 ? state : null;
    },
    'what was taken is given back',
    60_000,
  );
  expect(back.heapBytes - heapBefore).toBeLessThan(mostKeptBytes);
});
