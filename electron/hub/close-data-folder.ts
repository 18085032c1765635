/**
 * Closes the data folder to other accounts, whatever umask the program was started with and whoever had it before, and refuses one that others could have
 * prepared. Before anything in it is opened. What it may do and what it says is in data-rights.ts.
 */
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import {
  closeArguments,
  closedMode,
  dataFolderMode,
  type Facts,
  inheritsRights,
  isOwnFile,
  keepRightsArguments,
  objectionTo,
  ownFileMode,
  ownFolderMode,
  readSid,
} from './data-rights.ts';
import type { Log } from './log.ts';
import { Refusal } from './parts.ts';

/** Paths of what lies in a data folder. */
export type Places = {
  /** For nobody else. */
  readonly own: readonly string[];
  /** Printers and senders must get there: who may is the business of whoever sets them up. */
  readonly shared: readonly string[];
  /** Made before others make them with rights of their own. */
  readonly files: readonly string[];
};

function factsOf(stats: Stats): Facts {
  const kind = stats.isSymbolicLink() ? 'link' : stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other';
  return { kind, owner: stats.uid, mode: stats.mode & 0o7777, names: stats.nlink };
}

function foldersAbove(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [] : [parent, ...foldersAbove(parent)];
}

/** A crash between the making of the token and the removal of its draft leaves both names. */
function draftsOf(dataPath: string, { ino, dev }: Stats): number {
  return readdirSync(dataPath).filter((name) => {
    if (!/^admin-token\.[0-9a-f]{12}$/.test(name)) return false;
    const draft = lstatSync(join(dataPath, name), { throwIfNoEntry: false });
    return draft?.ino === ino && draft.dev === dev;
  }).length;
}

function lookAtToken(dataPath: string): Parameters<typeof objectionTo>[0]['token'] {
  const path = join(dataPath, 'admin-token');
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats === undefined ? null : { path, facts: factsOf(stats), drafts: stats.nlink > 1 ? draftsOf(dataPath, stats) : 0 };
}

const mostOf = { file: ownFileMode, folder: ownFolderMode, dataFolder: dataFolderMode } as const;

/** Through the open file, so that nothing else comes under its name meanwhile. A link is followed only where it is ours. */
function close(path: string, kind: keyof typeof mostOf, me: number, log: Log): void {
  const most = mostOf[kind];
  const named = lstatSync(path);
  if (named.isSymbolicLink() && named.uid !== me && named.uid !== 0)
    throw new Refusal(
      'CONFLICT',
      `${path} is a link that another account made (user id ${named.uid}).`,
      'Look where it leads, then delete it.',
    );
  const noFollow = named.isSymbolicLink() ? 0 : constants.O_NOFOLLOW;
  try {
    const handle = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | noFollow);
    try {
      const { kind: found, mode } = factsOf(fstatSync(handle));
      // What opens it next says so.
      if (found !== (kind === 'file' ? 'file' : 'folder')) return;
      const closed = closedMode(mode, most);
      if (closed !== mode) fchmodSync(handle, closed);
      if ((fstatSync(handle).mode & 0o777 & ~most) !== 0) log`Other accounts may read ${path}: its disk keeps no rights.`;
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    log`Other accounts may read ${path}: it cannot be closed to them (${error}).`;
  }
}

function makeFile(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) return;
  closeSync(openSync(path, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, ownFileMode));
}

function closeForPosix(dataPath: string, { own, shared, files }: Places, me: number, log: Log): void {
  const real = realpathSync(dataPath);
  const objection = objectionTo({
    me,
    data: { path: dataPath, facts: factsOf(statSync(real)) },
    above: foldersAbove(real).map((path) => ({ path, facts: factsOf(statSync(path)) })),
    token: lookAtToken(real),
  });
  if (objection !== null) throw objection;
  close(dataPath, 'dataFolder', me, log);
  if ((statSync(real).mode & 0o022) !== 0)
    throw new Refusal(
      'CONFLICT',
      `Other accounts may write in the data folder ${dataPath}, and its disk keeps no rights: one of them could choose the admin token.`,
      'Choose a data folder on another disk with --data.',
    );
  for (const path of own) mkdirSync(path, { recursive: true, mode: ownFolderMode });
  for (const path of shared) mkdirSync(path, { recursive: true });
  for (const path of files) makeFile(path);
  for (const path of own) close(path, 'folder', me, log);
  for (const name of readdirSync(real)) if (isOwnFile(name)) close(join(real, name), 'file', me, log);
  if (me === 0)
    log`Printfloor runs as root: whoever finds a fault in it has every right on this computer. Start it as an account of its own.`;
}

function run(program: string, args: readonly string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', windowsHide: true, stdio: ['ignore', 'pipe', 'pipe'] });
}

function closeForWindows(dataPath: string, { own, shared }: Places, log: Log): void {
  const token = lookAtToken(dataPath);
  if (token?.facts.kind === 'link')
    throw new Refusal(
      'CONFLICT',
      `${token.path} is a link, so that what lies elsewhere would open the hub.`,
      'Delete it, and a new one is made at the next start.',
    );
  for (const path of [...own, ...shared]) mkdirSync(path, { recursive: true });
  try {
    // Setting rights walks through all that lies below: done once.
    if (!inheritsRights(run('icacls', [dataPath]))) return;
    const sid = readSid(run('whoami', ['/user', '/fo', 'csv', '/nh']));
    if (sid === null) throw new Error('whoami does not say who this is');
    for (const path of shared) run('icacls', keepRightsArguments(path));
    run('icacls', closeArguments(dataPath, sid));
  } catch (error) {
    log`Other accounts may read ${dataPath}: it cannot be closed to them (${error}).`;
  }
}

/** Makes what is missing of the data folder, and closes all of it that is nobody else's. @throws Refusal when others could have chosen who is let in */
export function closeDataFolder(dataPath: string, places: Places, log: Log): void {
  const me = process.geteuid?.();
  mkdirSync(dataPath, { recursive: true, mode: dataFolderMode });
  if (me === undefined) closeForWindows(dataPath, places, log);
  else closeForPosix(dataPath, places, me, log);
}
