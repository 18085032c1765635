/** A job of several files says of each that failed that it did, whatever became of the others. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { type Failing, failWhere } from './failing-disk.ts';
import { type Floor, openFloor } from './floor.ts';

let failing: Failing = () => null;
let floor: Floor;
beforeEach(async () => {
  failing = ({ call, args }) => (call === 'copyVerified' && JSON.stringify(args[0]).includes('1-1 a.pdf') ? 'EFBIG' : null);
  floor = await openFloor(failWhere(() => failing));
  await floor.ask('PATCH', '/hot-folders/1', { takenAfterMs: 200 });
});
afterEach(() => floor.close());

const asksOf = async (): Promise<string[]> => ((await floor.job('1-1'))?.attention ?? []).map(({ code }) => code);

it('a file that could not be sent is told of after another one was delivered and printed, until it is sent or a person says that all is printed', async () => {
  await floor.drop('1-1 a.pdf', pdfBytes(1));
  await floor.untilStatus('1-1', 'CopyToHotFolderFailed');
  await floor.drop('1-1 b.pdf', pdfBytes(2));
  const { id } = await floor.untilStatus('1-1', 'InHotFolder');
  expect(await asksOf()).toEqual(['OneFileFailed']);
  await rm(join(floor.press, '1-1 b.pdf'));
  await floor.untilStatus('1-1', 'InProduction');
  expect(await asksOf()).toEqual(['OneFileFailed']);

  failing = () => null;
  await floor.ask('POST', `/jobs/${id}/deliver`, { reason: 'the disk takes it now', actionId: 'again-1' });
  await until(async () => (await floor.job('1-1'))?.status === 'InHotFolder', 'the one that failed is sent');
  expect(await asksOf()).toEqual([]);
});

it('a person who says that it is printed has no more to do with the one that failed', async () => {
  await floor.drop('1-1 a.pdf', pdfBytes(1));
  await floor.untilStatus('1-1', 'CopyToHotFolderFailed');
  await floor.drop('1-1 b.pdf', pdfBytes(2));
  const { id } = await floor.untilStatus('1-1', 'InHotFolder');
  const asked = await floor.ask('POST', `/jobs/${id}/status`, { code: 'Printed', actionId: 'printed-0' });
  expect(asked).toMatchObject({ status: 422, body: { rule: 'notAllSent' } });
  await floor.ask('POST', `/jobs/${id}/status`, { code: 'Printed', actionId: 'printed-1', force: true, reason: 'one is enough' });
  expect(await asksOf(), 'the other still lies in the hot folder').toEqual(['LiesThoughPrinted']);
});

it('also where a ticket brings another file to its job that a printer has already', async () => {
  failing = ({ call, args }) => (call === 'copyVerified' && JSON.stringify(args[0]).includes('cover.pdf') ? 'EFBIG' : null);
  await floor.drop('cover.pdf', pdfBytes(1));
  await until(async () => (await floor.jobs())[0]?.status === 'CopyToHotFolderFailed', 'the first failed');
  await floor.drop('inside.pdf', pdfBytes(2));
  await until(async () => (await floor.jobs()).some(({ status }) => status === 'InHotFolder'), 'the second lies there');
  await floor.drop('t.json', '{"order":"1","job":"1","files":["cover.pdf","inside.pdf"]}');
  await until(async () => (await floor.job('1-1'))?.files.length === 2, 'both are of the ticket');
  const { status, attention } = (await floor.job('1-1')) ?? {};
  expect(status === 'CopyToHotFolderFailed' || attention?.some(({ code }) => code === 'OneFileFailed')).toBe(true);
});
