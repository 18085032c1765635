/** Pieces of a job are printed again: a job of its own, that is sent once to the same press, and that no file, ticket or second wish takes for another. */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Job } from '../../shared/job.ts';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { type Floor, filesBelow, openFloor } from './floor.ts';

let floor: Floor;
beforeEach(async () => {
  floor = await openFloor();
  // What lies there for long asks for somebody: not within these tests, however slow the machine is.
  await floor.ask('PATCH', '/hot-folders/1', { lyingAfterMs: 60_000 });
});
afterEach(() => floor.close());

type Problem = { readonly message: string; readonly rule?: string; readonly mayInsist?: boolean };
type Wish = { readonly quantity: number; readonly reason: string; readonly fileIds?: number[]; readonly force?: boolean; actionId: string };

const reprint = ({ id }: Pick<Job, 'id'>, wish: Partial<Wish> = {}) =>
  floor.ask<Job & Problem>('POST', `/jobs/${id}/reprint`, { quantity: 25, reason: 'Spoilt', actionId: 'r1', ...wish });
const say = (id: number, code: string, more: object = {}) =>
  floor.ask('POST', `/jobs/${id}/status`, { code, actionId: `${id} ${code}`, ...more });
const artwork = pdfBytes(1);

/** Job 7001-2 with its ticket, printed, and out of the hot folder. */
async function printed(name = '7001-2 Flyer.pdf'): Promise<Job> {
  const ticket = { order: '7001', job: '2', title: 'Flyer', quantity: 500, customer: { name: 'Ada' }, dueAt: '2030-01-01T10:00:00Z' };
  await floor.ask('POST', '/jobs', { ...ticket, files: [name], attributes: { material: 'Silk' } });
  await floor.drop(name, artwork);
  await floor.untilStatus('7001-2', 'InHotFolder');
  await rm(join(floor.press, name));
  const job = await floor.untilStatus('7001-2', 'InProduction');
  expect((await say(job.id, 'Printed')).status).toBe(200);
  return (await floor.job('7001-2')) ?? job;
}

const delivered = (number: string): Promise<Job> =>
  until(async () => {
    const job = await floor.job(number);
    return job?.deliveries.length === 1 && job.deliveries[0]?.state === 'delivered' ? job : null;
  }, `${number} is delivered`);

it('becomes a job of the same order with its number, history and delivery; the first only says which it is', async () => {
  const first = await printed();
  const { status, body } = await reprint(first);
  expect(status).toBe(201);
  expect(body).toMatchObject({
    number: '7001-2R1',
    order: '7001',
    job: '2R1',
    title: 'Flyer',
    quantity: 25,
    customer: { name: 'Ada' },
    dueAt: first.dueAt,
    attributes: { material: 'Silk' },
    reprintOf: { id: first.id, number: '7001-2' },
    reprints: [],
    missing: [],
  });
  const made = await delivered('7001-2R1');
  expect(await filesBelow(floor.press)).toEqual({ '7001-2 Flyer.pdf': Buffer.from(artwork).toString('latin1') });
  expect(made).toMatchObject({ hotFolder: first.hotFolder, attention: [] });
  expect((await floor.history(made.id))[0]).toMatchObject({
    code: 'Creating',
    actor: 'admin',
    reason: 'Reprint of 7001-2, 25 pieces: Spoilt',
  });
  const after = await floor.job('7001-2');
  const { reprints, lastSeq: _, revision: __, updatedAt: ___, tracks, ...rest } = after ?? first;
  expect(first).toMatchObject(rest);
  expect(tracks).toMatchObject({ production: first.tracks.production });
  expect(reprints).toEqual([{ id: made.id, number: '7001-2R1' }]);
  const told = (await floor.history(first.id)).at(-1);
  expect(told).toMatchObject({ code: 'ActionRun', reason: '25 pieces are printed again as 7001-2R1: Spoilt', data: { reprint: made.id } });
});

