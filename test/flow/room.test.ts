/** A disk without room for a large file still takes small ones. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { HotFolder } from '../../shared/hot-folder.ts';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { type Failing, failWhere } from './failing-disk.ts';
import { type Floor, filesBelow, openFloor } from './floor.ts';

let floor: Floor;
let failing: Failing = () => null;
beforeEach(async () => {
  failing = () => null;
  floor = await openFloor(failWhere(() => failing));
});
afterEach(() => floor.close());

const folder = async () => (await floor.ask<{ items: HotFolder[] }>('GET', '/hot-folders')).body.items[0];
const problems = async (number: string) => (await floor.job(number))?.attention.map(({ code }) => code);

it('a large file for which there is no room keeps no small one waiting, and goes when there is', async () => {
  failing = ({ call, args }) => (call === 'copyVerified' && (args[2] as { size: number }).size > 100_000 ? 'ENOSPC' : null);
  await floor.drop('1-1 large.pdf', pdfBytes(1, 200_000));
  await until(async () => (await folder())?.reasonCode === 'DiskFull', 'the folder says so');
  expect((await folder())?.raw).toContain('1-1 large.pdf needs 200000 free bytes');
  await floor.drop('1-2 small.pdf', pdfBytes(2));
  await floor.untilStatus('1-2', 'InHotFolder');
  expect(Object.keys(await filesBelow(floor.press))).toEqual(['1-2 small.pdf']);
  expect(await problems('1-1')).toEqual([]);
  failing = () => null;
  await floor.untilStatus('1-1', 'InHotFolder');
  await until(async () => (await folder())?.state === 'ready', 'the folder is well');
});
