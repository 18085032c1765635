/**
 * The one way to a path. Below the folders that somebody named (named-folders.ts) whoever may write there may put a link in the place of a folder, at any moment:
 * nothing behind it is ever seen, read, written, moved or removed. On Linux each folder of the way is opened from the one before, never through a link, and what is done is
 * done relative to the last. Elsewhere the folders are looked at before and after: what was read through a link put there in between is not answered.
 */
import { basename, dirname, join, sep } from 'node:path';
import { say } from '../../../shared/words/say.ts';
import type { Timers } from '../ports/ports.ts';
import { DiskFault, errnoOf } from './fault.ts';
import type { Files } from './files.ts';
import { isNamed, type Way, wayTo } from './named-folders.ts';
import type { DiskPath } from './raw-name.ts';

/** An open folder. `path`: by which it is reached as long as it is open, whatever becomes of its name. */
export type Held = { readonly path: string; close(): Promise<void> };

/** What a system can do for this beside the file calls. */
export type Footing = {
  /** Opens a folder itself, never through a link at its own name; null where a folder cannot be held. @throws ENOTDIR where something else lies there */
  readonly hold: ((path: string) => Promise<Held>) | null;
  readonly makeFolder: (path: string) => Promise<void>;
};

function linkOnWay(path: string): DiskFault {
  return new DiskFault('ELOOP', say('en', 'found.linkInTheWay'), path);
}

/** Says the paths that people know, not those of the handle. */
function inWords(error: unknown, held: string, folderPath: string): unknown {
  if (!(error instanceof Error) || held === folderPath) return error;
  const fault = error as NodeJS.ErrnoException & { dest?: string };
  const handle = new RegExp(`${held}(?!\\d)`, 'g');
  for (const key of ['message', 'path', 'dest'] as const) {
    const text = fault[key];
    if (typeof text === 'string') fault[key] = text.replace(handle, () => folderPath);
  }
  return error;
}

/** Does something in the folder at the end of a way. */
type Walk = <Result>(way: Way, act: (folderPath: string) => Promise<Result>) => Promise<Result>;
/** `make`: makes the folders that are missing on a way. */
type Walker = { readonly walk: Walk; readonly make: (way: Way) => Promise<void> };

/**
 * What is done in one folder at about the same time is done by one handle, as if all of it had been done when it was opened. It is shared for that long and no longer,
 * however busy the folder is: it may have been renamed away meanwhile. Ms, and handles.
 */
const sharedForMs = 50;
const mostShared = 64;

/** `ready`: once it is open, so that nobody waits for what is there. */
type Shared = { readonly held: Promise<Held>; ready: Held | null; users: number };

/** Lends a handle for as long as `act` lasts. */
function makeShared(
  open: (way: Way) => Promise<Held>,
  after: Timers['after'],
): <Result>(way: Way, act: (held: Held) => Promise<Result>) => Promise<Result> {
  const known = new Map<string, Shared>();
  const leave = (handle: Shared): void => {
    handle.users--;
    if (handle.users === 0) handle.held.then((held) => held.close()).catch(() => undefined);
  };
  const share = (path: string, handle: Shared): void => {
    known.set(path, handle);
    handle.users++;
    after(sharedForMs, () => {
      if (known.get(path) === handle) known.delete(path);
      leave(handle);
    });
  };
  const opened = async (path: string, mine: Shared): Promise<Held> => {
    try {
      mine.ready = await mine.held;
      return mine.ready;
    } catch (error) {
      // It may be there in the next moment.
      if (known.get(path) === mine) known.delete(path);
      throw error;
    }
  };
  return async (way, act) => {
    const { path } = way;
    const shared = known.get(path);
    const mine: Shared = shared ?? { held: open(way), ready: null, users: 0 };
    mine.users++;
    try {
      if (shared === undefined && known.size < mostShared) share(path, mine);
      return await act(mine.ready ?? (await opened(path, mine)));
    } finally {
      leave(mine);
    }
  };
}

