/** F3, F4 and F7: the disk is full, lies, or may not be written. */
import { readdir, readFile, rm, watch, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { type Floor, startFloor } from './floor.ts';
import { startInjecting } from './inject.ts';
import { need, run } from './machine.ts';
import { allEvents } from './observe.ts';
import { makeSmallDisk } from './share.ts';

const timeout = 90_000;

async function expectTrouble(floor: Floor, code: string): Promise<void> {
  await until(async () => (await floor.press()).reasonCode === code, `the folder says ${code}`, 30_000);
  expect(
    (await allEvents(floor.hub)).filter((event) => event.code === 'CopyToHotFolderFailed'),
    'a fault of the folder is no failure of a job',
  ).toEqual([]);
}

describe('the disk of the printer is full', () => {
  it('stops the folder, leaves no half file, and goes on by itself when there is room', { timeout }, async (context) => {
    await need(context, { root: true });
    const disk = await makeSmallDisk(4_000_000);
    onTestFinished(disk.clean);
    const floor = await startFloor({ seed: 1, press: { path: disk.path } });
    onTestFinished(floor.clean);
    const filler = join(disk.path, '.filler');
    await writeFile(filler, Buffer.alloc(2_500_000));
    await floor.drop('1-1 Big.pdf', pdfBytes(1, 3_000_000));
    await expectTrouble(floor, 'DiskFull');
    expect((await readdir(disk.path)).filter((name) => name.endsWith('.pdf') || name.endsWith('.part'))).toEqual([]);
    await rm(filler);
    await floor.expectAllWell();
  });

  it('fills up in the middle of a copy', { timeout }, async (context) => {
    await need(context, { root: true });
    const disk = await makeSmallDisk(30_000_000);
    onTestFinished(disk.clean);
    const floor = await startFloor({ seed: 2, press: { path: disk.path } });
    onTestFinished(floor.clean);
    const filler = join(disk.path, '.filler');
    // A copy in memory is over within milliseconds: told by the disk itself, not by looking now and then.
    const stopWatch = new AbortController();
    onTestFinished(() => stopWatch.abort());
    const changes = watch(disk.path, { recursive: true, signal: stopWatch.signal });
    await floor.drop('1-1 Big.pdf', pdfBytes(1, 20_000_000));
    for await (const { filename } of changes) if (filename?.endsWith('.part')) break;
    // Takes what the copy needs; it may come too late all the same.
    await writeFile(filler, Buffer.alloc(25_000_000)).catch(() => undefined);
    await until(
      async () => (await floor.press()).reasonCode === 'DiskFull' || (await floor.rip.lines()).some((line) => line.what === 'took'),
      'it fails or was faster',
      30_000,
    );
    await rm(filler);
    await floor.expectAllWell();
  });
});

describe('the disk takes the bytes and fails when they must be safe', () => {
  for (const [call, errno, reason] of [
    ['fsync', 'EIO', 'DiskError'],
    ['fsync', 'ENOSPC', 'DiskFull'],
    ['pwrite64', 'EIO', 'DiskError'],
  ] as const) {
    it(`${errno} from ${call}: the file never gets its name, and goes out once when the disk is well`, { timeout }, async (context) => {
      await need(context, { root: true, programs: ['strace'] });
      const floor = await startFloor({ seed: 3 });
      onTestFinished(floor.clean);
      // A first file, so that the process for this disk is there and in use.
      await floor.dropMany(1);
      await floor.settle();
      const injecting = await startInjecting(floor.hub.pid, `${call}:error=${errno}`);
      onTestFinished(injecting.stop);
      const { sha256 } = await floor.drop('77-1 Card.pdf');
      await expectTrouble(floor, reason);
      expect((await floor.rip.lines()).filter((line) => line.what === 'seen' && line.sha256 === sha256)).toEqual([]);
      await injecting.stop();
      await floor.expectAllWell();
    });
  }
});

describe('the right to write is taken away', () => {
  it('stops the folder and goes on by itself when the right is back', { timeout }, async (context) => {
    await need(context, { root: true, programs: ['chattr'] });
    const floor = await startFloor({ seed: 4 });
    await run('chattr', ['+i', floor.pressPath]);
    onTestFinished(async () => {
      await run('chattr', ['-i', floor.pressPath]).catch(() => undefined);
      await floor.clean();
    });
    await floor.dropMany(2);
    await expectTrouble(floor, 'NoPermission');
    await run('chattr', ['-i', floor.pressPath]);
    await floor.expectAllWell();
    expect(await readFile(join(floor.hub.data, 'admin-token'), 'utf8')).not.toBe('');
  });
});
