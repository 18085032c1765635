import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemSchema } from '../../../shared/api.ts';
import { jobSchema } from '../../../shared/job.ts';
import { type Bed, startBed } from './bed.ts';

let bed: Bed;
beforeAll(async () => {
  bed = await startBed();
});
afterAll(() => bed.stop());

describe('jobs over HTTP', () => {
  test('a ticket makes a job, and the job can be read, listed and asked for its history', async () => {
    const made = await bed.call('POST', '/api/jobs', { order: 1001, job: '2', title: 'Flyer' });
    expect(made.status).toBe(201);
    const job = jobSchema.parse(made.body);
    expect(job.number).toBe('1001-2');
    await bed.record(job.id, 'Ordered');
    expect(await bed.call('GET', `/api/jobs/${job.id}`)).toMatchObject({ status: 200, body: { id: job.id, status: 'Ordered' } });
    expect(await bed.call('GET', '/api/jobs?q=flyer&attention=false&limit=5')).toMatchObject({
      status: 200,
      body: { items: [{ id: job.id }], next: null },
    });
    expect(await bed.call('GET', `/api/jobs/${job.id}/history`)).toMatchObject({ status: 200, body: { items: [{ code: 'Ordered' }] } });
    expect(bed.asked).toContain('acceptTicket 1001 by admin');
  });

  test('the same action id gets the same answer and makes one event', async () => {
    const id = await bed.addJob('2001');
    const body = { code: 'Approved', actionId: 'scan-0001' };
    const answers = await Promise.all([1, 2, 3].map(() => bed.call('POST', `/api/jobs/${id}/status`, body, bed.stationToken)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 200, body: { event: { code: 'Approved', actor: 'station Press 1', station: 'Press 1' } } });
    expect(await bed.store.read.history(id)).toHaveLength(1);
  });

  test('a delivery needs a reason and goes to the flow', async () => {
    const id = await bed.addJob('2002');
    expect(await bed.call('POST', `/api/jobs/${id}/deliver`, { reason: 'Jam', actionId: 'deliver-1' })).toMatchObject({
      status: 200,
      body: { id },
    });
    expect(bed.asked).toContain(`requestDelivery ${id} Jam by admin`);
    expect(await bed.call('POST', `/api/jobs/${id}/deliver`, { actionId: 'deliver-2' })).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('"reason"') },
    });
  });
});

describe('setting up over HTTP', () => {
  test('a change of a hot folder keeps what it does not name', async () => {
    const made = await bed.call('POST', '/api/hot-folders', { name: 'Press 1', path: '/hot/1', types: ['pdf', 'tif'] });
    expect(made).toMatchObject({ status: 201, body: { id: 1, types: ['pdf', 'tif'] } });
    expect(await bed.call('PATCH', '/api/hot-folders/1', { paused: true })).toMatchObject({
      status: 200,
      body: { paused: true, types: ['pdf', 'tif'] },
    });
    expect(bed.asked).toContain('update 1 {"paused":true}');
    expect(await bed.call('DELETE', '/api/hot-folders/1')).toMatchObject({ status: 200, body: { ok: true } });
    expect((await bed.call('PATCH', '/api/hot-folders/1', { paused: true })).status).toBe(404);
  });

  test('a rule must point to a hot folder there is', async () => {
    expect(await bed.call('POST', '/api/rules', { name: 'All', hotFolderId: 77 })).toMatchObject({
      status: 400,
      body: { code: 'BAD_REQUEST', message: expect.stringContaining('77') },
    });
    expect(await bed.store.read.nextTaskAt()).toBeNull();
    const made = await bed.call('POST', '/api/rules', { name: 'Banners', conditions: { product: ['banner*'] }, hotFolderId: null });
    expect(made).toMatchObject({ status: 201, body: { name: 'Banners' } });
    const rule = made.body as { id: number };
    // In the same transaction: dies the hub now, the jobs that wait for a rule are tried all the same.
    expect(await bed.store.read.nextTaskAt()).not.toBeNull();
    expect(await bed.call('PATCH', `/api/rules/${rule.id}`, { name: 'Big ones' })).toMatchObject({
      status: 200,
      body: { name: 'Big ones', conditions: { product: ['banner*'] } },
    });
    expect(await bed.call('DELETE', `/api/rules/${rule.id}`)).toMatchObject({ status: 200 });
    expect((await bed.call('GET', `/api/rules/${rule.id}`)).status).toBe(404);
  });

  test('a condition nobody knows, as one that is spelled wrong, makes no rule: without it, it was one for every job', async () => {
    const typo = { name: 'Posters', conditions: { products: ['poster*'] }, hotFolderId: null };
    expect(await bed.call('POST', '/api/rules', typo)).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('products') },
    });
    const made = await bed.call('POST', '/api/rules', { ...typo, conditions: { product: ['poster*'] } });
    const { id } = made.body as { id: number };
    expect((await bed.call('PATCH', `/api/rules/${id}`, { conditions: { products: ['poster*'] } })).status).toBe(400);
    expect(await bed.call('GET', `/api/rules/${id}`)).toMatchObject({ body: { conditions: { product: ['poster*'] } } });
    expect((await bed.call('DELETE', `/api/rules/${id}`)).status).toBe(200);
  });

  test('new incoming folders are watched; health tells of them, and the data folder only to the admin', async () => {
    expect((await bed.call('PATCH', '/api/settings', { incoming: [{ path: '/in', location: 'local' }] })).status).toBe(200);
    expect(bed.asked).toContain('watch /in');
    expect(await bed.call('GET', '/api/health')).toMatchObject({
      status: 200,
      body: { ok: true, version: '0.0.0-test', data: bed.folder, watching: [{ path: '/in' }] },
    });
    expect(await bed.call('GET', '/api/health', undefined, bed.stationToken)).toMatchObject({ status: 200, body: { data: '' } });
  });

  test('a new station gets a token that works until the station is removed', async () => {
    const made = await bed.call('POST', '/api/stations', { name: 'Packing' });
    expect(made.status).toBe(201);
    const { id, token } = made.body as { id: number; token: string };
    expect((await bed.call('GET', '/api/counts', undefined, token)).status).toBe(200);
    expect((await bed.call('POST', '/api/stations', { name: 'packing' })).status).toBe(409);
    expect((await bed.call('DELETE', `/api/stations/${id}`)).status).toBe(200);
    expect((await bed.call('GET', '/api/counts', undefined, token)).status).toBe(401);
    expect(JSON.stringify(await bed.call('GET', '/api/stations'))).not.toContain(token);
  });
});

