/** All simulated disks under one tree of paths: the computer's own at `/`, shares mounted below it. Answers where a path leads, and whether it can be reached. */
import { fault, type Inode, makeVolume, type Volume, type VolumeStyle } from './volume.ts';
import type { World } from './world.ts';

/** `hung`: calls wait; `off`: they fail; `unmounted`: the path leads into the empty folder below. */
export type MountState = 'on' | 'hung' | 'off' | 'unmounted' | 'readOnly';
export type Mount = {
  readonly path: string;
  readonly volume: Volume;
  state: MountState;
  /** How fast it flushes. */
  bytesPerMs: number;
  readonly waiting: (() => void)[];
};

/** Where a path leads: the folder it lies in, its name there, and what has that name. */
export type Spot = { readonly volume: Volume; readonly folder: Inode; readonly name: string; readonly inode: Inode | undefined };

export type SimulatedDisk = {
  readonly own: Volume;
  readonly mounts: readonly Mount[];
  mount(path: string, style: VolumeStyle): Mount;
  mountOf(path: string): Mount | undefined;
  setState(mount: Mount, state: MountState): void;
  /** `asServer`: past the mount, as the program on the share's own computer sees it. @throws ENOENT when its folder is not there */
  find(path: string, asServer?: boolean): Spot;
  /** What is there, or undefined. */
  at(path: string, asServer?: boolean): Inode | undefined;
  makeFolders(path: string, asServer?: boolean): void;
  /** A name came into a folder, left it, or a file was written. */
  onChange(listener: (folder: Inode, name: string) => void): void;
  changed(folder: Inode, name: string): void;
};

export function makeDisk(world: World, style: VolumeStyle): SimulatedDisk {
  const own = makeVolume(world, 1, style);
  const mounts: Mount[] = [];
  const listeners: ((folder: Inode, name: string) => void)[] = [];

  const disk: SimulatedDisk = {
    own,
    mounts,
    mount: (path, mountStyle) => {
      disk.makeFolders(path);
      const mount: Mount = {
        path,
        volume: makeVolume(world, 2 + mounts.length, mountStyle),
        state: 'on',
        bytesPerMs: Number.POSITIVE_INFINITY,
        waiting: [],
      };
      mounts.push(mount);
      return mount;
    },
    mountOf: (path) => mounts.find((mount) => path === mount.path || path.startsWith(`${mount.path}/`)),
    setState: (mount, state) => {
      mount.state = state;
      if (state !== 'hung') for (const go of mount.waiting.splice(0)) go();
    },
    find: (path, asServer = false) => {
      const mount = disk.mountOf(path);
      const through = mount !== undefined && (asServer || mount.state !== 'unmounted') ? mount : undefined;
      const volume = through?.volume ?? own;
      const parts = path
        .slice(through?.path.length ?? 0)
        .split('/')
        .filter((part) => part !== '' && part !== '.');
      const name = parts.pop() ?? '';
      let folder = volume.root;
      for (const part of parts) {
        const next = volume.child(folder, part);
        if (next === undefined) throw fault('ENOENT', path);
        if (next.kind !== 'folder') throw fault('ENOTDIR', path);
        folder = next;
      }
      return { volume, folder, name, inode: name === '' ? folder : volume.child(folder, name) };
    },
    at: (path, asServer) => {
      try {
        return disk.find(path, asServer).inode;
      } catch {
        return undefined;
      }
    },
    makeFolders: (path, asServer) => {
      const parts = path.split('/').filter((part) => part !== '');
      for (let depth = 1; depth <= parts.length; depth++) {
        const { volume, folder, name, inode } = disk.find(`/${parts.slice(0, depth).join('/')}`, asServer);
        if (inode === undefined) {
          volume.make(folder, name, 'folder');
          disk.changed(folder, name);
        } else if (inode.kind !== 'folder') throw fault('EEXIST', path);
      }
    },
    onChange: (listener) => {
      listeners.push(listener);
    },
    changed: (folder, name) => {
      for (const listener of listeners) listener(folder, name);
    },
  };
  return disk;
}
