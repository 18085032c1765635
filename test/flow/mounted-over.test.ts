/** Something is mounted over a hot folder: another disk lies there, and that is the folder's trouble and no job's. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { HotFolder } from '../../shared/hot-folder.ts';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { type Floor, filesBelow, openFloor } from './floor.ts';

let floor: Floor;
let mounted = false;
beforeEach(async () => {
  floor = await openFloor();
});
afterEach(async () => {
  if (mounted) execFileSync('umount', [floor.press]);
  mounted = false;
  await floor.close();
});

function mountOver(): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', floor.press], { stdio: 'ignore' });
    mounted = true;
    return true;
  } catch {
    return false;
  }
}

it('a disk mounted over a hot folder pauses it, fails no job, and all goes on when it is taken away', async ({ skip }) => {
  if (!mountOver()) skip('only where the tests may mount something');
  for (const number of ['1-1', '1-2']) await floor.drop(`${number} a.pdf`, pdfBytes(Number(number.slice(2))));
  const press = async () => (await floor.ask<{ items: HotFolder[] }>('GET', '/hot-folders')).body.items[0];
  await until(async () => (await press())?.state === 'trouble', 'the folder is in trouble', 20_000);
  await new Promise((resolve) => setTimeout(resolve, 3000));
  const jobs = await floor.jobs();
  expect(jobs.flatMap(({ attention }) => attention)).toEqual([]);
  expect(jobs.flatMap(({ deliveries }) => deliveries.map(({ state, tries }) => [state, tries]))).toEqual([
    ['waiting', 0],
    ['waiting', 0],
  ]);
  expect((await press())?.state).toBe('trouble');
  expect(await filesBelow(join(floor.press))).toEqual({});
  execFileSync('umount', [floor.press]);
  mounted = false;
  for (const number of ['1-1', '1-2']) await floor.untilStatus(number, 'InHotFolder');
});