describe('every error has the one shape', () => {
  const cases: { what: string; ask: () => Promise<{ status: number; body: unknown }>; status: number; says?: RegExp }[] = [
    { what: 'an unknown route', ask: () => bed.call('GET', '/api/nothing'), status: 404, says: /GET \/api\/nothing/ },
    { what: 'an unknown job', ask: () => bed.call('GET', '/api/jobs/999999'), status: 404, says: /999999/ },
    { what: 'an id that is no number', ask: () => bed.call('GET', '/api/jobs/seven'), status: 400, says: /"id"/ },
    {
      what: 'a field of the wrong type',
      ask: () => bed.call('POST', '/api/jobs', { order: '1', quantity: 'many' }),
      status: 400,
      says: /"quantity" is wrong: expected number, received string/,
    },
    ...['2026-11-31', 5, 'soon'].map((dueAt) => ({
      what: `a date that is none: ${dueAt}`,
      ask: () => bed.call('POST', '/api/jobs', { order: '1', dueAt }),
      status: 400,
      says: /"dueAt" is wrong: must be a date such as 2026-11-24/,
    })),
    {
      what: 'an attribute that is a list',
      ask: () => bed.call('POST', '/api/jobs', { order: '1', attributes: { size: ['A4'] } }),
      status: 400,
      says: /"attributes.size" is wrong: must be text, a number/,
    },
    { what: 'an unknown field', ask: () => bed.call('POST', '/api/jobs', { order: '1', quantitty: 5 }), status: 400, says: /quantitty/ },
    { what: 'a body that is no object', ask: () => bed.call('POST', '/api/jobs', [1]), status: 400 },
    {
      what: 'a move that makes no sense now',
      ask: () => bed.call('POST', '/api/jobs/1/status', { code: 'Shipped', actionId: 'error-case-1' }),
      status: 422,
      says: /not printed yet/,
    },
    { what: 'no token', ask: () => bed.call('GET', '/api/health', undefined, null), status: 401 },
    { what: 'a station that may not', ask: () => bed.call('PATCH', '/api/settings', {}, bed.stationToken), status: 403 },
    { what: 'a body over 1 MB', ask: () => bed.call('POST', '/api/jobs', { order: '1', notes: 'x'.repeat(1_100_000) }), status: 413 },
    {
      what: 'a setting that does not exist',
      ask: () => bed.call('PATCH', '/api/settings', { settleMS: 5 }),
      status: 400,
      says: /settleMS/,
    },
    {
      what: 'what came after an event that never was',
      ask: () => bed.call('GET', '/api/events?since=99999999'),
      status: 409,
      says: /another record/,
    },
    { what: 'a page that is not there', ask: () => bed.call('GET', '/nowhere.js'), status: 404 },
  ];
  test.each(cases)('$what', async ({ ask, status, says }) => {
    const answer = await ask();
    expect(answer.status).toBe(status);
    expect(Object.keys(problemSchema.strict().parse(answer.body))).toHaveLength(5);
    if (says !== undefined) expect(problemSchema.parse(answer.body).message).toMatch(says);
  });

  test('broken JSON, and what is not JSON at all', async () => {
    const send = async (type: string, body: string) => {
      const answer = await fetch(`${bed.url}/api/jobs`, {
        method: 'POST',
        body,
        headers: { authorization: `Bearer ${bed.adminToken}`, 'content-type': type },
      });
      return { status: answer.status, problem: problemSchema.parse(await answer.json()) };
    };
    expect(await send('application/json', '{"order":"1","order":"2"}')).toMatchObject({
      status: 400,
      problem: { message: 'The body says "order" twice.' },
    });
    expect(await send('application/json', '{"order": ')).toMatchObject({ status: 400, problem: { message: 'The body is not JSON.' } });
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
      expect((await send(type, '{"order":"1"}')).status).toBe(415);
  });

  test('a bug is told as one, without its inside, and reported', async () => {
    const answer = await bed.call('POST', '/api/jobs/1/status', { code: 'Nothing', actionId: 'error-case-2' });
    expect(answer.status).toBe(500);
    expect(problemSchema.parse(answer.body).code).toBe('INTERNAL_SERVER_ERROR');
    expect(JSON.stringify(answer.body)).not.toMatch(/secret|stack|Error:/);
    expect(bed.reported.map(String)).toEqual(['Error: a bug with a secret inside']);
  });
});
