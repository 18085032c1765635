/**
 * One simulated disk: folders, files with two contents (what programs see, and what survives a power cut), hard links, times, and names compared the way
 * this disk does. Every change of a name can be taken back until it was flushed. All calls are whole: they happen or throw, in one step.
 */
import type { World } from './world.ts';

export type Inode = {
  readonly ino: number;
  readonly kind: 'file' | 'folder';
  /** Shared and never changed in place: a write makes a new one. */
  data: Buffer;
  /** What a power cut leaves; null where nothing was ever flushed. */
  flushed: Buffer | null;
  /** By compared name. */
  readonly names: Map<string, { readonly name: string; readonly inode: Inode }>;
  mtimeMs: number;
  ctimeMs: number;
  readonly bornMs: number;
  links: number;
};

export type VolumeStyle = {
  readonly links: boolean;
  readonly foldsCase: boolean;
  /** How names are listed. */
  readonly shows: 'asGiven' | 'decomposed' | 'upperCase';
  /** Steps of its file times, ms. */
  readonly coarseMs: number;
  /** Its clock, against the hub's true time. */
  readonly clockAheadMs: number;
  /** Gives the id of a removed file to the next new one. */
  readonly reusesIds: boolean;
  /** The longest name it takes, bytes; encrypted shares take fewer. */
  readonly longestName: number;
};

export type Volume = {
  readonly dev: number;
  readonly root: Inode;
  readonly style: VolumeStyle;
  /** Bytes left for new content. */
  free: number;
  child(folder: Inode, name: string): Inode | undefined;
  list(folder: Inode): { name: string; inode: Inode }[];
  make(folder: Inode, name: string, kind: Inode['kind']): Inode;
  /** @throws when the name is taken */
  link(inode: Inode, folder: Inode, name: string): void;
  unlink(folder: Inode, name: string): void;
  /** Replaces what is there, as rename does. */
  rename(from: Inode, fromName: string, to: Inode, toName: string): void;
  write(inode: Inode, data: Buffer): void;
  flushFile(inode: Inode): void;
  flushFolder(folder: Inode): void;
  /** As the system does by itself every few seconds. */
  flushAll(): void;
  /** The power of the hub's computer goes: what it had not flushed may be gone. Names on a share are its server's, and stay. */
  cutPower(isOwn: boolean): void;
};

type Undo = { readonly inode: Inode; readonly folders: readonly Inode[]; readonly undo: () => void };

export function fault(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: simulated, '${path}'`), { code, path });
}

export function makeVolume(world: World, dev: number, style: VolumeStyle): Volume {
  let lastIno = dev * 1000;
  let tick = 0;
  const freeIds: number[] = [];
  /** Changes of names that a power cut may still take back, oldest first. */
  let journal: Undo[] = [];
  const touched = new Set<Inode>();

  const time = (): number => {
    const now = world.monotonic() + style.clockAheadMs + Date.UTC(2026, 10, 24, 7);
    return now - (now % style.coarseMs);
  };
  const changeTime = (): number => time() + (tick++ % 1000) / 1000;
  const newInode = (kind: Inode['kind']): Inode => {
    const ino = (style.reusesIds ? freeIds.pop() : undefined) ?? ++lastIno;
    return {
      ino,
      kind,
      data: Buffer.alloc(0),
      flushed: null,
      names: new Map(),
      mtimeMs: time(),
      ctimeMs: changeTime(),
      bornMs: changeTime(),
      links: 0,
    };
  };
  const root = newInode('folder');
  const key = (name: string): string => {
    const formed = style.shows === 'decomposed' ? name.normalize('NFC') : name;
    return style.foldsCase ? formed.toLowerCase() : formed;
  };
  const put = (folder: Inode, name: string, inode: Inode): void => {
    folder.names.set(key(name), { name, inode });
    inode.links++;
    folder.mtimeMs = time();
  };
  const drop = (folder: Inode, name: string): void => {
    const entry = folder.names.get(key(name));
    if (entry === undefined) return;
    folder.names.delete(key(name));
    entry.inode.links--;
    folder.mtimeMs = time();
  };

  const volume: Volume = {
    dev,
    root,
    style,
    free: Number.POSITIVE_INFINITY,
    child: (folder, name) => folder.names.get(key(name))?.inode,
    list: (folder) =>
      [...folder.names.values()].map(({ name, inode }) => ({
        name: style.shows === 'asGiven' ? name : style.shows === 'decomposed' ? name.normalize('NFD') : name.toUpperCase(),
        inode,
      })),
    make: (folder, name, kind) => {
      const inode = newInode(kind);
      put(folder, name, inode);
      journal.push({ inode, folders: [folder], undo: () => drop(folder, name) });
      return inode;
    },
    link: (inode, folder, name) => {
      put(folder, name, inode);
      inode.ctimeMs = changeTime();
      journal.push({ inode, folders: [folder], undo: () => drop(folder, name) });
    },
    unlink: (folder, name) => {
      const inode = volume.child(folder, name);
      if (inode === undefined) return;
      drop(folder, name);
      inode.ctimeMs = changeTime();
      const isFreed = inode.links === 0;
      if (isFreed) freeIds.push(inode.ino);
      journal.push({
        inode,
        folders: [folder],
        undo: () => {
          put(folder, name, inode);
          // What came back has its id again: no other file gets it.
          const freed = isFreed ? freeIds.indexOf(inode.ino) : -1;
          if (freed >= 0) freeIds.splice(freed, 1);
        },
      });
    },
    rename: (from, fromName, to, toName) => {
      const inode = volume.child(from, fromName);
      if (inode === undefined) return;
      const replaced = volume.child(to, toName);
      // Two names of one file: rename leaves both, as POSIX has it.
      if (replaced === inode && (from !== to || key(fromName) !== key(toName))) return;
      drop(from, fromName);
      if (replaced !== undefined && replaced !== inode) drop(to, toName);
      put(to, toName, inode);
      inode.ctimeMs = changeTime();
      journal.push({
        inode,
        folders: [from, to],
        undo: () => {
          drop(to, toName);
          if (replaced !== undefined && replaced !== inode) put(to, toName, replaced);
          put(from, fromName, inode);
        },
      });
    },
    write: (inode, data) => {
      volume.free -= Math.max(0, data.length - inode.data.length);
      inode.data = data;
      inode.mtimeMs = time();
      inode.ctimeMs = changeTime();
      touched.add(inode);
    },
    flushFile: (inode) => {
      inode.flushed = inode.data;
      touched.delete(inode);
      // With a file its own name, as journaling file systems do it.
      journal = journal.slice(journal.findLastIndex((entry) => entry.inode === inode) + 1);
    },
    flushFolder: (folder) => {
      // Names go to disk in the order in which they changed.
      const last = journal.findLastIndex(({ folders }) => folders.includes(folder));
      journal = journal.slice(last + 1);
    },
    flushAll: () => {
      journal = [];
      for (const inode of touched) inode.flushed = inode.data;
      touched.clear();
    },
    cutPower: (isOwn) => {
      const kept = isOwn ? world.random.between(0, journal.length) : journal.length;
      for (const { undo } of journal.slice(kept).reverse()) undo();
      journal = [];
      for (const inode of touched) {
        const whole = inode.data;
        inode.data = world.random.pick([
          whole,
          inode.flushed ?? Buffer.alloc(0),
          Buffer.alloc(whole.length),
          whole.subarray(0, whole.length >> 1),
        ]);
        inode.flushed = inode.data;
      }
      touched.clear();
    },
  };
  return volume;
}
