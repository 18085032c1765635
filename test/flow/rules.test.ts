import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { type Floor, filesBelow, openFloor } from './floor.ts';

let floor: Floor;
let actions = 0;
beforeEach(async () => {
  floor = await openFloor();
});
afterEach(() => floor.close());

type Answer = { message: string; mayInsist?: boolean; rule?: string; by?: string; at?: string; already?: boolean; event: { seq: number } };
const say = (id: number, what: object) => floor.ask<Answer>('POST', `/jobs/${id}/status`, { ...what, actionId: `action-${actions++}` });
const pause = (paused: boolean) => floor.ask('PATCH', '/hot-folders/1', { paused });
/** Something else goes through after it, so that what was to go has gone. */
async function sendAnother(): Promise<void> {
  await floor.drop('9-9 other.pdf', pdfBytes(99));
  await floor.untilStatus('9-9', 'InHotFolder');
}

async function queued() {
  await pause(true);
  await floor.drop('1-1 a.pdf', pdfBytes(1));
  return await floor.untilStatus('1-1', 'OutputCreated');
}

describe('a job that waits in the queue', () => {
  it('and is rejected is not delivered; approved after all it goes', async () => {
    const job = await queued();
    expect((await say(job.id, { code: 'Rejected', reason: 'wrong logo' })).status).toBe(200);
    await pause(false);
    await sendAnother();
    expect(Object.keys(await filesBelow(floor.press))).toEqual(['9-9 other.pdf']);
    expect((await say(job.id, { code: 'Approved' })).status).toBe(200);
    await floor.untilStatus('1-1', 'InHotFolder');
  });

  it('and is said to be printed is not printed a second time; said so by mistake it goes', async () => {
    const job = await queued();
    const { body } = await say(job.id, { code: 'Printed' });
    await pause(false);
    await sendAnother();
    expect(Object.keys(await filesBelow(floor.press))).toEqual(['9-9 other.pdf']);
    const undone = await floor.ask<{ comesTo: { words: string } }>('POST', `/jobs/${job.id}/undo`, {
      seq: body.event.seq,
      actionId: 'undo-1',
    });
    expect(undone.body.comesTo.words).toBe('back to: Print files ready');
    await floor.untilStatus('1-1', 'InHotFolder');
  });
});

describe('a job that somebody made by hand', () => {
  it('asks before it sends a file that comes later', async () => {
    await floor.ask('POST', '/jobs', { order: '6', files: ['6.pdf'] });
    const [made] = await floor.jobs();
    await say(made?.id ?? 0, { code: 'Printed' });
    await floor.drop('6.pdf', pdfBytes(6));
    await until(async () => (await floor.job('6-1'))?.attention.some(({ code }) => code === 'MadeByHand'), 'it asks');
    await sendAnother();
    expect(Object.keys(await filesBelow(floor.press))).toEqual(['9-9 other.pdf']);
    expect((await floor.ask('POST', `/jobs/${made?.id}/deliver`, { reason: 'that one too', actionId: 'send-6' })).status).toBe(200);
    expect((await floor.untilStatus('6-1', 'InHotFolder')).attention).toEqual([]);
  });
});

describe('an order that is not approved', () => {
  it('is sent by no station, and says why; approved it goes at once, and no ticket pulls it back', async () => {
    const ticket = { order: '5', approval: 'required', files: ['5.pdf'] };
    await floor.ask('POST', '/jobs', ticket);
    await floor.drop('5.pdf', pdfBytes(5));
    const job = await until(async () => {
      const found = await floor.job('5-1');
      return found?.tracks.output?.code === 'OutputCreated' ? found : null;
    }, 'its file is on record');
    expect(await floor.ask('POST', `/jobs/${job.id}/deliver`, { reason: 'hurry', actionId: 'send-1' })).toMatchObject({
      status: 422,
      body: { rule: 'sendUnordered', mayInsist: false },
    });
    await say(job.id, { code: 'Approved' });
    await floor.untilStatus('5-1', 'InHotFolder');
    await floor.ask('POST', '/jobs', ticket);
    expect((await floor.job('5-1'))?.tracks.intake?.code).toBe('Ordered');
  });
});

