import { link, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FolderRole, findOverlap, type KnownFolder, sayOverlap } from '../../../electron/hub/disk/overlap.ts';
import { mountOf, readMounts, serverOf, stepsOf, tidyPath, uncHost } from '../../../electron/hub/disk/spelling.ts';
import { spotOf, whereIs } from '../../../electron/hub/disk/where.ts';
import { sayPair } from '../../../shared/words/say.ts';
import { need, run } from '../../faults/machine.ts';

let root = '';
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'printfloor-overlap-')));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const roles: readonly FolderRole[] = ['incoming', 'hot', 'outcome', 'staging', 'archive', 'rejected', 'work'];
const folder = (role: FolderRole, path: string, owner = `${role} ${path}`): KnownFolder => ({
  role,
  owner,
  name: { key: `the ${role} folder`, values: {} },
  path,
  spot: null,
});
const onDisk = async (role: FolderRole, path: string, owner?: string): Promise<KnownFolder> => ({
  ...folder(role, (await whereIs(path)).path, owner),
  spot: await spotOf(path),
});

describe('folders never contain one another', () => {
  const pairs = roles.flatMap((outer) => roles.map((inner) => [outer, inner] as const));

  it.each(pairs)('%s: no %s in it, whoever is asked about', (outer, inner) => {
    const [a, b] = [folder(outer, '/floor/a', 'one'), folder(inner, '/floor/a/b', 'other')];
    for (const [mine, others] of [
      [a, b],
      [b, a],
    ] as const)
      expect(findOverlap(mine, [others])).toMatchObject({ outer: { path: '/floor/a' }, inner: { path: '/floor/a/b' }, same: false });
    expect(findOverlap(a, [folder(inner, '/floor/ab', 'other')])).toBeNull();
  });

  it.each(pairs.filter(([a, b]) => a !== b || (a !== 'outcome' && a !== 'staging')))('%s and %s are never the same folder', (a, b) => {
    expect(findOverlap(folder(a, '/floor/a', 'one'), [folder(b, '/floor/a/', 'other')])).toMatchObject({ same: true });
  });

  it("save a hot folder's own outcome and staging folders, and outcome or staging folders that several share", () => {
    const hot = folder('hot', '/hot', 'press');
    expect(
      findOverlap(hot, [
        folder('outcome', '/hot/done', 'press'),
        folder('staging', '/hot/tmp', 'press'),
        folder('staging', '/hot', 'press'),
      ]),
    ).toBeNull();
    expect(findOverlap(hot, [folder('outcome', '/hot', 'press')])).not.toBeNull();
    expect(findOverlap(hot, [folder('outcome', '/', 'press')])).not.toBeNull();
    expect(findOverlap(folder('outcome', '/done', 'press'), [folder('outcome', '/done', 'other')])).toBeNull();
    expect(findOverlap(folder('staging', '/tmp', 'press'), [folder('staging', '/tmp', 'other')])).toBeNull();
  });

  it('says which lies in which', () => {
    const overlap = findOverlap(folder('incoming', '/in'), [folder('hot', '/in/press')]);
    expect(overlap === null ? '' : sayPair('en', sayOverlap(overlap))?.what).toBe(
      'The hot folder (/in/press) lies in the incoming folder (/in).',
    );
  });
});

