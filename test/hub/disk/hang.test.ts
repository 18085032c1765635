/** A share that is slow, hangs, or holds its process: real processes, stopped as a hung mount stops them. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { copyVerified } from '../../../electron/hub/disk/copy.ts';
import { openDisks } from '../../../electron/hub/disk/disks.ts';
import { files } from '../../../electron/hub/disk/files.ts';
import { type DiskPort, type ForkDisk, forkDiskProcess } from '../../../electron/hub/disk/fork.ts';
import { type OpenDisk, openDisk } from '../../../electron/hub/disk/open-disk.ts';
import type { DiskAnswer, DiskRequest } from '../../../electron/hub/disk/protocol.ts';
import { realPorts } from '../../../electron/hub/ports/real.ts';
import { run } from '../../faults/machine.ts';
import { until } from '../../until.ts';

let root = '';
let open: OpenDisk | null = null;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'printfloor-hang-'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  open?.stop();
  open = null;
  await rm(root, { recursive: true, force: true });
});

/** Processes whose end can be held back, as a call into a hung mount holds it. */
function heldFork(): { readonly fork: ForkDisk; readonly ports: DiskPort[]; kills: number; letEnd: () => void } {
  const ports: DiskPort[] = [];
  const ends: (() => void)[] = [];
  const held = {
    ports,
    kills: 0,
    letEnd: () => {
      for (const end of ends.splice(0)) end();
    },
    fork: (label: string): DiskPort => {
      const real = forkDiskProcess(label);
      ports.push(real);
      return {
        ...real,
        // Takes what it is asked and never answers.
        send: () => undefined,
        kill: () => {
          held.kills++;
          ends.push(real.kill);
        },
      };
    },
  };
  return held;
}

describe('a process that hangs in a dead mount and cannot be ended', () => {
  it('is the only one: everybody is told that the share hangs, at once, until it has ended', async () => {
    const held = heldFork();
    open = openDisk('dead', { ...realPorts, forkDisk: held.fork }, 0.001);
    await expect(open.peek(root)).rejects.toMatchObject({ code: 'ShareHangs' });
    for (let call = 0; call < 20; call++)
      await expect(open.peek(root)).rejects.toMatchObject({ code: 'ShareHangs', message: expect.stringContaining('still hangs in it') });
    expect([held.ports.length, held.kills]).toEqual([1, 1]);
    held.letEnd();
    const [disk] = [open];
    await until(async () => {
      await disk.peek(root).catch(() => undefined);
      return held.ports.length === 2;
    }, 'a new process takes its place');
    held.letEnd();
  });

  it('really stopped: it is killed, and the next one works', { timeout: 60_000 }, async () => {
    const pids: number[] = [];
    const fork: ForkDisk = (label) => {
      const port = forkDiskProcess(label);
      port.onMessage(() => undefined);
      return port;
    };
    const before = new Set(await children());
    open = openDisk('stopped', { ...realPorts, forkDisk: fork }, 0.3);
    await open.peek(root);
    for (const pid of await children()) if (pid !== '' && !before.has(pid)) pids.push(Number(pid));
    for (const pid of pids) if (await isDisk(pid, 'stopped')) process.kill(pid, 'SIGSTOP');
    await expect(open.peek(root)).rejects.toMatchObject({ code: 'ShareHangs' });
    const [disk] = [open];
    await until(
      () =>
        disk.peek(root).then(
          () => true,
          () => false,
        ),
      'the next process works',
    );
  });
});

describe('folders of one server', () => {
  it('share a process, and none takes all its threads', async () => {
    const asked: DiskRequest[] = [];
    const labels: string[] = [];
    const disks = openDisks({
      ...realPorts,
      forkDisk: (label) => {
        labels.push(label);
        return {
          send: (message) => asked.push(message as DiskRequest),
          onMessage: () => undefined,
          onExit: () => undefined,
          kill: () => undefined,
        };
      },
    });
    const [a, same] = ['/mnt/x', '/mnt/x'].map((path) => disks.of({ path, location: 'network' }));
    expect(a).toBe(same);
    for (let call = 0; call < 20; call++) a?.peek('/mnt/x').catch(() => undefined);
    await realPorts.timers.turn();
    expect([labels, asked.length]).toEqual([['/mnt/x'], 6]);
    disks.stop();
  });
});

describe('a large file over a slow share', () => {
  it('is flushed in steps, each told with its size before it begins', async () => {
    const bytes = randomBytes(24 * 1024 * 1024);
    await writeFile(join(root, 'source'), bytes);
    const { make } = files;
    const flushes: number[] = [];
    let written = 0;
    vi.spyOn(files, 'make').mockImplementation(async (path, reader) => {
      const file = await make(path, reader);
      return {
        ...file,
        write: async (...args) => {
          const done = await file.write(...args);
          written += done.bytesWritten;
          return done;
        },
        sync: async () => {
          // 4 MB a second.
          flushes.push(written);
          await new Promise((done) => setTimeout(done, written / 4096));
          written = 0;
          await file.sync();
        },
      };
    });
    const told: number[] = [];
    const expected = { size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
    await copyVerified([join(root, 'source')], join(root, 't.part'), expected, null, true, (_, flushing = 0) => {
      if (flushing > 0) told.push(flushing);
    });
    expect(flushes.length).toBeGreaterThan(2);
    // At four megabytes a second: none longer than three seconds, where the whole would have taken six.
    expect(Math.max(...flushes)).toBeLessThanOrEqual(12 * 1024 * 1024);
    for (const [index, flushed] of flushes.entries()) expect(told[index] ?? 0).toBeGreaterThanOrEqual(flushed);
    expect((await readFile(join(root, 't.part'))).equals(bytes)).toBe(true);
  });

  it('is waited for as long as a flush of that size may take, and no longer', async () => {
    let answer: (message: DiskAnswer) => void = () => undefined;
    let asked: DiskRequest | null = null;
    let now = 0;
    let tick = (): void => undefined;
    const ports = {
      ...realPorts,
      clock: { now: () => now, monotonic: () => now },
      timers: {
        ...realPorts.timers,
        every: (_: number, call: () => void) => {
          tick = call;
          return () => undefined;
        },
      },
      forkDisk: () => ({
        send: (message: unknown) => (asked = message as DiskRequest),
        onMessage: (hear: (message: unknown) => void) => (answer = hear),
        onExit: () => undefined,
        kill: () => undefined,
      }),
    };
    open = openDisk('slow', ports);
    const copying = open.copyVerified(['a'], 'b', { size: 1, sha256: '' }, { folderPath: '', markerPath: '', marker: '' }, true).then(
      () => 'done',
      (error: unknown) => error,
    );
    const id = (asked as DiskRequest | null)?.id ?? 0;
    answer({ id, kind: 'progress', bytes: 1, flushing: 16 * 600_000 });
    now = 640_000;
    tick();
    answer({ id, kind: 'progress', bytes: 2, flushing: 0 });
    now += 59_000;
    tick();
    now += 2000;
    tick();
    expect(await copying).toMatchObject({ code: 'ShareHangs', message: expect.stringContaining('for 60 s') });
    expect(now).toBe(701_000);
  });
});

/** Process ids of what this process has started. */
const children = async (): Promise<string[]> => (await run('pgrep', ['-P', String(process.pid)]).catch(() => '')).split('\n');

async function isDisk(pid: number, label: string): Promise<boolean> {
  return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).endsWith(`${label}\0`);
}
