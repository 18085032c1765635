/** People say one thing of a job and its file does another: what is on the disk is on record, and the screen says nothing else. */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Job } from '../../shared/job.ts';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { type Floor, openFloor } from './floor.ts';

let floor: Floor;
beforeEach(async () => {
  floor = await openFloor();
  await floor.ask('PATCH', '/hot-folders/1', { lyingAfterMs: 1000 });
});
afterEach(() => floor.close());

const path = () => join(floor.press, '1-1 a.pdf');

async function lying(): Promise<Job> {
  await floor.drop('1-1 a.pdf', pdfBytes(1));
  return await untilDelivery('lying');
}

const untilDelivery = (state: string, number = '1-1') =>
  until(
    async () => {
      const job = await floor.job(number);
      return job?.deliveries[0]?.state === state ? job : null;
    },
    `it is ${state}`,
    20_000,
  );

const codes = ({ attention }: Job) => attention.map(({ code }) => code);
const say = (job: Job, code: string, reason?: string) =>
  floor.ask<{ event: { seq: number } }>('POST', `/jobs/${job.id}/status`, { code, actionId: `say-${code}`, reason });

it('a file that the printer takes after somebody said Printed is told, and taken back it is on the press', async () => {
  const job = await lying();
  const { event } = (await say(job, 'Printed')).body;
  await rm(path());
  expect(codes(await untilDelivery('taken'))).toEqual(['SeenOtherwise']);
  const undone = await floor.ask<{ job: Job; comesTo: { words: string } }>('POST', `/jobs/${job.id}/undo`, {
    seq: event.seq,
    actionId: 'undo-1',
  });
  expect(undone.body).toMatchObject({ comesTo: { words: 'back to: On the press' }, job: { stage: 'press', attention: [] } });
});

it('a file that the printer threw into its failed folder lies nowhere any more, and is not on the press', async () => {
  await mkdir(join(floor.press, 'Failed'));
  await floor.ask('PATCH', '/hot-folders/1', { outcome: { kind: 'named', failed: 'Failed' } });
  await lying();
  await rename(path(), join(floor.press, 'Failed', '1-1 a.pdf'));
  const job = await untilDelivery('refused');
  expect(codes(job)).toEqual(['PrinterRefused']);
  expect(job.status).toBe('CopyToHotFolderFailed');
});

it('a block of a file that lies there says to take it out; gone, that it may be printed', async () => {
  const job = await lying();
  await say(job, 'Blocked', 'Wrong paper');
  expect(codes((await floor.job('1-1')) ?? job)).toEqual(['LiesThoughStopped', 'Blocked']);
  await rm(path());
  expect(codes(await untilDelivery('taken'))).toEqual(['GoneThoughStopped', 'Blocked']);
});

it('a corrected file that waits for an answer is still asked about when the old one is seen in the folder again', async () => {
  const first = await lying();
  await rm(path());
  await untilDelivery('taken');
  await floor.drop('1-1 a.pdf', pdfBytes(2));
  const held = await until(async () => {
    const job = await floor.job('1-1');
    return job !== undefined && codes(job).includes('NewVersionHeld') ? job : null;
  }, 'the new version is held');
  expect(held).toMatchObject({ status: 'InProduction', stage: 'press' });
  await writeFile(join(floor.press, '1-1 seen again.pdf'), pdfBytes(1));
  await until(async () => (await floor.job('1-1'))?.deliveries.some(({ fileId }) => fileId === null), 'it is seen', 20_000);
  const after = await floor.job('1-1');
  expect(codes(after ?? first)).toContain('NewVersionHeld');
  expect(after?.stage).toBe('queue');
});

it('of two files that lie there the second is still told when the printer has taken the first', async () => {
  await floor.ask('POST', '/jobs', { order: '1', job: '1', files: ['a.pdf', 'b.pdf'] });
  for (const [name, seed] of [['a.pdf', 1] as const, ['b.pdf', 2] as const]) await floor.drop(name, pdfBytes(seed));
  await until(async () => (await floor.job('1-1'))?.deliveries.filter(({ state }) => state === 'lying').length === 2, 'both lie', 20_000);
  await rm(join(floor.press, 'a.pdf'));
  const job = await floor.untilStatus('1-1', 'InProduction');
  expect(codes(job)).toEqual(['StillLyingThere']);
});