function walkHolding(hold: NonNullable<Footing['hold']>, makeFolder: Footing['makeFolder'], after: Timers['after']): Walker {
  const enter = async (path: string, known: string, makes: boolean): Promise<Held> => {
    try {
      return await hold(path);
    } catch (error) {
      const code = errnoOf(error);
      if (makes && code === 'ENOENT') {
        await makeFolder(path);
        return await enter(path, known, false);
      }
      throw code === 'ENOTDIR' || code === 'ELOOP' ? linkOnWay(known) : error;
    }
  };
  const open = async ({ rootPath, folders }: Way, makes: boolean): Promise<Held> => {
    let at: Held = { path: rootPath, close: async () => undefined };
    let known = rootPath;
    for (const name of folders) {
      try {
        const next = await enter(join(at.path, name), join(known, name), makes);
        await at.close();
        at = next;
      } catch (error) {
        await at.close();
        throw inWords(error, at.path, known);
      }
      known = join(known, name);
    }
    return at;
  };
  const share = makeShared((way) => open(way, false), after);
  return {
    walk: async (way, act) => {
      const actIn = (held: Held) =>
        act(held.path).catch((error: unknown) => {
          throw inWords(error, held.path, way.path);
        });
      if (way.isRootNamed) return await share(way, actIn);
      // What nobody named is looked at once, and may be about to be unmounted.
      const held = await open(way, false);
      try {
        return await actIn(held);
      } finally {
        await held.close();
      }
    },
    make: async (way) => await (await open(way, true)).close(),
  };
}

function walkLooking(port: Files, makeFolder: Footing['makeFolder']): Walker {
  const look = async ({ rootPath, folders }: Way, makes: boolean): Promise<string> => {
    const seen: string[] = [];
    let path = rootPath;
    for (const name of folders) {
      path = join(path, name);
      const at = path;
      const info = await port.lstat(at).catch(async (error: unknown) => {
        if (!makes || errnoOf(error) !== 'ENOENT') throw error;
        await makeFolder(at);
        return await port.lstat(at);
      });
      if (info.kind !== 'folder') throw linkOnWay(path);
      seen.push(`${info.dev}:${info.ino}`);
    }
    return seen.join(' ');
  };
  return {
    walk: async (way, act) => {
      const before = await look(way, false);
      const result = await act(way.path);
      if ((await look(way, false)) !== before) throw linkOnWay(way.path);
      return result;
    },
    make: async (way) => void (await look(way, true)),
  };
}

function split(path: DiskPath): { readonly folderPath: string; readonly name: DiskPath } {
  if (typeof path === 'string') return { folderPath: dirname(path), name: basename(path) };
  const end = path.lastIndexOf(sep);
  return { folderPath: path.subarray(0, end).toString(), name: path.subarray(end + 1) };
}

function joined(folderPath: string, name: DiskPath): DiskPath {
  return typeof name === 'string' ? `${folderPath}${sep}${name}` : Buffer.concat([Buffer.from(`${folderPath}${sep}`), name]);
}

/** The same file calls, each over the one way. */
export function overTheWay(port: Files, { hold, makeFolder }: Footing, { after }: Pick<Timers, 'after'>): Files {
  const { walk, make } = hold === null ? walkLooking(port, makeFolder) : walkHolding(hold, makeFolder, after);

  /** What has a name in a folder: itself, and not what a link of that name leads to, is for the call. */
  const toName = <Result>(path: DiskPath, act: (there: DiskPath) => Promise<Result>): Promise<Result> => {
    const { folderPath, name } = split(path);
    const way = wayTo(folderPath);
    if (way.folders.length === 0 || (way.holdsNamed && typeof path === 'string' && isNamed(path))) return act(path);
    return walk(way, (there) => act(joined(there, name)));
  };
  const toFolder = <Result>(path: string, act: (there: string) => Promise<Result>): Promise<Result> => {
    const way = wayTo(path);
    return way.folders.length === 0 ? act(path) : walk(way, act);
  };

  return {
    link: (from, to) => toName(from, (there) => toName(to, (target) => port.link(there, target))),
    rename: (from, to) => toName(from, (there) => toName(to, (target) => port.rename(there, target))),
    unlink: (path) => toName(path, port.unlink),
    lstat: (path) => toName(path, port.lstat),
    stat: (path) => (wayTo(`${path}`).folders.length === 0 ? port.stat(path) : toName(path, port.lstat)),
    readNames: (path) => toFolder(path, port.readNames),
    readKinds: (path) => toFolder(path, port.readKinds),
    readRawNames: (path) => toFolder(path, port.readRawNames),
    checkReadable: (path) => toFolder(path, port.checkReadable),
    freeBytes: (path) => toFolder(path, port.freeBytes),
    readLink: port.readLink,
    realPath: port.realPath,
    makeFolders: async (path) => {
      const way = wayTo(path);
      if (way.folders.length === 0) return await port.makeFolders(path);
      try {
        await walk(way, async () => undefined);
      } catch (error) {
        if (errnoOf(error) !== 'ENOENT') throw error;
        if (way.isRootNamed) await port.makeFolders(way.rootPath);
        await make(way);
      }
    },
    open: (path) => toName(path, port.open),
    make: (path, reader) => toName(path, (there) => port.make(there, reader)),
    openFolder: (path) => toFolder(path, port.openFolder),
  };
}