it('asked for twice with one action id, at once or after a restart, it is one job that is sent once', async () => {
  const first = await printed();
  const answers = await Promise.all(Array.from({ length: 8 }, () => reprint(first)));
  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  await delivered('7001-2R1');
  await floor.restart();
  expect((await reprint(first)).body.number).toBe('7001-2R1');
  expect(await floor.jobs()).toHaveLength(2);
  expect((await reprint(first, { quantity: 24 })).status).toBe(409);
});

it('two who stand at the same spoilt sheets are told of each other, and may insist', async () => {
  const first = await printed();
  await reprint(first);
  const { status, body } = await reprint(first, { actionId: 'r2' });
  expect([status, body.rule, body.mayInsist]).toEqual([409, 'reprintedAlready', true]);
  expect((await reprint(first, { actionId: 'r3', force: true })).body.number).toBe('7001-2R2');
  expect((await floor.job('7001-2'))?.reprints.map(({ number }) => number)).toEqual(['7001-2R1', '7001-2R2']);
});

it('a reprint that is spoilt is printed again as the next reprint of what was ordered', async () => {
  const first = await printed();
  const made = (await reprint(first)).body;
  await rm(join(floor.press, (await delivered('7001-2R1')).deliveries[0]?.name ?? ''));
  await floor.untilStatus('7001-2R1', 'InProduction');
  const second = (await reprint(made, { actionId: 'r2', quantity: 3 })).body;
  expect(second).toMatchObject({ number: '7001-2R2', quantity: 3, reprintOf: { id: made.id, number: '7001-2R1' } });
});

it('what comes later for the order finds the first job: the same file, a new version, a ticket', async () => {
  const first = await printed();
  const made = (await reprint(first)).body;
  await delivered('7001-2R1');
  await floor.drop('7001-2 Flyer.pdf', artwork);
  await until(async () => (await floor.arrivals('duplicate')).length === 1, 'it came again');
  expect((await floor.arrivals('duplicate'))[0]?.jobId).toBe(first.id);
  await floor.drop('Flyer.pdf', artwork);
  await until(async () => (await floor.arrivals()).filter(({ name }) => name === 'Flyer.pdf').length === 1, 'it came under another name');
  expect((await floor.arrivals()).find(({ name }) => name === 'Flyer.pdf')?.jobId).not.toBe(made.id);
  await floor.drop('t.json', '{"order":"7001","job":"2","quantity":600}');
  await until(async () => (await floor.job('7001-2'))?.quantity === 600, 'the ticket is read');
  await floor.drop('7001-2 Flyer v2.pdf', pdfBytes(2));
  await until(async () => (await floor.arrivals('newVersion')).length === 1, 'a new version came');
  expect((await floor.arrivals('newVersion'))[0]?.jobId).toBe(first.id);
  expect(await floor.job('7001-2R1')).toMatchObject({ quantity: 25, files: [{ version: 1 }], deliveries: [{ state: 'delivered' }] });
});

it('a correction that waits for a person is not printed as a reprint of what was printed before', async () => {
  const first = await printed();
  await floor.drop('7001-2 Flyer v2.pdf', pdfBytes(2));
  await until(async () => (await floor.job('7001-2'))?.files.some(({ version }) => version === 2), 'it is on record');
  const refused = await reprint(first);
  expect(refused).toMatchObject({
    status: 422,
    body: { message: expect.stringContaining('a newer version came that no printer has had') },
  });
  expect((await floor.job('7001-2'))?.reprints).toEqual([]);
});

it('lies beside the first in the hot folder under a name of its own', async () => {
  const first = await printed();
  await floor.ask('PATCH', '/hot-folders/1', { takenAfterMs: 60_000 });
  expect((await floor.ask('POST', `/jobs/${first.id}/deliver`, { reason: 'again', actionId: 'd' })).status).toBe(200);
  await until(async () => (await filesBelow(floor.press))['7001-2 Flyer.pdf'] !== undefined, 'the first lies there again');
  expect((await reprint(first)).status).toBe(201);
  await delivered('7001-2R1');
  expect(Object.keys(await filesBelow(floor.press)).sort()).toEqual(['7001-2 Flyer (7001-2R1).pdf', '7001-2 Flyer.pdf']);
});