describe('over the contract', () => {
  it('a refusal says whether one may insist, a repeated status that it stands already, and by whom', async () => {
    await floor.drop('1-1 a.pdf', pdfBytes(1));
    const { id } = await floor.untilStatus('1-1', 'InHotFolder');
    const first = await say(id, { code: 'Printed' });
    expect(await say(id, { code: 'Printed' })).toMatchObject({
      status: 200,
      body: { already: true, event: { seq: first.body.event.seq } },
    });
    await say(id, { code: 'InPacking' });
    expect(await say(id, { code: 'Printed' })).toMatchObject({
      status: 422,
      body: { mayInsist: true, rule: 'furtherAlready', by: 'admin' },
    });
    expect(await say(id, { code: 'JobDataDeleted', force: true, reason: 'x' })).toMatchObject({ status: 422, body: { mayInsist: false } });
    expect((await say(id, { code: 'Printed', force: true, reason: 'one sheet spoilt' })).status).toBe(200);
    expect((await floor.job('1-1'))?.status).toBe('Printed');
  });
});

describe('an approved job', () => {
  const waits = (number: string) =>
    until(async () => {
      const job = await floor.job(number);
      return job?.tracks.review?.code === 'ApprovalJobUpdated' ? job : null;
    }, `${number} is to be looked at again`);
  const approved = async (files: readonly string[]) => {
    await floor.ask('POST', '/jobs', { order: '8', approval: 'required', files });
    await floor.drop('8a.pdf', pdfBytes(1));
    const job = await until(async () => {
      const found = await floor.job('8-1');
      return found?.files.length === 1 ? found : null;
    }, 'the first file is on record');
    expect((await say(job.id, { code: 'Approved' })).status).toBe(200);
    return job;
  };

  it('sends no file that nobody has looked at; approved again it goes', async () => {
    const { id } = await approved(['8a.pdf']);
    await floor.untilStatus('8-1', 'InHotFolder');
    await floor.drop('8-1 more.pdf', pdfBytes(2));
    await waits('8-1');
    await sendAnother();
    expect(Object.keys(await filesBelow(floor.press)).sort()).toEqual(['8a.pdf', '9-9 other.pdf']);
    await say(id, { code: 'Approved' });
    await until(async () => '8-1 more.pdf' in (await filesBelow(floor.press)), 'it goes');
  });

  it('sends the files its ticket named, and no other content of them', async () => {
    await approved(['8a.pdf', '8b.pdf']);
    await pause(true);
    await floor.drop('8b.pdf', pdfBytes(2));
    await until(async () => (await floor.job('8-1'))?.deliveries.length === 2, 'both are to be sent');
    await floor.drop('8-1 8a.pdf', pdfBytes(3));
    await waits('8-1');
  });

  it('that a later ticket adds to is looked at again', async () => {
    await approved(['8a.pdf']);
    await floor.untilStatus('8-1', 'InHotFolder');
    await floor.ask('POST', '/jobs', { order: '8', files: ['8b.pdf'] });
    await waits('8-1');
    await floor.drop('8b.pdf', pdfBytes(2));
    await until(async () => (await floor.job('8-1'))?.files.length === 2, 'it is on record');
    await sendAnother();
    expect(Object.keys(await filesBelow(floor.press)).sort()).toEqual(['8a.pdf', '9-9 other.pdf']);
  });

  it('whose shop sends it approved sends all its files', async () => {
    await floor.ask('POST', '/jobs', { order: '8', approval: 'given' });
    await floor.drop('8-1 a.pdf', pdfBytes(1));
    await floor.untilStatus('8-1', 'InHotFolder');
    await floor.drop('8-1 b.pdf', pdfBytes(2));
    await until(async () => '8-1 b.pdf' in (await filesBelow(floor.press)), 'it goes');
  });
});
