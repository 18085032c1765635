/** A job whose files became another's: whatever still comes for it comes to that one, and nobody is left with an empty shell. */
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Arrival } from '../../shared/api.ts';
import type { Job } from '../../shared/job.ts';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { type Floor, openFloor } from './floor.ts';

let floor: Floor;
beforeEach(async () => {
  floor = await openFloor();
  // What lies there for long asks for somebody: not within these tests, however slow the machine is.
  await floor.ask('PATCH', '/hot-folders/1', { lyingAfterMs: 60_000 });
});
afterEach(() => floor.close());

type Problem = { message: string; whatToDo: string; rule?: string };

const askedOnce = () => until(async () => (await floor.arrivals('asked'))[0] ?? null, 'it is asked');
const answer = (id: number, jobId: number | 'new') =>
  floor.ask<Arrival & Problem>('POST', `/arrivals/${id}/answer`, { jobId, actionId: `answer ${id} ${jobId}` });

/** Two jobs that their files began; a ticket then said that both are one. Answers that job, and the one it emptied. */
async function joined(): Promise<{ whole: Job; shell: Job }> {
  await floor.drop('cover.pdf', pdfBytes(1));
  await until(async () => (await floor.jobs())[0]?.status === 'InHotFolder', 'the first is sent');
  await floor.drop('inside.pdf', pdfBytes(2));
  await until(async () => (await floor.jobs()).filter(({ status }) => status === 'InHotFolder').length === 2, 'both are sent');
  await floor.drop('t.json', '{"order":"4001","files":["cover.pdf","inside.pdf"]}');
  const shell = await until(async () => (await floor.jobs()).find(({ custom }) => custom === 'Joined') ?? null, 'one is part of the other');
  const whole = await floor.job('4001-1');
  if (whole === undefined) throw new Error('the ticket has no job');
  expect(shell).toMatchObject({ number: 'PF000002-1', partOf: whole.id });
  return { whole, shell };
}

async function upload(id: number, name: string, content: Uint8Array): Promise<Job> {
  const sent = await fetch(`${floor.hub().url}/api/jobs/${id}/files?name=${name}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${floor.hub().token}` },
    body: Buffer.from(content),
  });
  expect(sent.status).toBe(201);
  return (await sent.json()) as Job;
}

it('a file that is sent to it by its id, or by its number, is a file of the whole', async () => {
  const { whole, shell } = await joined();
  expect((await upload(shell.id, 'back.pdf', pdfBytes(3))).number).toBe(whole.number);
  await floor.drop(`${shell.number} spine.pdf`, pdfBytes(4));
  const job = await until(async () => {
    const found = await floor.job(whole.number);
    return found?.files.length === 4 && found.deliveries.every(({ state }) => state === 'delivered') ? found : null;
  }, 'both are its files, and are sent');
  expect(job.attention).toEqual([]);
  expect(await floor.jobs()).toHaveLength(2);
  expect((await floor.job(shell.number))?.files).toEqual([]);
});

it('a ticket that names its number speaks of the whole', async () => {
  const { whole } = await joined();
  await floor.drop('u.json', '{"order":"PF000002","files":["back.pdf"]}');
  await until(async () => (await floor.job(whole.number))?.missing.includes('back.pdf'), 'it waits for one more');
  expect(await floor.jobs()).toHaveLength(2);
});

it('what is wished of it is refused, and says which job to go to', async () => {
  const { whole, shell } = await joined();
  const wishes = [
    ['status', { code: 'Blocked', reason: 'wrong paper', actionId: 'a' }],
    ['status', { code: 'Printed', actionId: 'b' }],
    ['deliver', { reason: 'again', actionId: 'c' }],
    ['undo', { seq: (await floor.history(shell.id))[0]?.seq, actionId: 'd' }],
  ] as const;
  for (const [kind, wish] of wishes) {
    const { status, body } = await floor.ask<Problem>('POST', `/jobs/${shell.id}/${kind}`, wish);
    expect([status, body.message]).toEqual([422, `This job is part of ${whole.number} by now.`]);
  }
});

it('an open question about it is about the whole: the file goes there, and so does the attention', async () => {
  await floor.drop('cover.pdf', pdfBytes(1));
  await until(async () => (await floor.jobs())[0]?.status === 'InHotFolder', 'the first is sent');
  await floor.drop('inside.pdf', pdfBytes(2));
  await until(async () => (await floor.jobs()).filter(({ status }) => status === 'InHotFolder').length === 2, 'both are sent');
  await floor.drop('inside_v2.pdf', pdfBytes(3));
  const asked = await askedOnce();
  expect(asked.question?.candidates.map(({ number }) => number)).toEqual(['PF000002-1']);
  await floor.drop('t.json', '{"order":"4001","files":["cover.pdf","inside.pdf"]}');
  const whole = await until(async () => {
    const job = await floor.job('4001-1');
    return job?.files.length === 2 ? job : null;
  }, 'both are its files');
  expect(whole.attention.map(({ code }) => code)).toEqual(['WhoseFile']);
  const [now] = await floor.arrivals('asked');
  expect(now?.question?.candidates.map(({ jobId, number }) => [jobId, number])).toEqual([[whole.id, '4001-1']]);
  // Whoever still has the old list on the screen means the same job.
  const [shell] = asked.question?.candidates ?? [];
  expect((await answer(asked.id, shell?.jobId ?? 0)).body).toMatchObject({ jobId: whole.id });
  const settled = await floor.job('4001-1');
  expect(settled?.files.map(({ name, version }) => [name, version])).toContainEqual(['inside_v2.pdf', 2]);
  expect(settled?.attention.map(({ code }) => code)).not.toContain('WhoseFile');
});

