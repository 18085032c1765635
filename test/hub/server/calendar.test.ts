/** The work calendar of the shop over HTTP: when jobs are to be ready by it, which are late, and what of a calendar is refused. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startHours } from '../../../electron/hub/server/hours.ts';
import { startLive } from '../../../electron/hub/server/live.ts';
import { countsSchema, healthSchema, settingsSchema } from '../../../shared/api.ts';
import { jobSchema } from '../../../shared/job.ts';
import { ticketSchema } from '../../../shared/ticket.ts';
import { alwaysOpen, type WorkCalendar } from '../../../shared/work-calendar.ts';
import { type Bed, startBed } from './bed.ts';

/** A Saturday. */
let now = Date.parse('2026-11-28T10:00:00Z');
let bed: Bed;
beforeAll(async () => {
  bed = await startBed({ now: () => now });
  expect((await change({ timeZone: 'Europe/Berlin' })).status).toBe(200);
});
afterAll(() => bed.stop());

const change = (body: unknown) => bed.call('PATCH', '/api/settings', body);
const get = async (route: string) => (await bed.call('GET', route, undefined, bed.stationToken)).body;
const job = async (id: number) => jobSchema.parse(await get(`/api/jobs/${id}`));
const counts = async () => countsSchema.parse(await get('/api/counts'));
const workday = { from: '08:00', to: '18:00' };
const office: WorkCalendar = {
  days: { mon: workday, tue: workday, wed: workday, thu: workday, fri: workday, sat: null, sun: null },
  closed: [{ day: '2026-12-25', name: 'Christmas' }],
};

async function addDue(order: string, dueAt: string | null): Promise<number> {
  const id = await bed.addJob(order);
  await bed.store.write((tx) => tx.describeJob(id, ticketSchema.parse({ order, job: '1', ...(dueAt !== null && { dueAt }) }), now));
  await bed.record(id, 'Ordered');
  return id;
}

test('a job that is due on Sunday is to be ready on Friday as soon as the shop says when it works, and late when that is over', async () => {
  const [sunday, monday, never] = [
    await addDue('1', '2026-11-29T10:00:00Z'),
    await addDue('2', '2026-11-30T12:00:00Z'),
    await addDue('3', null),
  ];
  expect(await job(sunday)).toMatchObject({ dueAt: '2026-11-29T10:00:00.000Z', readyBy: '2026-11-29T10:00:00.000Z' });
  expect(await counts()).toMatchObject({ late: 0 });

  expect((await change({ calendar: office })).status).toBe(200);
  expect(await job(sunday)).toMatchObject({ dueAt: '2026-11-29T10:00:00.000Z', readyBy: '2026-11-27T17:00:00.000Z' });
  expect(await job(monday)).toMatchObject({ readyBy: '2026-11-30T12:00:00.000Z' });
  expect(await job(never)).toMatchObject({ dueAt: null, readyBy: null });
  const listed = (await get('/api/jobs?order=urgent')) as { items: unknown[] };
  expect(listed.items.map((item) => jobSchema.parse(item).readyBy)).toEqual(['2026-11-27T17:00:00.000Z', '2026-11-30T12:00:00.000Z', null]);
  expect(await counts()).toMatchObject({ late: 1 });
  expect(healthSchema.parse(await get('/api/health'))).toMatchObject({
    // What a closed day is called is for who sets it.
    calendar: { days: office.days, closed: [{ day: '2026-12-25' }] },
    wellSince: null,
  });

  expect(JSON.stringify(await get('/api/health'))).not.toContain('Christmas');
  const said = await bed.call('POST', `/api/jobs/${sunday}/status`, { code: 'Blocked', reason: 'Paper', actionId: 'block-1' });
  expect(said.body).toMatchObject({ job: { readyBy: '2026-11-27T17:00:00.000Z' } });

  now = Date.parse('2026-11-30T11:59:00Z');
  expect(await counts()).toMatchObject({ late: 0 });
  now = Date.parse('2026-11-30T12:00:01Z');
  expect(await counts()).toMatchObject({ late: 1 });
  // By another zone it closed sooner.
  expect((await change({ timeZone: 'Asia/Tokyo' })).status).toBe(200);
  expect(await job(sunday)).toMatchObject({ readyBy: '2026-11-27T09:00:00.000Z' });
  expect((await change({ calendar: alwaysOpen })).status).toBe(200);
  expect(await job(sunday)).toMatchObject({ readyBy: '2026-11-29T10:00:00.000Z' });
});

test('a calendar that cannot be is refused in a sentence, and what somebody else has changed is not overwritten', async () => {
  const refused = async (calendar: unknown) => {
    const { status, body } = await change({ calendar });
    return [status, (body as { fields?: unknown }).fields, (body as { message: string }).message];
  };
  const with_ = (mon: unknown) => ({ ...office, days: { ...office.days, mon } });
  expect(await refused(with_({ from: '18:00', to: '08:00' }))).toEqual([
    400,
    ['calendar'],
    expect.stringContaining('Monday: it closes at 08:00, which is not after 18:00.'),
  ]);
  const none = Object.fromEntries(Object.keys(office.days).map((day) => [day, null]));
  expect(await refused({ days: none, closed: [] })).toEqual([400, ['calendar'], expect.stringContaining('open on no day')]);
  expect(await refused({ ...office, closed: [{ day: '2026-02-30' }] })).toEqual([
    400,
    ['calendar'],
    expect.stringContaining('"2026-02-30" is no date'),
  ]);
  expect((await change({ calendar: { days: office.days } })).status).toBe(400);
  const tooMany = Array.from({ length: 301 }, (_, day) => ({ day: new Date(day * 86_400_000).toISOString().slice(0, 10) }));
  expect((await change({ calendar: { ...office, closed: tooMany } })).status).toBe(400);

  expect((await change({ calendar: office, seen: { calendar: alwaysOpen } })).status).toBe(200);
  expect(await change({ calendar: alwaysOpen, seen: { calendar: alwaysOpen } })).toMatchObject({
    status: 409,
    body: { fields: ['calendar'] },
  });
  expect(settingsSchema.parse((await bed.call('GET', '/api/settings')).body).calendar).toEqual(office);
  expect(settingsSchema.parse((await bed.call('GET', '/api/settings/defaults')).body).calendar).toEqual(alwaysOpen);
});

test('screens that are open are told at once how many are late by another calendar', async () => {
  now = Date.parse('2026-12-24T18:00:00Z');
  await change({ timeZone: 'Europe/Berlin', calendar: alwaysOpen });
  const id = await addDue('4', '2026-12-25T10:00:00Z');
  const hours = await startHours(bed.store);
  const live = startLive(
    bed.store,
    bed.doubles.hotFolders,
    (error) => expect.fail(String(error)),
    undefined,
    () => now,
    hours,
  );
  const leave = new AbortController();
  const pushes = live.follow(undefined, leave.signal, () => Promise.resolve());
  const next = async () => (await pushes.next()).value;
  const { counts: before } = (await next()) ?? {};
  await change({ calendar: office });
  const push = await next();
  expect(push).toMatchObject({ settings: true, counts: { late: (before?.late ?? 0) + 1 } });
  await bed.record(id, 'Blocked');
  expect((await next())?.jobs).toMatchObject([{ id, dueAt: '2026-12-25T10:00:00.000Z', readyBy: '2026-12-24T17:00:00.000Z' }]);
  leave.abort();
  live.stop();
  hours.stop();
});
