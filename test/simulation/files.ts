/**
 * The file calls of a disk process, on the simulated disk: each takes its time, may fail, hang with its share, or be the last its process makes. The
 * calls of a process that was killed change nothing any more, and reject, so that whatever waited for them unwinds.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Files, OpenFile } from '../../electron/hub/disk/files.ts';
import type { FileInfo } from '../../electron/hub/disk/stamp.ts';
import type { Mount, SimulatedDisk, Spot } from './disk.ts';
import { fault, type Inode, type Volume } from './volume.ts';
import type { World } from './world.ts';

export type DiskProcess = {
  readonly label: string;
  dead: boolean;
  /** How its waiting calls learn of its death. */
  readonly waiting: Set<() => void>;
};

/** Which process asks, and when the hub sent it the question. */
export type Asking = { readonly process: DiskProcess; readonly sentAt: number };
export const asking = new AsyncLocalStorage<Asking>();

export type CallFaults = {
  /** Chance that a share keeps other bytes than it was given. */
  readonly flips: number;
  /** Chance that a call takes time, and the most it takes, ms. */
  readonly slow: { readonly chance: number; readonly mostMs: number };
  /** Chance of each error, for each kind of call. */
  readonly errors: readonly {
    readonly call: string;
    readonly code: string;
    readonly chance: number;
    readonly on: 'own' | 'share' | 'any';
  }[];
};

type Options = {
  readonly world: World;
  readonly disk: SimulatedDisk;
  readonly faults: () => CallFaults;
  /** Told before each change, and after the last: the moments in which a program can die. */
  readonly effect: (what: string) => void;
  /** A name came into a folder by the hub's own hand. */
  readonly onNamed: (path: string, inode: Inode, asked: Asking) => void;
  /** What had a name has lost it to another file. */
  readonly onReplaced: (path: string, inode: Inode) => void;
};

function textOf(path: unknown): string {
  return String(path);
}

/** Both shapes that the hub's versions read. */
function infoOf(volume: Volume, inode: Inode): FileInfo {
  return {
    size: inode.kind === 'file' ? inode.data.length : 4096,
    mtimeMs: inode.mtimeMs,
    ctimeMs: inode.ctimeMs,
    ino: String(inode.ino),
    dev: String(volume.dev),
    kind: inode.kind,
    links: inode.kind === 'file' ? inode.links : 1,
    owner: process.geteuid?.() ?? 0,
    born: `${Math.round(inode.bornMs * 1e6)}1`,
  };
}

