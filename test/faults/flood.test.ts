/** F13 and F14: ten thousand files at once, watchers that say nothing, folders that are renamed under our eyes. */
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { countsSchema } from '../../shared/api.ts';
import { startTestHub, type TestHub } from '../hub-client.ts';
import { pdfBytes } from '../pdf.ts';
import { isLong } from '../random.ts';
import { until } from '../until.ts';
import { startFloor } from './floor.ts';
import { need } from './machine.ts';
import { filesBelow } from './observe.ts';

const timeout = isLong ? 900_000 : 120_000;

async function untilCount(hub: TestHub, count: number, ms: number): Promise<void> {
  await until(
    async () => {
      await pause(100);
      return (await hub.ask(countsSchema, 'GET', '/counts')).all >= count;
    },
    `${count} jobs are on record`,
    ms,
  );
}

describe('a flood of files', () => {
  it('all at once: none missed, each once', { timeout }, async () => {
    const floor = await startFloor({ seed: 1, ripMode: 'never' });
    onTestFinished(floor.clean);
    const count = isLong ? 10_000 : 600;
    await floor.dropMany(count, { from: 2000, to: 2100 });
    await untilCount(floor.hub, count, timeout);
    await floor.expectAllWell(timeout);
  });

  it('while the hub is deaf: the folder is read again, none missed', { timeout }, async () => {
    const floor = await startFloor({ seed: 2, ripMode: 'never' });
    onTestFinished(floor.clean);
    const count = isLong ? 30_000 : 800;
    process.kill(floor.hub.pid, 'SIGSTOP');
    await floor.dropMany(count, { from: 2000, to: 2100 });
    await pause(isLong ? 6000 : 500);
    process.kill(floor.hub.pid, 'SIGCONT');
    await untilCount(floor.hub, count, timeout);
    await floor.expectAllWell(timeout);
  });

  it('lying there at the start: none missed, each once', { timeout }, async () => {
    const data = await mkdtemp(join(tmpdir(), 'printfloor-start-'));
    onTestFinished(() => rm(data, { recursive: true, force: true, maxRetries: 5 }));
    await mkdir(join(data, 'incoming'));
    const count = isLong ? 100_000 : 1000;
    for (let order = 1; order <= count; order += 1) await writeFile(join(data, 'incoming', `${order}-1 Card.pdf`), pdfBytes(order, 2000));
    const hub = await startTestHub({ data });
    onTestFinished(hub.clean);
    const pressPath = join(data, 'hotfolders', 'press-1');
    await until(
      async () => {
        await pause(200);
        return (await filesBelow(pressPath)).filter((path) => path.endsWith('.pdf')).length >= count;
      },
      'all lie in the hot folder',
      timeout,
    );
    expect((await hub.ask(countsSchema, 'GET', '/counts')).all).toBe(count);
    const lying = (await filesBelow(join(data, 'incoming'))).map((path) => basename(path));
    // The mark by which a second hub is told that the folder has one.
    expect(lying.filter((name) => name !== '.printfloor-incoming')).toEqual([]);
  });
});

describe('the watcher fails and the files are found all the same', () => {
  it('the folder is renamed and made anew', { timeout }, async () => {
    const floor = await startFloor({ seed: 3 });
    onTestFinished(floor.clean);
    await floor.dropMany(2);
    await floor.settle();
    await rename(floor.incoming, join(floor.workPath, 'renamed'));
    await pause(200);
    await mkdir(floor.incoming);
    await floor.dropMany(3);
    await floor.expectAllWell();
  });

  it('the system allows no more watches', { timeout }, async (context) => {
    await need(context, { root: true, programs: ['unshare'] });
    // The limit belongs to the user namespace, so that only this hub is hit.
    const under = ['unshare', '-r', 'sh', '-c', 'echo 0 > /proc/sys/user/max_inotify_watches; exec "$@"', 'sh'];
    const floor = await startFloor({ seed: 4, hub: { under } });
    onTestFinished(floor.clean);
    await floor.dropMany(3);
    await floor.expectAllWell();
  });
});
