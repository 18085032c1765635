/**
 * Somebody has the token of one station, or stands before its screen: no answer, push, history, file list or error tells e-mail or phone of a customer, where
 * anything lies, how the floor is set up, or which other stations there are: of those it sees the names of who did something, and nothing besides.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { showAnswer } from '../../electron/hub/server/shown.ts';
import { hashToken, makeToken } from '../../electron/hub/tokens.ts';
import { contract, type Right, rightsOf } from '../../shared/api.ts';
import { type Bed, startBed } from '../hub/server/bed.ts';
import { connect, openSse } from '../hub/server/clients.ts';

let bed: Bed;
let jobId = 0;
let arrivalId = 0;
const counterToken = makeToken();
const secrets = ['ada@example.com', '+49 30 1234', '/srv/', 'C:\\\\floor', '\\\\\\\\nas', 'Counter 3'];
const at = Date.parse('2026-11-26T10:00:00Z');
const raw = "EACCES: permission denied, open '/srv/it's here/press 1/x.pdf'";

const ticket = {
  order: '4001',
  job: '1',
  title: 'Flyer',
  files: ['x.pdf'],
  attributes: {},
  customer: { name: 'Ada Lovelace', company: 'Engines', email: 'ada@example.com', phone: '+49 30 1234' },
};

beforeAll(async () => {
  bed = await startBed();
  await bed.store.write((tx) => tx.addStation('Counter 3', 'station', 'f'.repeat(64), at));
  await bed.store.write((tx) => tx.addStation('Counter 2', 'station', hashToken(counterToken), at));
  const folders = bed.doubles.hotFolders;
  const settings = {
    name: 'Press 1',
    path: '/srv/hot/press-1',
    location: 'local' as const,
    types: ['pdf'],
    template: '{name}',
    contract: false,
    outcome: { kind: 'named' as const, done: '/srv/hot/done', failed: 'C:\\floor\\failed' },
    temp: { kind: 'staging' as const, path: '\\\\nas\\floor\\staging' },
    capacity: null,
    takenAfterMs: 2000,
    lyingAfterMs: 300_000,
    paused: false,
  };
  const folder = await folders.create(settings);
  Object.assign(folder, {
    state: 'trouble',
    reasonCode: 'FolderGone',
    raw,
    elsewhere: [{ path: '/srv/old/press-1', reasonCode: 'FolderGone', raw, troubleSince: new Date(at).toISOString() }],
  });
  await bed.call('PATCH', '/api/settings', { incoming: [{ path: '/srv/incoming', location: 'local' }] });
  jobId = await bed.store.write(async (tx) => {
    const id = await tx.addJob({ order: '4001', job: '1', title: 'Flyer', named: true, ticket, letter: null }, at);
    await tx.addFile({
      jobId: id,
      name: 'x.pdf',
      size: 3,
      sha256: 'a'.repeat(64),
      type: 'pdf',
      sourcePath: '/srv/incoming/x.pdf',
      archivePath: '/srv/archive/x.pdf',
      arrivedAt: at,
      replaces: null,
    });
    const question = {
      about: 'file' as const,
      why: 'severalJobs' as const,
      candidates: [{ jobId: id, evidence: [] }],
      newNumber: null,
      size: 3,
      ticket,
    };
    const arrival = { name: 'y.pdf', folder: '/srv/incoming/4001', at, outcome: 'asked' as const, jobId: null, reasonCode: null };
    arrivalId = await tx.addArrival({
      ...arrival,
      detail: `${raw} again`,
      path: '/srv/work/asked/y.pdf',
      sha256: 'b'.repeat(64),
      question,
    });
    return id;
  });
  await fail();
  const done = await bed.call('POST', `/api/jobs/${jobId}/status`, { code: 'Approved', actionId: 'counter-1' }, counterToken);
  expect(done.status).toBe(200);
});
afterAll(() => bed.stop());

/** What the history keeps when a copy fails. */
async function fail(): Promise<void> {
  const { record } = await import('../../electron/hub/store/record.ts');
  const data = {
    reasonCode: 'FolderGone',
    raw,
    path: '/srv/hot/press-1',
    errno: 'EACCES',
    notes: { email: 'ada@example.com', at: ['/srv/x'] },
  };
  const reason = 'It lies at C:\\floor\\x.pdf';
  await bed.store.write((tx) => record(tx, jobId, [{ code: 'CopyToHotFolderFailed', at, actor: 'system', reason, data }]));
}

function tells(text: string): string[] {
  return secrets.filter((secret) => text.includes(secret));
}

const readable = (): string[] => [
  '/api/health',
  '/api/jobs',
  `/api/jobs/${jobId}`,
  `/api/jobs/${jobId}/history`,
  '/api/hot-folders',
  '/api/hot-folders/1',
  '/api/arrivals',
  '/api/events',
];

test('every answer that a station may read is without them, and the admin sees them', async () => {
  let admins = '';
  for (const route of readable()) {
    const answer = await bed.call('GET', route, undefined, bed.stationToken);
    expect([route, answer.status, tells(JSON.stringify(answer.body))]).toEqual([route, 200, []]);
    admins += JSON.stringify((await bed.call('GET', route)).body);
  }
  expect(tells(admins)).toEqual(secrets.slice(0, -1));
});

