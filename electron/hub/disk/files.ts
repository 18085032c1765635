/**
 * The file calls of disk work, in two ways of waiting that mean the same.
 *
 * `blocking`: the process of the local disks simply waits. A hop to a thread costs ten times as much as a call that the system answers from memory; only
 * what truly waits for a disk goes to threads: flushes, and large reads and writes. `threaded`: on a network every call may take long, so each goes to a
 * thread and several are under way at once.
 */
import fs, { type Dirent } from 'node:fs';
import threads from 'node:fs/promises';
import { promisify } from 'node:util';
import { ownFileMode, ownFolderMode } from '../data-rights.ts';
import type { Ports } from '../ports/ports.ts';
import { systemClock, systemRandom, systemTimers } from '../ports/system.ts';
import type { DiskPath } from './raw-name.ts';
import { type FileInfo, infoOf } from './stamp.ts';
import { type Footing, type Held, overTheWay } from './way.ts';

/** A name in a folder, with its kind. */
export type NamedKind = Pick<Dirent, 'name' | 'isFile' | 'isDirectory'>;

export type OpenFile = {
  stat(): Promise<FileInfo>;
  read(buffer: Buffer, offset: number, length: number, position: number): Promise<{ readonly bytesRead: number }>;
  write(buffer: Buffer, offset: number, length: number, position: number): Promise<{ readonly bytesWritten: number }>;
  writeText(text: string): Promise<void>;
  /** Data and name length on disk; of the file, not of its folder. */
  sync(): Promise<void>;
  close(): Promise<void>;
};

/** Who but this account may read a file that we make; write it may nobody. `everybody`: what lies where printers or other hubs must reach it, as far as the umask lets them. */
export type Reader = 'us' | 'everybody';

export type Files = {
  link(fromPath: DiskPath, toPath: DiskPath): Promise<void>;
  rename(fromPath: DiskPath, toPath: DiskPath): Promise<void>;
  unlink(path: DiskPath): Promise<void>;
  /** Of the name itself, not of what a link leads to. */
  lstat(path: DiskPath): Promise<FileInfo>;
  /** Of what a link leads to. */
  stat(path: DiskPath): Promise<FileInfo>;
  readNames(path: string): Promise<string[]>;
  readKinds(path: string): Promise<NamedKind[]>;
  /** Names as bytes, for those that are no valid UTF-8. */
  readRawNames(path: string): Promise<Buffer[]>;
  /** May this user list a folder and reach what is in it? */
  checkReadable(path: string): Promise<void>;
  /** For this user, on the disk of a folder. */
  freeBytes(path: string): Promise<number>;
  /** Where a link leads, as it is written in it. */
  readLink(path: string): Promise<string>;
  /** Without any link, in the spelling of the disk. */
  realPath(path: string): Promise<string>;
  /** Closed to other accounts, whatever the umask: nobody else has anything to do in a folder of ours. */
  makeFolders(path: string): Promise<void>;
  /** To be read. Never through a link, and never waits for whoever else must open a pipe: what was opened is looked at afterwards (plain.ts). */
  open(path: DiskPath): Promise<OpenFile>;
  /** A new file, to be written and read back. The only way to write here: whatever has the name already stays as it is. */
  make(path: DiskPath, reader: Reader): Promise<OpenFile>;
  /** To flush which names it has. Never waits where a pipe lies there instead. @throws ENOTDIR where it is no folder */
  openFolder(path: string): Promise<Pick<OpenFile, 'sync' | 'close'>>;
};

const { O_RDONLY, O_RDWR, O_CREAT, O_EXCL, O_NOFOLLOW = 0, O_NONBLOCK = 0, O_DIRECTORY = 0 } = fs.constants;
const toRead = O_RDONLY | O_NOFOLLOW | O_NONBLOCK;
/** Nobody waits for whoever else must open a pipe that lies there. A link may: a folder that somebody named is reached as it is spelled, and a handle is a link itself. */
const toFlush = O_RDONLY | O_DIRECTORY | O_NONBLOCK;
const toMake = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW;

const modeFor: Readonly<Record<Reader, number>> = { us: ownFileMode, everybody: 0o644 };

/** From this size on a read or write is worth a thread. Bytes. */
const largeFrom = 1024 * 1024;

const inThread = { read: promisify(fs.read), write: promisify(fs.write), fsync: promisify(fs.fsync) };

function blockingFile(fd: number): OpenFile {
  return {
    stat: async () => infoOf(fs.fstatSync(fd, { bigint: true })),
    read: async (buffer, offset, length, position) =>
      length < largeFrom
        ? { bytesRead: fs.readSync(fd, buffer, offset, length, position) }
        : await inThread.read(fd, buffer, offset, length, position),
    write: async (buffer, offset, length, position) =>
      length < largeFrom
        ? { bytesWritten: fs.writeSync(fd, buffer, offset, length, position) }
        : await inThread.write(fd, buffer, offset, length, position),
    writeText: async (text) => fs.writeFileSync(fd, text),
    sync: () => inThread.fsync(fd),
    close: async () => fs.closeSync(fd),
  };
}