it('a ticket that waits for an answer cannot become an order upon the emptied job', async () => {
  await floor.drop('menu.pdf', pdfBytes(1));
  await until(async () => (await floor.jobs())[0]?.status === 'InHotFolder', 'the first is sent');
  await floor.drop('menu.pdf', pdfBytes(2));
  await until(async () => (await floor.jobs()).filter(({ status }) => status === 'InHotFolder').length === 2, 'two of one name are sent');
  await floor.drop('a.json', '{"order":"4001","files":["menu.pdf"]}');
  const first = await askedOnce();
  await floor.drop('b.json', '{"order":"4002","files":["menu.pdf"]}');
  const second = await until(async () => (await floor.arrivals('asked')).find(({ id }) => id !== first.id) ?? null, 'the other is asked');
  const { body: made } = await floor.ask<Job>('POST', '/jobs', { order: '4003', files: ['menu.pdf'] });
  const third = await until(
    async () => (await floor.arrivals('asked')).find(({ id }) => id !== first.id && id !== second.id) ?? null,
    'the third is asked',
  );
  const taken = await floor.job('PF000001-1');
  expect((await answer(third.id, taken?.id ?? 0)).body).toMatchObject({ jobId: made.id });
  const left = (await floor.arrivals('asked')).map(({ question }) => question?.candidates.map(({ number }) => number));
  expect(left).toEqual([['PF000002-1'], ['PF000002-1']]);
  const { status, body } = await answer(first.id, taken?.id ?? 0);
  expect([status, body.message]).toEqual([422, '4003-1 has a number of its own.']);
  expect(await floor.job('4001-1')).toBeUndefined();
  expect((await floor.job('PF000001-1'))?.attention).toEqual([]);
});

const wholeWith = (number: string, files: number): Promise<Job> =>
  until(async () => {
    const job = await floor.job(number);
    return job?.files.length === files ? job : null;
  }, `${number} has ${files} files`);

it('what somebody had said against sending its file holds for the whole', async () => {
  await floor.ask('PATCH', '/hot-folders/1', { paused: true });
  // What comes after a refusal asks again: the other file is news to whoever refused the first, unless it was there before they became one.
  for (const [order, code, first, asks] of [
    ['4101', 'Blocked', 'ticket', 'Blocked'],
    ['4102', 'Rejected', 'ticket', 'ApprovalJobUpdated'],
    ['4103', 'Blocked', 'file', 'Blocked'],
    ['4104', 'Rejected', 'file', 'Rejected'],
  ] as const) {
    await floor.drop(`${order} a.pdf`, pdfBytes(Number(order)));
    const made = await until(
      async () => (await floor.jobs()).find(({ files }) => files[0]?.name === `${order} a.pdf`) ?? null,
      'it is a job',
    );
    await floor.ask('POST', `/jobs/${made.id}/status`, { code, reason: 'wrong logo', actionId: `stop ${order}` });
    await floor.ask('POST', '/jobs', { order, files: [`${order} b.pdf`] });
    const come = {
      ticket: () => floor.drop(`${order}.json`, JSON.stringify({ order, files: [`${order} a.pdf`] })),
      file: () => floor.drop(`${order} b.pdf`, pdfBytes(Number(order) + 10)),
    };
    await come[first]();
    await wholeWith(`${order}-1`, 1);
    await come[first === 'ticket' ? 'file' : 'ticket']();
    const whole = await wholeWith(`${order}-1`, 2);
    expect(whole.attention.map((one) => one.code)).toContain(asks);
    const said = (await floor.history(whole.id)).find((event) => event.code === code);
    expect(said).toMatchObject({ actor: 'admin', reason: 'wrong logo' });
  }
  await floor.ask('PATCH', '/hot-folders/1', { paused: false });
  await floor.drop('9-9 other.pdf', pdfBytes(99));
  await until(async () => (await floor.job('9-9'))?.status === 'InHotFolder', 'something else goes');
  for (const number of ['4101-1', '4102-1', '4103-1', '4104-1'])
    expect((await floor.job(number))?.deliveries.every(({ deliveredAt }) => deliveredAt === null)).toBe(true);
});

it('what is still to be done for it, and cannot be, is told of on the whole', async () => {
  const { whole, shell } = await joined();
  await floor.restart(() => {
    const record = new Database(floor.places.database);
    record
      .prepare("insert into task (kind, subject, job_id, due_at, tries, created_at) values ('of tomorrow', 'x', ?, 0, 0, 0)")
      .run(shell.id);
    record.close();
  });
  const asks = async (): Promise<boolean> => (await floor.job(whole.number))?.attention.some(({ code }) => code === 'UnknownTask') === true;
  await until(asks, 'the whole asks');
});
