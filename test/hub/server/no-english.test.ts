/** Whoever asks in German reads German: also what is wrong with a request, what somebody must act on, and what was found. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { record } from '../../../electron/hub/store/record.ts';
import type { Arrival, Problem } from '../../../shared/api.ts';
import { inHistory } from '../../../shared/job/in-history.ts';
import type { Job } from '../../../shared/job.ts';
import { said, sentence } from '../../../shared/words/say.ts';
import { type Bed, startBed } from './bed.ts';

let bed: Bed;
beforeAll(async () => {
  bed = await startBed();
});
afterAll(() => bed.stop());

const english =
  /\b(?:the|and|is|this|that|with|which|then|from|file|files|folder|job|jobs|printer|again|not|wrong|expected|received|invalid|too|must|have|be|at most)\b/i;

async function ask<Answer = Problem>(method: string, route: string, body?: unknown, language = 'de'): Promise<Answer> {
  const headers = { authorization: `Bearer ${bed.adminToken}`, 'accept-language': language, 'content-type': 'application/json' };
  const answer = await fetch(bed.url + route, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
  return (await answer.json()) as Answer;
}

const wrong: readonly [method: string, route: string, body?: unknown][] = [
  ['POST', '/api/jobs', {}],
  ['POST', '/api/jobs', { order: 7, quantity: 'many', files: 'none', dueAt: 'soon', approval: 'perhaps' }],
  ['POST', '/api/jobs', { order: '1', job: '2', title: 'x'.repeat(999), quantity: -1, files: Array.from({ length: 2000 }, String) }],
  ['POST', '/api/jobs', { order: '1', colour: 'red', size: 'A4' }],
  ['POST', '/api/jobs/1/status', {}],
  ['POST', '/api/jobs/1/status', { code: 'Nowhere', actionId: '' }],
  ['POST', '/api/jobs/1/status', { code: 'Printed', actionId: 'a', data: { text: 'x'.repeat(20_000) } }],
  ['POST', '/api/jobs/1/deliver', { reason: '', fileIds: [] }],
  ['POST', '/api/jobs/one/deliver', { reason: 'x'.repeat(600) }],
  ['GET', '/api/jobs?limit=0'],
  ['GET', '/api/jobs?limit=many&order=sideways'],
  ['GET', '/api/jobs/0'],
  ['GET', '/api/events?since=-1'],
  ['PATCH', '/api/settings', { settleMs: 'soon', namePatterns: 7, language: 'it' }],
  ['PATCH', '/api/settings', { settleMs: 1.5, askAfterHours: 99 }],
  ['POST', '/api/hot-folders', { path: '', name: 7 }],
  ['POST', '/api/hot-folders', { path: '/x', name: 'x', outcome: { kind: 'odd' }, temp: 3 }],
  ['POST', '/api/rules', { conditions: { quantityFrom: 'few', odd: 1 } }],
  ['POST', '/api/stations', { name: '', role: 'king' }],
  ['POST', '/api/stations', { name: 'x', role: 'station', endsAt: 'tomorrow' }],
  ['POST', '/api/arrivals/1/answer', { jobId: 'x' }],
];

it.each(wrong)('says in German what is wrong with %s %s', async (method, route, body) => {
  const problem = await ask(method, route, body);
  expect(problem.code).toMatch(/BAD_REQUEST|NOT_FOUND/);
  // Names of fields and types, and what is to be typed, are the same in all languages.
  const words = `${problem.message} ${problem.whatToDo}`.replaceAll(/"[^"]*"|'[^']*'|\/api\/\S*|\/\^\S+/g, '');
  expect(words).not.toMatch(english);
  expect(problem.message).not.toBe((await ask(method, route, body, 'en')).message);
});

it('keeps the English of a request that is wrong, letter for letter', async () => {
  expect((await ask('POST', '/api/jobs', { order: '1', quantity: 'many' }, 'en')).message).toBe(
    'The field "quantity" is wrong: expected number, received string.',
  );
  expect((await ask('POST', '/api/jobs', { order: '1', quantity: 'many' })).message).toBe(
    'Das Feld "quantity" ist falsch: erwartet ist number, gekommen string.',
  );
});

it('says what somebody must act on by its key, and in the language of who asks', async () => {
  const id = await bed.addJob('4711');
  const event = { code: 'AwaitingData', actor: 'system', at: 1, ...inHistory(said('history.missing', { files: 'back.pdf' })) } as const;
  await bed.store.write((tx) => record(tx, id, [event]));
  const fetched = await ask<Job>('GET', `/api/jobs/${id}`, undefined, 'fr');
  const [first] = fetched.attention;
  expect(first).toMatchObject({ code: 'AwaitingData', reason: 'Missing: back.pdf', key: 'history.missing', values: { files: 'back.pdf' } });
  expect(first?.words).toBe(sentence('fr', { key: 'history.missing', values: { files: 'back.pdf' } }));
  const list = await ask<{ items: Job[] }>('GET', '/api/jobs?attention=true', undefined, 'de');
  expect(list.items.find((job) => job.id === id)?.attention[0]?.words).toBe('Es fehlt: back.pdf');
});

it('says what became of an arrival, also of one that is on record in English alone', async () => {
  const arrival = { folder: '/in', at: 1, jobId: null, path: null, sha256: null } as const;
  await bed.store.write(async (tx) => {
    await tx.addArrival({ ...arrival, name: 'a.pdf', outcome: 'rejected', reasonCode: 'NotWhole', detail: 'no %%EOF at the end' });
    await tx.addArrival({ ...arrival, name: 'b.pdf', outcome: 'duplicate', reasonCode: null, detail: 'Same content as a flyer.pdf' });
    await tx.addArrival({ ...arrival, name: 'c.pdf', outcome: 'rejected', reasonCode: 'Unreadable', detail: 'EACCES: permission denied' });
  });
  const { items } = await ask<{ items: Arrival[] }>('GET', '/api/arrivals?limit=3');
  const told = new Map(items.map(({ name, details }) => [name, details === null ? null : sentence('de', details)]));
  expect(Object.fromEntries(told)).toEqual({
    'a.pdf': 'am Ende steht kein %%EOF',
    'b.pdf': 'Derselbe Inhalt wie a flyer.pdf',
    'c.pdf': null,
  });
});
