/** A job is said to be printed while its file lies untouched in the hot folder: the printer may still print it, and that is told until the file is gone. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Job } from '../../shared/job.ts';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { type Floor, openFloor } from './floor.ts';

let floor: Floor;
beforeEach(async () => {
  floor = await openFloor();
});
afterEach(() => floor.close());

const codes = ({ attention }: Job) => attention.map(({ code }) => code);
const now = async (): Promise<Job> => (await floor.job('1-1')) as Job;
let said = 0;
const say = (job: Job, code: string, more: object = {}) =>
  floor.ask<{ event: { seq: number }; already?: boolean }>('POST', `/jobs/${job.id}/status`, { code, actionId: `say-${++said}`, ...more });
const gone = (...states: string[]) =>
  until(
    async () => {
      const job = await now();
      return job.deliveries.every(({ state }) => states.includes(state)) ? job : null;
    },
    `it is ${states.join(' or ')}`,
    20_000,
  );
async function lying(): Promise<Job> {
  await floor.drop('1-1 a.pdf', pdfBytes(1));
  return await floor.untilStatus('1-1', 'InHotFolder');
}

/** Two files of one job, both in the hot folder. */
async function lyingBoth(): Promise<Job> {
  await floor.ask('POST', '/jobs', { order: '1', job: '1', files: ['a.pdf', 'b.pdf'] });
  for (const [name, seed] of [['a.pdf', 1] as const, ['b.pdf', 2] as const]) await floor.drop(name, pdfBytes(seed));
  return await until(async () => {
    const found = await now();
    return found.deliveries.filter(({ state }) => state === 'delivered').length === 2 ? found : null;
  }, 'both lie');
}

it('said by whoever, that its file still lies there is told, with its name, also when the job goes on; and no longer once it is gone', async () => {
  const job = await lying();
  await say(job, 'Printed', { reason: 'By hand' });
  expect(await now()).toMatchObject({ status: 'Printed', stage: 'printed', attention: [{ code: 'LiesThoughPrinted', raw: '1-1 a.pdf' }] });
  expect((await now()).attention[0]).toMatchObject({ who: 'press operator', key: 'reasons.LiesThoughPrinted.what' });
  // Who says the same once more, as programs do, has seen to nothing.
  expect((await say(job, 'Printed')).body.already).toBe(true);
  await say(job, 'InFinishing');
  expect(codes(await now())).toEqual(['LiesThoughPrinted']);
  await rm(join(floor.press, '1-1 a.pdf'));
  const after = await gone('taken');
  expect(codes(after)).not.toContain('LiesThoughPrinted');
  expect(after).toMatchObject({ status: 'InFinishing', stage: 'finishing' });
});

it('whoever has seen to it is asked no more, and the file that goes then contradicts nothing', async () => {
  const job = await lying();
  await say(job, 'Printed');
  const [told] = (await now()).attention;
  // Who says the same once more, and why, was not told and has seen to nothing.
  expect((await say(job, 'Printed', { reason: 'By hand' })).body.already).toBe(true);
  expect(codes(await now())).toEqual(['LiesThoughPrinted']);
  const { event } = (await say(job, 'Printed', { reason: 'Taken out', data: { seenTo: told?.seq } })).body;
  expect(codes(await now())).toEqual([]);
  expect((await floor.history(job.id)).find(({ seq }) => seq === event.seq)?.reason).toBe('Taken out');
  await rm(join(floor.press, '1-1 a.pdf'));
  expect(await gone('taken')).toMatchObject({ status: 'Printed', attention: [] });
});

it('whoever has seen to two files is not asked when one goes after the other', async () => {
  const job = await lyingBoth();
  await say(job, 'Printed');
  await say(job, 'Printed', { reason: 'Taken out', data: { seenTo: (await now()).attention[0]?.seq } });
  for (const name of ['a.pdf', 'b.pdf']) {
    await rm(join(floor.press, name));
    await until(
      async () => ((await now()).deliveries.some((one) => one.name === name && one.state === 'taken') ? true : null),
      `${name} is gone`,
      20_000,
    );
  }
  expect(await now()).toMatchObject({ status: 'Printed', attention: [] });
});

it('what is seen to late says nothing of where the job is: the word it was about may be taken back', async () => {
  const job = await lying();
  const { event } = (await say(job, 'Printed')).body;
  const [told] = (await now()).attention;
  expect((await say(job, 'Printed', { reason: 'Taken out', data: { seenTo: told?.seq } })).status).toBe(200);
  await floor.ask('POST', `/jobs/${job.id}/undo`, { seq: event.seq, actionId: 'undo' });
  expect((await now()).stage).toBe('queue');
  await say(job, 'Printed', { reason: 'Taken out', data: { seenTo: told?.seq } });
  expect((await now()).stage).toBe('queue');
});

it('is told no more once the job is to be printed again', async () => {
  const job = await lying();
  await say(job, 'Printed');
  await floor.ask('POST', `/jobs/${job.id}/deliver`, { reason: 'Spoilt', force: true, actionId: 'again' });
  expect(codes(await now())).not.toContain('LiesThoughPrinted');
});

it('a printer that never takes its files away leaves no attention behind what has left the house', async () => {
  const job = await lying();
  for (const code of ['Printed', 'InPacking']) await say(job, code);
  expect(codes(await now())).toEqual(['LiesThoughPrinted']);
  await say(job, 'Shipped');
  expect(codes(await now())).toEqual([]);
});

it('taken back it is as it was before, whatever was gone meanwhile', async () => {
  const job = await lyingBoth();
  const { event } = (await say(job, 'Printed')).body;
  expect((await now()).attention[0]).toMatchObject({ code: 'LiesThoughPrinted', raw: 'a.pdf, b.pdf' });
  await rm(join(floor.press, 'a.pdf'));
  // The other one lies there still.
  await until(
    async () => (await now()).attention.some(({ code, raw }) => code === 'LiesThoughPrinted' && raw === 'b.pdf'),
    'of one',
    20_000,
  );
  await floor.ask('POST', `/jobs/${job.id}/undo`, { seq: event.seq, actionId: 'undo' });
  expect(codes(await now())).not.toContain('LiesThoughPrinted');
  expect((await now()).stage).toBe('press');
});
