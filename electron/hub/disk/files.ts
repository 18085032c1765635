/**
 * The file calls of disk work, in two ways of waiting that mean the same.
 *
 * `blocking`: the process of the local disks simply waits. A hop to a thread costs ten times as much as a call that the system answers from memory; only
 * what truly waits for a disk goes to threads: flushes, and large reads and writes. `threaded`: on a network every call may take long, so each goes to a
 * thread and several are under way at once.
 */
import fs, { type PathLike, type Stats } from 'node:fs';
import threads from 'node:fs/promises';
import { promisify } from 'node:util';

export type OpenFile = {
  stat(): Promise<Stats>;
  read(buffer: Buffer, offset: number, length: number, position: number): Promise<{ readonly bytesRead: number }>;
  write(buffer: Buffer, offset: number, length: number, position: number): Promise<{ readonly bytesWritten: number }>;
  writeText(text: string): Promise<void>;
  /** Data and name length on disk; of the file, not of its folder. */
  sync(): Promise<void>;
  close(): Promise<void>;
};

export type Files = {
  link(fromPath: PathLike, toPath: PathLike): Promise<void>;
  rename(fromPath: PathLike, toPath: PathLike): Promise<void>;
  unlink(path: PathLike): Promise<void>;
  lstat(path: PathLike): Promise<Stats>;
  makeFolders(path: string): Promise<void>;
  readText(path: string): Promise<string>;
  open(path: PathLike, flags: string | number): Promise<OpenFile>;
};

/** From this size on a read or write is worth a thread. Bytes. */
const largeFrom = 1024 * 1024;

const inThread = { read: promisify(fs.read), write: promisify(fs.write), fsync: promisify(fs.fsync) };

function blockingFile(fd: number): OpenFile {
  return {
    stat: async () => fs.fstatSync(fd),
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

const blocking: Files = {
  link: async (fromPath, toPath) => fs.linkSync(fromPath, toPath),
  rename: async (fromPath, toPath) => fs.renameSync(fromPath, toPath),
  unlink: async (path) => fs.unlinkSync(path),
  lstat: async (path) => fs.lstatSync(path),
  makeFolders: async (path) => void fs.mkdirSync(path, { recursive: true }),
  readText: async (path) => fs.readFileSync(path, 'utf8'),
  open: async (path, flags) => blockingFile(fs.openSync(path, flags)),
};

const threaded: Files = {
  link: threads.link,
  rename: threads.rename,
  unlink: threads.unlink,
  lstat: (path) => threads.lstat(path),
  makeFolders: async (path) => void (await threads.mkdir(path, { recursive: true })),
  readText: (path) => threads.readFile(path, 'utf8'),
  open: async (path, flags) => {
    const file = await threads.open(path, flags);
    return {
      stat: () => file.stat(),
      read: (buffer, offset, length, position) => file.read(buffer, offset, length, position),
      write: (buffer, offset, length, position) => file.write(buffer, offset, length, position),
      writeText: (text) => file.writeFile(text, 'utf8'),
      sync: () => file.sync(),
      close: () => file.close(),
    };
  },
};

/** The label of the process that works on local disks; it is told by its first argument. */
export const localLabel = 'local';

export const files: Files = process.argv[2] === localLabel ? blocking : threaded;
