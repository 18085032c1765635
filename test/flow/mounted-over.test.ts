/** Another disk lies where a folder was: over a hot folder that is the folder's trouble and no job's, and in an incoming folder nothing is touched unasked. */
import { execFileSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Health } from '../../shared/api.ts';
import { filesLieThereIn } from '../../shared/files-lie-there.ts';
import type { HotFolder } from '../../shared/hot-folder.ts';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { type Floor, filesBelow, openFloor } from './floor.ts';

let floor: Floor;
let mounted: string | null = null;
beforeEach(async () => {
  floor = await openFloor();
});
afterEach(async () => {
  unmount();
  await floor.close();
});

function unmount(): void {
  if (mounted !== null) execFileSync('umount', ['-l', mounted]);
  mounted = null;
}

function mountOver(path: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', path], { stdio: 'ignore' });
    mounted = path;
    return true;
  } catch {
    return false;
  }
}

it('a disk mounted over a hot folder pauses it, fails no job, and all goes on when it is taken away', async ({ skip }) => {
  if (!mountOver(floor.press)) skip('only where the tests may mount something');
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
  unmount();
  for (const number of ['1-1', '1-2']) await floor.untilStatus(number, 'InHotFolder');
});

describe('another stick where an incoming folder was a stick', () => {
  const asked = (path: string, files: number) =>
    until(
      async () => {
        const { watching } = (await floor.ask<Health>('GET', '/health')).body;
        return filesLieThereIn(watching.find((one) => one.path === path)?.reason ?? null) === files;
      },
      'its files are asked about',
      20_000,
    );
  const other = async (path: string): Promise<void> => {
    unmount();
    mountOver(path);
    await writeFile(join(path, '9-1 private.pdf'), pdfBytes(9));
  };

  it.for(['while the hub works', 'while the hub is off'])(
    '%s: its files stay there until a person says what they are',
    async (when, { skip }) => {
      const path = `${floor.dataPath} stick`;
      onTestFinished(() => rm(path, { recursive: true, force: true }));
      await mkdir(path);
      if (!mountOver(path)) skip('only where the tests may mount something');
      const save = (confirm: readonly string[] = []) =>
        floor.ask('PATCH', '/settings', {
          incoming: [
            { path: floor.places.incoming, location: 'local' },
            { path, location: 'local' },
          ],
          confirm,
        });
      expect((await save()).status).toBe(200);
      await writeFile(join(path, '1-1 a.pdf'), pdfBytes(1));
      await floor.untilStatus('1-1', 'InHotFolder');
      if (when === 'while the hub works') await other(path);
      else {
        await floor.hub().stop();
        await other(path);
        await floor.restart();
      }
      await asked(path, 1);
      expect(Object.keys(await filesBelow(path))).toEqual(['9-1 private.pdf']);
      expect((await save([path])).status).toBe(200);
      await floor.untilStatus('9-1', 'InHotFolder');
    },
  );
});
