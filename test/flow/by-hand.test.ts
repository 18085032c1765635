/** Somebody puts a file of a job into the hot folder himself, and it comes by the incoming folder too: nothing is printed twice unasked. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { type Floor, filesBelow, openFloor } from './floor.ts';

let floor: Floor;
beforeEach(async () => {
  floor = await openFloor();
});
afterEach(() => floor.close());

const name = '1001-2 Flyer.pdf';
const byHand = (called = name, seed = 1) => writeFile(join(floor.press, called), pdfBytes(seed));
const problems = async () => (await floor.job('1001-2'))?.attention.map(({ code }) => code);
const untilAsked = () => until(async () => (await problems())?.includes('PutByHand'), 'a person is asked');
const inPress = async () => Object.keys(await filesBelow(floor.press)).toSorted();
const send = async () =>
  floor.ask('POST', `/jobs/${(await floor.job('1001-2'))?.id}/deliver`, { reason: 'both are needed', actionId: 'send-both' });

/** Another file goes the same way after it. */
async function another(number: string): Promise<void> {
  await floor.drop(`${number} other.pdf`, pdfBytes(50));
  await floor.untilStatus(number, 'InHotFolder');
}

describe('the same file put into the hot folder by hand', () => {
  it('before it comes is not sent again until a person says so', async () => {
    await byHand();
    await floor.untilStatus('1001-2', 'InHotFolder');
    await floor.drop(name, pdfBytes(1));
    await untilAsked();
    await another('2-1');
    expect(await inPress()).toEqual([name, '2-1 other.pdf']);
    expect((await send()).status).toBe(200);
    await until(async () => (await inPress()).length === 3, 'both lie there');
    await until(async () => (await problems())?.length === 0, 'nobody is asked any more');
  });

  it('while it waits for a paused hot folder is not sent beside it', async () => {
    await floor.ask('PATCH', '/hot-folders/1', { paused: true });
    await floor.drop(name, pdfBytes(1));
    await until(async () => (await floor.job('1001-2'))?.deliveries[0]?.state === 'waiting', 'it waits');
    await byHand();
    await untilAsked();
    await floor.ask('PATCH', '/hot-folders/1', { paused: false });
    await another('2-1');
    expect(await inPress()).toEqual([name, '2-1 other.pdf']);
  });

  it('with other content in the same moment is one of the two until a person says that both are meant', async () => {
    await floor.ask('PATCH', '/hot-folders/1', { paused: true });
    await floor.drop(name, pdfBytes(1));
    await until(async () => (await floor.job('1001-2'))?.deliveries[0]?.state === 'waiting', 'it waits');
    await writeFile(join(floor.press, name), pdfBytes(2, 9000));
    await untilAsked();
    await floor.ask('PATCH', '/hot-folders/1', { paused: false });
    await rm(join(floor.press, name));
    await another('2-1');
    expect(await inPress()).toEqual(['2-1 other.pdf']);
  });

  it('under another name is known by its size', async () => {
    await floor.ask('PATCH', '/hot-folders/1', { paused: true });
    await floor.drop(name, pdfBytes(1));
    await until(async () => (await floor.job('1001-2'))?.deliveries[0]?.state === 'waiting', 'it waits');
    await byHand('1001-2 by hand.pdf');
    await untilAsked();
  });
});

it('another file of the job goes on beside one that was put there by hand and is like a third', async () => {
  await floor.ask('PATCH', '/hot-folders/1', { paused: true });
  await floor.ask('POST', '/jobs', { order: '1001', job: '2', files: ['cover.pdf', 'body.pdf'] });
  await floor.drop('cover.pdf', pdfBytes(1, 4000));
  await floor.drop('body.pdf', pdfBytes(2, 9000));
  await until(async () => (await floor.job('1001-2'))?.deliveries.length === 2, 'both wait');
  await writeFile(join(floor.press, '1001-2 cover by hand.pdf'), pdfBytes(1, 4000));
  await untilAsked();
  await floor.ask('PATCH', '/hot-folders/1', { paused: false });
  await until(async () => (await inPress()).includes('body.pdf'), 'the other goes');
  await another('2-1');
  expect(await inPress()).toEqual(['1001-2 cover by hand.pdf', '2-1 other.pdf', 'body.pdf']);
});