it('goes to the press that had the first, whatever the rules say by now', async () => {
  const first = await printed();
  const path = join(floor.places.hotFolders, 'press-2');
  await mkdir(path);
  const other = await floor.addFolder({ name: 'press-2', path });
  const [rule] = await floor.rules();
  await floor.ask('PATCH', `/rules/${rule?.id}`, { hotFolderId: other.id });
  await reprint(first);
  expect((await delivered('7001-2R1')).hotFolder).toBe('press-1');
});

it('carries the number web-to-print knows where the names are its contract', async () => {
  await floor.ask('PATCH', '/hot-folders/1', { contract: true, template: '{letter}_{order}_{job}_{title}' });
  await floor.drop('A_7001_2_Flyer.pdf', artwork);
  const first = await floor.untilStatus('7001-2', 'InHotFolder');
  await rm(join(floor.press, 'A_7001_2_Flyer.pdf'));
  await floor.untilStatus('7001-2', 'InProduction');
  expect((await reprint(first)).status).toBe(201);
  expect((await delivered('7001-2R1')).deliveries[0]?.name).toBe('A_7001_2_Flyer.pdf');
});

it('of a job we had to number keeps its number, and says of which job it is when a ticket names that', async () => {
  await floor.drop('menu.pdf', artwork);
  const [first] = await until(async () => ((await floor.jobs())[0]?.status === 'InHotFolder' ? await floor.jobs() : null), 'it is sent');
  await rm(join(floor.press, 'menu.pdf'));
  await floor.untilStatus('PF000001-1', 'InProduction');
  if (first === undefined) throw new Error('there is no job');
  const made = (await reprint(first)).body;
  expect(made.number).toBe('PF000001-1R1');
  await delivered('PF000001-1R1');
  await floor.drop('t.json', '{"order":"4001","files":["menu.pdf"]}');
  await until(async () => (await floor.job('4001-1'))?.id === first.id, 'the ticket is its');
  expect(await floor.job('PF000001-1R1')).toMatchObject({
    reprintOf: { id: first.id, number: '4001-1' },
    deliveries: [{ state: 'delivered' }],
  });
  expect(await floor.jobs()).toHaveLength(2);
});

it('is refused in words where it makes no sense, and leaves nothing behind', async () => {
  await floor.ask('POST', '/jobs', { order: '7001', job: '9', files: ['late.pdf'] });
  const waiting = await floor.job('7001-9');
  await floor.drop('7001-3 Card.pdf', pdfBytes(3));
  const lying = await floor.untilStatus('7001-3', 'InHotFolder');
  const first = await printed();
  const refused = async (job: Job | undefined, wish: Partial<Wish> = {}) => {
    const { status, body } = await reprint(job ?? first, { actionId: `${Math.random()}`, ...wish });
    return [status, body.rule ?? body.message];
  };
  expect(await refused(waiting)).toEqual([422, '7001-9 has no print file.']);
  expect(await refused(lying)).toEqual([422, 'reprintNotBegun']);
  for (const quantity of [0, -1, 1_000_001])
    expect(await refused(first, { quantity })).toEqual([400, 'A reprint is of 1 to 1,000,000 pieces.']);
  expect(await refused(first, { quantity: 501 })).toEqual([422, 'reprintMore']);
  expect(await refused(first, { fileIds: [9999] })).toEqual([400, '7001-2 has no current file 9999.']);
  expect((await say(first.id, 'Blocked', { reason: 'wrong paper', force: true })).status).toBe(200);
  expect(await refused(first)).toEqual([422, 'blocked']);
  expect(await floor.jobs()).toHaveLength(3);
  expect((await floor.job('7001-2'))?.reprints).toEqual([]);
});