export function makeFiles({ world, disk, faults, effect, onNamed, onReplaced }: Options): Files {
  const asker = (): Asking => {
    const found = asking.getStore();
    if (found === undefined) throw new Error('disk work outside a disk process');
    return found;
  };
  const killed = (): Error => fault('EKILLED', 'the process is gone');

  /** Waits until `begin` calls back; rejects when the process dies before. */
  const wait = (process: DiskProcess, begin: (go: () => void) => void): Promise<void> =>
    new Promise((resolve, reject) => {
      const die = (): void => reject(killed());
      process.waiting.add(die);
      begin(() => {
        process.waiting.delete(die);
        resolve();
      });
    });

  const failMaybe = (call: string, path: string, mount: Mount | undefined): void => {
    for (const { call: meant, code, chance, on } of faults().errors)
      if (meant === call && (on === 'any' || (on === 'share') === (mount !== undefined)) && world.happens(chance)) {
        world.count(`fault: ${code} of ${call}`);
        world.say('disk', `${call} ${path} fails with ${code}`);
        throw fault(code, path);
      }
  };

  const slowness = (): number => {
    const { slow } = faults();
    if (!world.happens(slow.chance)) return 0;
    world.count('fault: a slow call');
    return world.random.between(0, slow.mostMs);
  };

  const call = async <Result>(name: string, path: string, changes: boolean, work: () => Result, ms = 0): Promise<Result> => {
    const { process } = asker();
    if (process.dead) throw killed();
    if (changes) effect(`${name} ${path}`);
    if (process.dead) throw killed();
    const takes = ms + slowness();
    if (takes > 0) await wait(process, (go) => world.after(takes, go));
    const mount = disk.mountOf(path);
    while (mount?.state === 'hung') await wait(process, (go) => mount.waiting.push(go));
    if (process.dead) throw killed();
    if (mount?.state === 'off') throw fault(world.random.pick(['ENOTCONN', 'EHOSTDOWN', 'ETIMEDOUT']), path);
    if (mount?.state === 'readOnly' && changes) throw fault('EROFS', path);
    failMaybe(name, path, mount);
    return work();
  };

  const there = (path: string): Spot & { readonly inode: Inode } => {
    const spot = disk.find(path);
    if (spot.inode === undefined) throw fault('ENOENT', path);
    return { ...spot, inode: spot.inode };
  };
  const folderAt = (path: string): Spot & { readonly inode: Inode } => {
    const spot = there(path);
    if (spot.inode.kind !== 'folder') throw fault('ENOTDIR', path);
    return spot;
  };
  const list = (path: string) => {
    const { volume, inode } = folderAt(path);
    return volume.list(inode);
  };

  /** What the disk makes of what it is given. */
  const keptOf = (piece: Buffer, path: string): Buffer => {
    if (disk.mountOf(path) === undefined || piece.length === 0 || !world.happens(faults().flips)) return piece;
    world.count('fault: a flipped byte');
    world.say('disk', `keeps another byte of ${path}`);
    const kept = Buffer.from(piece);
    kept.writeUInt8(kept.readUInt8(kept.length >> 1) ^ 1, kept.length >> 1);
    return kept;
  };

  const openFile = (volume: Volume, folder: Inode, inode: Inode, path: string): OpenFile => ({
    stat: () => call('fstat', path, false, () => infoOf(volume, inode)),
    read: (buffer, offset, length, position) =>
      call('read', path, false, () => ({ bytesRead: inode.data.copy(buffer, offset, position, position + length) })),
    write: (buffer, offset, length, position) =>
      call('write', path, true, () => {
        if (inode.data.length + length > position + volume.free) throw fault('ENOSPC', path);
        const piece = keptOf(buffer.subarray(offset, offset + length), path);
        volume.write(inode, Buffer.concat([inode.data.subarray(0, position), piece, inode.data.subarray(position + length)]));
        return { bytesWritten: length };
      }),
    writeText: (text) =>
      call('write', path, true, () => {
        if (text.length > volume.free) throw fault('ENOSPC', path);
        volume.write(inode, Buffer.from(text));
      }),
    sync: () => {
      const unflushed = inode.kind === 'file' && inode.flushed !== inode.data ? inode.data.length : 0;
      const pace = disk.mountOf(path)?.bytesPerMs ?? Number.POSITIVE_INFINITY;
      return call(
        'fsync',
        path,
        true,
        () => (inode.kind === 'file' ? volume.flushFile(inode) : volume.flushFolder(inode)),
        unflushed / pace,
      );
    },
    close: () => call('close', path, false, () => disk.changed(folder, '')),
  });

  const checkName = ({ volume, name }: Spot, path: string): void => {
    if (Buffer.byteLength(name) <= volume.style.longestName) return;
    world.count('fault: name too long');
    throw fault('ENAMETOOLONG', path);
  };

  const openThere = (wished: string): Promise<OpenFile> =>
    call('open', wished, false, () => {
      checkName(disk.find(wished), wished);
      const { volume, folder, inode } = there(wished);
      return openFile(volume, folder, inode, wished);
    });

  return {
    link: (fromPath, toPath) =>
      call('link', textOf(toPath), true, () => {
        const from = there(textOf(fromPath));
        const to = disk.find(textOf(toPath));
        checkName(to, textOf(toPath));
        if (from.volume !== to.volume) throw fault('EXDEV', textOf(toPath));
        if (!from.volume.style.links) world.count('fault: no links');
        if (!from.volume.style.links) throw fault('ENOTSUP', textOf(toPath));
        if (to.inode !== undefined) throw fault('EEXIST', textOf(toPath));
        to.volume.link(from.inode, to.folder, to.name);
        disk.changed(to.folder, to.name);
        onNamed(textOf(toPath), from.inode, asker());
      }),
    rename: (fromPath, toPath) =>
      call('rename', textOf(toPath), true, () => {
        const from = there(textOf(fromPath));
        const to = disk.find(textOf(toPath));
        checkName(to, textOf(toPath));
        if (from.volume !== to.volume) throw fault('EXDEV', textOf(toPath));
        if (to.inode !== undefined && to.inode !== from.inode) onReplaced(textOf(toPath), to.inode);
        world.say('disk', `rename ${textOf(fromPath)}`);
        to.volume.rename(from.folder, from.name, to.folder, to.name);
        disk.changed(from.folder, from.name);
        disk.changed(to.folder, to.name);
        onNamed(textOf(toPath), from.inode, asker());
      }),
    unlink: (path) =>
      call('unlink', textOf(path), true, () => {
        const { volume, folder, name } = there(textOf(path));
        world.say('disk', `unlink ${textOf(path)}`);
        volume.unlink(folder, name);
        disk.changed(folder, name);
      }),
    lstat: (path) =>
      call('lstat', textOf(path), false, () => {
        const { volume, inode } = there(textOf(path));
        return infoOf(volume, inode);
      }),
    stat: (path) =>
      call('stat', textOf(path), false, () => {
        const { volume, inode } = there(textOf(path));
        return infoOf(volume, inode);
      }),
    readNames: (path) => call('readdir', path, false, () => list(path).map(({ name }) => name)),
    readKinds: (path) =>
      call('readdir', path, false, () =>
        list(path).map(({ name, inode }) => ({ name, isFile: () => inode.kind === 'file', isDirectory: () => inode.kind === 'folder' })),
      ),
    readRawNames: (path) => call('readdir', path, false, () => list(path).map(({ name }) => Buffer.from(name))),
    // No links here: every way leads straight to its place.
    readLink: (path) =>
      call('readlink', path, false, () => {
        there(path);
        throw fault('EINVAL', path);
      }),
    realPath: (path) =>
      call('realpath', path, false, () => {
        there(path);
        return path;
      }),
    checkReadable: (path) => call('access', path, false, () => void there(path)),
    freeBytes: (path) => call('statfs', path, false, () => Math.min(there(path).volume.free, 1e12)),
    makeFolders: (path) => call('mkdir', path, true, () => disk.makeFolders(path)),
    open: (path) => openThere(textOf(path)),
    openFolder: (path) => openThere(path),
    make: (path) => {
      const wished = textOf(path);
      return call('open', wished, true, () => {
        const spot = disk.find(wished);
        checkName(spot, wished);
        if (spot.inode !== undefined) throw fault('EEXIST', wished);
        const inode = spot.volume.make(spot.folder, spot.name, 'file');
        disk.changed(spot.folder, spot.name);
        onNamed(wished, inode, asker());
        return openFile(spot.volume, spot.folder, inode, wished);
      });
    },
  };
}