function threadedFile(file: threads.FileHandle): OpenFile {
  return {
    stat: async () => infoOf(await file.stat({ bigint: true })),
    read: (buffer, offset, length, position) => file.read(buffer, offset, length, position),
    write: (buffer, offset, length, position) => file.write(buffer, offset, length, position),
    writeText: (text) => file.writeFile(text, 'utf8'),
    sync: () => file.sync(),
    close: () => file.close(),
  };
}

/** In a thread in either way: long lists, and what may lead to another computer. */
const inFolders: Pick<Files, 'readNames' | 'readKinds' | 'readRawNames' | 'checkReadable' | 'freeBytes' | 'readLink' | 'realPath'> = {
  checkReadable: (path) => threads.access(path, fs.constants.R_OK | fs.constants.X_OK),
  readLink: (path) => threads.readlink(path),
  realPath: (path) => threads.realpath(path),
  readNames: (path) => threads.readdir(path),
  readKinds: (path) => threads.readdir(path, { withFileTypes: true }),
  readRawNames: (path) => threads.readdir(path, { encoding: 'buffer' }),
  freeBytes: async (path) => {
    const { bavail, bsize } = await threads.statfs(path);
    return bavail * bsize;
  },
};

const blocking: Files = {
  ...inFolders,
  link: async (fromPath, toPath) => fs.linkSync(fromPath, toPath),
  rename: async (fromPath, toPath) => fs.renameSync(fromPath, toPath),
  unlink: async (path) => fs.unlinkSync(path),
  lstat: async (path) => infoOf(fs.lstatSync(path, { bigint: true })),
  stat: async (path) => infoOf(fs.statSync(path, { bigint: true })),
  makeFolders: async (path) => void fs.mkdirSync(path, { recursive: true, mode: ownFolderMode }),
  open: async (path) => blockingFile(fs.openSync(path, toRead)),
  make: async (path, reader) => blockingFile(fs.openSync(path, toMake, modeFor[reader])),
  openFolder: async (path) => blockingFile(fs.openSync(path, toFlush)),
};

const threaded: Files = {
  ...inFolders,
  link: threads.link,
  rename: threads.rename,
  unlink: threads.unlink,
  lstat: async (path) => infoOf(await threads.lstat(path, { bigint: true })),
  // A server that keeps no such time makes it up from the others.
  stat: async (path) => ({ ...infoOf(await threads.stat(path, { bigint: true })), born: null }),
  makeFolders: async (path) => void (await threads.mkdir(path, { recursive: true, mode: ownFolderMode })),
  open: async (path) => threadedFile(await threads.open(path, toRead)),
  make: async (path, reader) => threadedFile(await threads.open(path, toMake, modeFor[reader])),
  openFolder: async (path) => threadedFile(await threads.open(path, toFlush)),
};

/** The label of the process that works on local disks; it is told by its first argument. */
export const localLabel = 'local';

/** As Linux has it, also where Node does not name it: a folder as a place to stand on, which need not be listed. */
const toStandOn = 0o10000000 | O_DIRECTORY | O_NOFOLLOW;
const handles = '/proc/self/fd';

function held(fd: number, close: () => Promise<void>): Held {
  return { path: `${handles}/${fd}`, close };
}

async function unlessThere(making: () => unknown): Promise<void> {
  try {
    await making();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}

const canHold = process.platform === 'linux' && fs.existsSync(handles);
const footing: { readonly blocking: Footing; readonly threaded: Footing } = {
  blocking: {
    hold: !canHold
      ? null
      : async (path) => {
          const fd = fs.openSync(path, toStandOn);
          return held(fd, async () => fs.closeSync(fd));
        },
    makeFolder: (path) => unlessThere(() => fs.mkdirSync(path, ownFolderMode)),
  },
  threaded: {
    hold: !canHold
      ? null
      : async (path) => {
          const folder = await threads.open(path, toStandOn);
          return held(folder.fd, () => folder.close());
        },
    makeFolder: (path) => unlessThere(() => threads.mkdir(path, ownFolderMode)),
  },
};

export let files: Files =
  process.argv[2] === localLabel
    ? overTheWay(blocking, footing.blocking, systemTimers)
    : overTheWay(threaded, footing.threaded, systemTimers);

/** Time and chance of disk work. */
export let system: Pick<Ports, 'clock' | 'timers' | 'random'> = { clock: systemClock, timers: systemTimers, random: systemRandom };

/** A disk process works on one system all its life; the simulator, which plays many of them in one process, puts its own in its place. */
export function workOn(other: typeof system & { readonly files: Files }): void {
  files = other.files;
  system = other;
}