describe('however a path is spelled', () => {
  it.each(['/x/a/', '/x//a', '/x/./a', '/x/b/../a', '//x/a'])('%s is /x/a', (path) => {
    expect(tidyPath(path, 'linux')).toBe('/x/a');
    expect(findOverlap(folder('hot', path), [folder('incoming', '/x/a/in')])).not.toBeNull();
  });
  it.each(['C:\\Hot\\A\\', 'c:/hot/a', '\\\\?\\C:\\hot\\A', 'C:\\hot\\x\\..\\a'])('%s is C:\\Hot\\A on Windows', (path) => {
    expect(stepsOf(path, 'win32')).toEqual(['c:', 'hot', 'a']);
  });
  it.each(['\\\\NAS\\hot\\a', '//nas/Hot/a/', '\\\\?\\UNC\\nas\\hot\\a'])('%s is the share of the host nas', (path) => {
    expect(stepsOf(path, 'win32')).toEqual(['nas', 'hot', 'a']);
    expect(uncHost(path, 'win32')).toBe('nas');
  });

  it('on disk: through links, and where a folder is not there yet', async () => {
    await mkdir(join(root, 'hot/press'), { recursive: true });
    await symlink(join(root, 'hot'), join(root, 'alias'));
    const hot = await onDisk('hot', join(root, 'hot/press'), 'press');
    expect(findOverlap(await onDisk('incoming', join(root, 'alias')), [hot])).toMatchObject({ outer: { role: 'incoming' }, same: false });
    expect(findOverlap(await onDisk('incoming', join(root, 'alias/press')), [hot])).toMatchObject({ same: true });
    expect(findOverlap(await onDisk('incoming', join(root, 'alias/press/new/deep')), [hot])).toMatchObject({ outer: { role: 'hot' } });
    expect(findOverlap(await onDisk('incoming', join(root, 'in')), [hot])).toBeNull();
  });

  it('on disk: by another mount of it', async (context) => {
    await need(context, { root: true });
    const [hot, other] = [join(root, 'hot'), join(root, 'other')];
    await Promise.all([mkdir(hot), mkdir(other)]);
    await run('mount', ['--bind', hot, other]);
    try {
      expect(findOverlap(await onDisk('incoming', other), [await onDisk('hot', hot)])).toMatchObject({ same: true });
    } finally {
      await run('umount', [other]);
    }
  });

  it('on disk: in other case, where the disk knows none', async (context) => {
    await need(context, { root: true, programs: ['mkntfs', 'lowntfs-3g'], from: 'ntfs-3g' });
    const [image, mount] = [join(root, 'ntfs.img'), join(root, 'mount')];
    await mkdir(mount);
    await run('truncate', ['-s', '20M', image]);
    await run('mkntfs', ['-q', '-F', image]);
    await run('lowntfs-3g', ['-o', 'ignore_case', image, mount]);
    try {
      await mkdir(join(mount, 'Press'));
      expect(findOverlap(await onDisk('incoming', join(mount, 'PRESS')), [await onDisk('hot', join(mount, 'press'))])).toMatchObject({
        same: true,
      });
    } finally {
      await run('umount', [mount]);
    }
  });
});

describe('where a folder is', () => {
  const mounts = readMounts(
    [
      '/dev/sda / ext4 rw 0 0',
      '//nas/hot /mnt/hot cifs rw 0 0',
      'nas2:/vol /mnt/nfs\\040two nfs4 rw 0 0',
      'me@rip:/in /mnt/rip fuse.sshfs rw 0 0',
      '/dev/sdb /mnt/usb fuseblk rw 0 0',
      'share /mnt/vm 9p rw 0 0',
    ].join('\n'),
  );
  it.each([
    ['/mnt/hot/press', '//nas'],
    ['/mnt/nfs two/press', '//nas2'],
    ['/mnt/rip', '//rip'],
    ['/mnt/vm/x', '/mnt/vm'],
  ])('%s hangs with %s', (path, server) => {
    const mount = mountOf(path, mounts);
    expect(mount?.network).toBe(true);
    expect(serverOf(path, mount, 'linux')).toBe(server);
  });
  it.each(['/mnt/usb/press', '/mnt/hotter', '/home'])('%s is on this computer', (path) => {
    expect(mountOf(path, mounts)?.network).toBe(false);
  });
  it('folders on one Windows server share a process, drives have one each', () => {
    expect(serverOf('\\\\NAS\\Hot\\press-1', null, 'win32')).toBe(serverOf('//nas/other/press-2', null, 'win32'));
    expect(serverOf('Z:\\hot', null, 'win32')).toBe('z:\\');
    expect(serverOf('/mnt/nas/hot/', null, 'linux')).toBe('/mnt/nas/hot/');
  });

  it('really: behind a link to a mount by another program, without touching it', async (context) => {
    await need(context, { root: true, programs: ['bindfs'] });
    const [server, mount] = [join(root, 'server'), join(root, 'mount')];
    await Promise.all([mkdir(server), mkdir(mount)]);
    await run('bindfs', [server, mount]);
    try {
      await symlink(mount, join(root, 'press'));
      expect(await whereIs(join(root, 'press/deep'))).toEqual({ location: 'network', server: mount, path: join(mount, 'deep') });
      expect(await whereIs(server)).toEqual({ location: 'local', server: null, path: server });
    } finally {
      await run('umount', [mount]);
    }
  });

  it('is no question without end where links lead in a circle', async () => {
    await symlink(join(root, 'b'), join(root, 'a'));
    await symlink(join(root, 'a'), join(root, 'b'));
    await expect(whereIs(join(root, 'a/x'))).rejects.toMatchObject({ code: 'FolderMissing' });
    await writeFile(join(root, 'file'), 'x');
    await link(join(root, 'file'), join(root, 'second'));
    expect((await whereIs(join(root, 'second'))).location).toBe('local');
  });
});