test('of another station it sees what it did and its name, and nothing else', async () => {
  let told = '';
  for (const route of readable()) told += JSON.stringify((await bed.call('GET', route, undefined, bed.stationToken)).body);
  expect(told).toContain('"actor":"station Counter 2","station":"Counter 2"');
  for (const more of ['lastSeen', '"role"', '127.0.0.1']) expect(told).not.toContain(more);
});

/** With a field that nobody has named yet in each shape. What others name (attributes, data), the values of a sentence, or lists of ours (stages, tracks) are no shapes. */
function withNewFields(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => withNewFields(item));
  if (['attributes', 'data', 'stages', 'values'].includes(key)) return value;
  if (typeof value !== 'object' || value === null) return value;
  const inner = Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withNewFields(item, name)]));
  return key === 'tracks' ? inner : { ...inner, fresh: 'fresh' };
}

test('a new field is shown to nobody until it is named, also deep inside; nor is a new answer, and that is a mistake of ours', async () => {
  const places = [
    ['health'],
    ['jobs', 'list'],
    ['jobs', 'get'],
    ['jobs', 'history'],
    ['hotFolders', 'list'],
    ['hotFolders', 'get'],
    ['arrivals', 'list'],
    ['events', 'list'],
  ];
  const sees = rightsOf.station;
  for (const [at, route] of readable().entries()) {
    const whole = (await bed.call('GET', route)).body;
    const shown = (answer: unknown) => showAnswer(places[at] ?? [], answer, sees);
    expect([route, shown(withNewFields(whole))]).toEqual([route, shown(whole)]);
  }
  expect(() => showAnswer(['jobs', 'fresh'], {}, sees)).toThrow('jobs.fresh');
  expect(() => showAnswer(['settings', 'get'], {}, new Set<Right>(['read', 'work', 'setUp']))).toThrow('settings.get');
});

test('what a station needs is there all the same', async () => {
  const ask = async (route: string) => (await bed.call('GET', route, undefined, bed.stationToken)).body;
  expect(await ask(`/api/jobs/${jobId}`)).toMatchObject({
    customer: { name: 'Ada Lovelace', company: 'Engines' },
    attention: [{ raw: "EACCES: permission denied, open '…'" }],
  });
  expect(await ask('/api/hot-folders')).toMatchObject({ items: [{ name: 'Press 1', path: '…/press-1', state: 'trouble' }] });
  expect(await ask('/api/arrivals')).toMatchObject({
    items: [{ folder: '…/4001', path: null, question: { candidates: [{ customer: { name: 'Ada Lovelace' } }] } }],
  });
  expect(await ask('/api/health')).toMatchObject({ data: '', watching: [{ path: '…/incoming' }] });
});

test('settings, rules and stations are closed to it', async () => {
  for (const route of ['/api/settings', '/api/rules', '/api/rules/1', '/api/stations'])
    expect([route, (await bed.call('GET', route, undefined, bed.stationToken)).status]).toEqual([route, 403]);
});

test('what a change answers is without them', async () => {
  const changed = await bed.call('POST', `/api/jobs/${jobId}/status`, { code: 'Approved', actionId: 'see-1' }, bed.stationToken);
  const sent = await bed.call('POST', `/api/jobs/${jobId}/deliver`, { reason: 'Jam', actionId: 'see-2' }, bed.stationToken);
  const seen = await bed.call('POST', `/api/arrivals/${arrivalId}/seen`, {}, bed.stationToken);
  const added = await fetch(`${bed.url}/api/jobs/${jobId}/files?name=z.pdf`, {
    method: 'POST',
    headers: { authorization: `Bearer ${bed.stationToken}` },
    body: 'abc',
  });
  expect([changed.status, sent.status, seen.status, added.status]).toEqual([200, 200, 200, 201]);
  expect(tells(JSON.stringify([changed.body, sent.body, seen.body]) + (await added.text()))).toEqual([]);
});

test('pushes and streams are without them, over both transports', async () => {
  const { line, client } = await connect(bed, bed.stationToken);
  const pushes = await client.live({ since: 0 });
  const first = await pushes.next();
  await fail();
  const second = await pushes.next();
  expect(second.value).toMatchObject({ jobs: [{ id: jobId }], events: [{ code: 'CopyToHotFolderFailed' }] });
  expect(tells(JSON.stringify([first, second]))).toEqual([]);
  line.terminate();
  const stream = await openSse(bed, '/api/events/stream?since=0', bed.stationToken);
  const event = await stream.next();
  expect(event).toMatchObject({ id: '1', data: { code: 'CopyToHotFolderFailed' } });
  expect(tells(JSON.stringify(event))).toEqual([]);
  stream.close();
});

test('a new procedure is closed: none is without a right, and what says none is refused', async () => {
  const rightless = (part: object): unknown[] =>
    '~orpc' in part
      ? [(part['~orpc'] as { meta: { right?: string } }).meta.right].filter((right) => right === undefined)
      : Object.values(part).flatMap((inner: object) => rightless(inner));
  expect(rightless(contract)).toEqual([]);
  const { checkRight } = await import('../../electron/hub/server/procedures.ts');
  expect(() => checkRight({ role: 'admin', onRefused: () => undefined }, undefined, 'new')).toThrow('may not');
});
