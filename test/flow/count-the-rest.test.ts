/** Two stations count the rest of one job: what was counted stands as the whole, once. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { countedBefore } from '../../shared/job/counts.ts';
import type { Job } from '../../shared/job.ts';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { type Floor, openFloor } from './floor.ts';

let floor: Floor;
let id: number;
beforeEach(async () => {
  floor = await openFloor();
  await floor.drop('1-1 a.pdf', pdfBytes(1));
  ({ id } = await floor.untilStatus('1-1', 'InHotFolder'));
});
afterEach(() => floor.close());

let said = 0;
const say = (code: string, counts: object) =>
  floor.ask<{ event: { seq: number }; already?: boolean; rule?: string }>('POST', `/jobs/${id}/status`, {
    code,
    actionId: `count-${++said}`,
    data: { counts: { ordered: 500, ...counts } },
  });
const now = async () => (await floor.job('1-1')) as Job;

it('a count that goes on from one that is not the last any more is refused, and the same one again is the same', async () => {
  const first = await say('InProduction', { good: 300, waste: 4 });
  const second = await say('InProduction', { good: 480, waste: 9, after: first.body.event.seq });
  expect((await now()).tracks.production?.counts).toEqual({ good: 480, waste: 9, ordered: 500 });
  // Kept off the line meanwhile, it had added to the 300.
  const late = await say('Printed', { good: 500, waste: 4, after: first.body.event.seq });
  expect(late).toMatchObject({ status: 409, body: { rule: 'countedMeanwhile', by: 'admin' } });
  expect(await now()).toMatchObject({ status: 'InProduction', tracks: { production: { counts: { good: 480 } } } });
  const last = { good: 500, waste: 9, after: second.body.event.seq };
  expect((await say('Printed', last)).status).toBe(200);
  expect((await say('Printed', last)).body.already).toBe(true);
  // Who says the whole and nothing of what was before is believed, as ever.
  expect((await say('Printed', { good: 490, waste: 9 })).status).toBe(200);
  expect((await now()).tracks.production?.counts).toEqual({ good: 490, waste: 9, ordered: 500 });
});

it('what was counted stands when the rest is sent again, and a count that knows of none is refused', async () => {
  const { event } = (await say('InProduction', { good: 480, waste: 3, after: 0 })).body;
  await rm(join(floor.press, '1-1 a.pdf'));
  await until(async () => (await now()).deliveries.every(({ state }) => state === 'taken'), 'the printer has taken it');
  await floor.ask('POST', `/jobs/${id}/deliver`, { reason: 'The rest', actionId: 'again' });
  await until(
    async () => ((await now()).deliveries.filter(({ deliveredAt }) => deliveredAt !== null).length > 1 ? true : null),
    'it is sent again',
  );
  expect(countedBefore(await now())).toEqual({ good: 480, waste: 3, ordered: 500, seq: event.seq });
  // Kept off the line since before the first count.
  expect(await say('Printed', { good: 200, waste: 0, after: 0 })).toMatchObject({ status: 409, body: { rule: 'countedMeanwhile' } });
  expect((await say('Printed', { good: 500, waste: 3, after: event.seq })).status).toBe(200);
});
