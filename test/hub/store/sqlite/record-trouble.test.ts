/** The record's file is held by another program, or its disk is full: a state of the hub that is told and ends by itself. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { realPorts } from '../../../../electron/hub/ports/real.ts';
import { openStore } from '../../../../electron/hub/store/open.ts';
import { type RecordTrouble, whileAsked } from '../../../../electron/hub/store/record-trouble.ts';
import type { Store } from '../../../../electron/hub/store/store.ts';
import { need } from '../../../faults/machine.ts';
import { makeSmallDisk } from '../../../faults/share.ts';
import { until } from '../../../until.ts';
import { addJob, makeFolder, newJob, noon } from '../fresh-store.ts';

const told: (string | null)[] = [];
async function open(path: string, openLog = realPorts.openLog): Promise<Store> {
  told.length = 0;
  const store = await openStore({
    path,
    ports: { ...realPorts, openLog },
    onTrouble: (trouble: RecordTrouble | null) => told.push(trouble?.code ?? null),
  });
  onTestFinished(() => store.close());
  return store;
}

/** Another program, as a process; answers how it lets go. */
async function holdLock(path: string): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'hold-lock.ts'), path], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return async () => {
    child.stdin.end();
    if (child.exitCode === null) await once(child, 'exit');
  };
}

/** How long the loop stood still at most while `work` ran, in ms. */
async function longestStandstill(work: () => Promise<unknown>): Promise<number> {
  let last = performance.now();
  let longest = 0;
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 5);
  await work();
  clearInterval(timer);
  return longest;
}

describe('another program holds the database', () => {
  it('for a moment: the write waits and nobody else does, and nothing is told', async () => {
    const path = join(await makeFolder(), 'record.db');
    const store = await open(path);
    await addJob(store, '1');
    const letGo = await holdLock(path);
    const writing = addJob(store, '2');
    const standstill = await longestStandstill(async () => {
      expect((await store.read.counts()).all).toBe(1);
      await new Promise((done) => setTimeout(done, 700));
      await letGo();
      await writing;
    });
    expect(standstill).toBeLessThan(300);
    expect((await store.read.counts()).all).toBe(2);
    expect(told).toEqual([]);
  });

  it("for long: it is told, whoever waits for an answer is refused, the hub's own work is recorded when it is over", {
    timeout: 30_000,
  }, async () => {
    const path = join(await makeFolder(), 'record.db');
    const store = await open(path);
    await addJob(store, '1');
    const letGo = await holdLock(path);
    const own = addJob(store, '2');
    const asked = whileAsked(() => addJob(store, '3'));
    await expect(asked).rejects.toMatchObject({
      code: 'NOT_RECORDED',
      message: expect.stringContaining('Another program holds the database'),
    });
    expect(store.trouble()?.code).toBe('RecordHeld');
    await expect(whileAsked(() => addJob(store, '4'))).rejects.toMatchObject({ code: 'NOT_RECORDED' });
    await letGo();
    await own;
    expect(told).toEqual(['RecordHeld', null]);
    expect(store.trouble()).toBeNull();
    await whileAsked(() => addJob(store, '5'));
    expect((await store.read.counts()).all).toBe(3);
  });
});

describe('the disk of the database is full', () => {
  it('really: told, refused in words, recovers by itself, and nothing that was answered is lost', { timeout: 60_000 }, async (context) => {
    await need(context, { root: true });
    const disk = await makeSmallDisk(3_000_000);
    onTestFinished(disk.clean);
    const path = join(disk.path, 'record.db');
    const store = await open(path);
    onTestFinished(() => store.close());
    const fill = join(disk.path, 'fill');
    await writeFile(fill, Buffer.alloc(2_200_000));
    const recorded: number[] = [];
    for (let order = 1; store.trouble() === null; order++) {
      const title = `${'x'.repeat(20_000)}${order}`;
      await whileAsked(() => store.write((tx) => tx.addJob(newJob(`${order}`, '1', { title }), noon))).then(
        (id) => recorded.push(id),
        (error: unknown) => expect(error).toMatchObject({ code: 'NOT_RECORDED', message: expect.stringContaining('full') }),
      );
    }
    expect(store.trouble()?.code).toBe('RecordFull');
    const own = store.write((tx) => tx.addJob(newJob('own', '1', { title: 'x'.repeat(40_000) }), noon));
    await expect(whileAsked(() => addJob(store, 'asked'))).rejects.toMatchObject({ code: 'NOT_RECORDED' });
    await rm(fill);
    recorded.push(await own);
    expect(store.trouble()).toBeNull();
    await addJob(store, 'later');
    expect((await store.read.counts()).all).toBe(recorded.length + 1);
    expect(told).toEqual(['RecordFull', null]);
  });

  it('with nobody in line it notices by itself that there is room again', { timeout: 30_000 }, async (context) => {
    await need(context, { root: true });
    const disk = await makeSmallDisk(2_000_000);
    onTestFinished(disk.clean);
    const store = await open(join(disk.path, 'record.db'));
    onTestFinished(() => store.close());
    const fill = join(disk.path, 'fill');
    await writeFile(fill, Buffer.alloc(4_000_000)).catch(() => undefined);
    for (let order = 1; store.trouble() === null; order++)
      await whileAsked(() => store.write((tx) => tx.addJob(newJob(`${order}`, '1', { title: 'x'.repeat(50_000) }), noon))).catch(
        () => undefined,
      );
    await rm(fill);
    await until(() => store.trouble() === null, 'the record works again', 10_000);
    await addJob(store, 'later');
  });

  it('at the flush: nobody is told before it is on disk', async () => {
    let full = false;
    let flushes = 0;
    const store = await open(join(await makeFolder(), 'record.db'), (path) => {
      const log = realPorts.openLog(path);
      return {
        ...log,
        flush: async () => {
          flushes++;
          if (full) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
          await log.flush();
        },
      };
    });
    await addJob(store, '1');
    full = true;
    let answered = false;
    const writing = addJob(store, '2').then(() => {
      answered = true;
    });
    await until(() => store.trouble()?.code === 'RecordFull', 'it is told');
    const before = flushes;
    await until(() => flushes > before, 'it is tried again');
    expect(answered).toBe(false);
    full = false;
    await writing;
    expect(told).toEqual(['RecordFull', null]);
  });
});

describe('the disk of the database reports an error at the flush', () => {
  it('nothing more is recorded, which is a state that stays and is told', async () => {
    const store = await open(join(await makeFolder(), 'record.db'), (path) => ({
      ...realPorts.openLog(path),
      flush: async () => {
        throw Object.assign(new Error('i/o error'), { code: 'EIO' });
      },
    }));
    const both = await Promise.allSettled([addJob(store, '1'), addJob(store, '2')]);
    expect(both).toMatchObject([{ reason: { code: 'NOT_RECORDED' } }, { reason: { code: 'NOT_RECORDED' } }]);
    await expect(addJob(store, '3')).rejects.toMatchObject({ code: 'NOT_RECORDED', message: expect.stringContaining('EIO') });
    expect([store.trouble()?.code, told]).toEqual(['RecordBroken', ['RecordBroken']]);
  });
});
