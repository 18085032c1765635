import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { files } from '../../../electron/hub/disk/files.ts';
import { entries, names } from '../../../electron/hub/disk/look.ts';
import { infoOf } from '../../../electron/hub/disk/stamp.ts';
import { need, run } from '../../faults/machine.ts';
import { until } from '../../until.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'printfloor-look-'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(root, { recursive: true, force: true });
});

const seen = async (): Promise<Record<string, string>> =>
  Object.fromEntries((await entries(root)).map(({ name, kind, fault }) => [name, `${kind} ${fault ?? ''}`.trim()]));

describe('the id of a file', () => {
  it('is told whole, where a number would lose its last digits', async () => {
    await writeFile(join(root, 'a'), 'x');
    const stats = await stat(join(root, 'a'), { bigint: true });
    stats.ino = 18_446_744_073_709_551_557n;
    expect(infoOf(stats).ino).toBe('18446744073709551557');
  });
  it('comes with times that are the same, to the last bit, as those on record of earlier versions', async () => {
    await writeFile(join(root, 'a'), 'x');
    for (const mtime of [1_700_000_000.123456, 1_764_150_000.999999, 0.5, 4_000_000_000.000001]) {
      await utimes(join(root, 'a'), mtime, mtime);
      const [exact, plain] = [await stat(join(root, 'a'), { bigint: true }), await stat(join(root, 'a'))];
      expect(infoOf(exact)).toMatchObject({ mtimeMs: plain.mtimeMs, ctimeMs: plain.ctimeMs, size: plain.size });
    }
  });
});

describe('one name that cannot be looked at', () => {
  it('is a fault of that name: the rest of the folder is seen (a deleted file that is still held, as Windows tells it)', async () => {
    for (const name of ['a.pdf', 'dying.pdf', 'z.pdf']) await writeFile(join(root, name), 'x');
    const { lstat } = files;
    vi.spyOn(files, 'lstat').mockImplementation(async (path) => {
      if (`${path}`.endsWith('dying.pdf')) throw Object.assign(new Error('operation not permitted'), { code: 'EPERM', path });
      return await lstat(path);
    });
    expect(await seen()).toEqual({ 'a.pdf': 'file', 'dying.pdf': 'unseen EPERM: operation not permitted', 'z.pdf': 'file' });
  });

  it('is no excuse for a folder that does not answer itself', async () => {
    await writeFile(join(root, 'a.pdf'), 'x');
    vi.spyOn(files, 'lstat').mockImplementation(async (path) => {
      throw Object.assign(new Error('the network is down'), { code: 'ENETDOWN', path });
    });
    await expect(entries(root)).rejects.toMatchObject({ code: 'ENETDOWN' });
  });

  it('really: a mount in the folder whose server has died', async (context) => {
    await need(context, { root: true, programs: ['bindfs'] });
    const [server, mount] = [join(root, 'server'), join(root, 'dead')];
    await Promise.all([mkdir(server), mkdir(mount), writeFile(join(root, 'a.pdf'), 'x')]);
    const child: ChildProcess = spawn('bindfs', ['-f', server, mount], { stdio: 'ignore' });
    try {
      await until(async () => (await readFile('/proc/self/mounts', 'utf8')).includes(` ${mount} `), 'the mount is there');
      child.kill('SIGKILL');
      await once(child, 'exit');
      await expect(stat(mount)).rejects.toMatchObject({ code: 'ENOTCONN' });
      expect(await seen()).toEqual({ 'a.pdf': 'file', dead: expect.stringMatching(/^unseen ENOTCONN/), server: 'folder' });
      expect((await names(root)).map(({ name }) => name).sort()).toEqual(['a.pdf', 'dead', 'server']);
    } finally {
      await run('umount', ['-l', mount]);
    }
  });
});
