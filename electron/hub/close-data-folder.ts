/**
 * Closes the data folder to other accounts, whatever umask the program was started with and whoever had it before, and refuses one in which something of ours
 * is another's. Before anything in it is opened. What it may do and what it says is in data-rights.ts; what comes of one that was open, in was-open.ts.
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
import { basename, dirname, join, win32 } from 'node:path';
import { said } from '../../shared/words/say.ts';
import {
  closeArguments,
  closedMode,
  dataFolderMode,
  everybodySids,
  type Facts,
  findArguments,
  inheritsRights,
  isOpen,
  isOwnFile,
  isOwnLog,
  isRecord,
  keepRightsArguments,
  nobodySid,
  type OwnPlace,
  objectionTo,
  objectionToOwn,
  ownFileMode,
  ownFolderMode,
  readSid,
  removeArguments,
} from './data-rights.ts';
import type { Log } from './log.ts';
import { Refusal } from './parts.ts';
import { noteWasOpen } from './was-open.ts';

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
  return { kind, owner: stats.uid, group: stats.gid, mode: stats.mode & 0o7777, names: stats.nlink };
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

/** What there is of ours, as it lies there. */
function lookAtOwn(dataPath: string, { own, shared }: Places): OwnPlace[] {
  const names = readdirSync(dataPath).filter(isOwnFile);
  const ids = names.map((name) => {
    const { dev, ino } = lstatSync(join(dataPath, name));
    return `${dev} ${ino}`;
  });
  const look = (path: string, is: OwnPlace['is'], ownNames = 1): OwnPlace[] => {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return [];
    const behind = stats.isSymbolicLink() ? statSync(path, { throwIfNoEntry: false }) : undefined;
    return [{ path, is, facts: factsOf(stats), behind: behind === undefined ? null : factsOf(behind), ownNames }];
  };
  return [
    // Of a copy nobody lives on; the token is asked more closely.
    ...names.flatMap((name, at) => {
      const decides = !/\.before|^admin-token$/.test(name);
      return look(join(dataPath, name), 'file', decides ? ids.filter((id) => id === ids[at]).length : Number.POSITIVE_INFINITY);
    }),
    ...own.flatMap((path) => look(path, 'folder')),
    ...shared.flatMap((path) => look(path, 'shared')),
  ];
}

const mostOf = { file: ownFileMode, folder: ownFolderMode, dataFolder: dataFolderMode } as const;

/** Through the open file, so that nothing else comes under its name meanwhile. A link is ours, and is followed. */
function close(path: string, kind: keyof typeof mostOf, log: Log): void {
  const most = mostOf[kind];
  const noFollow = lstatSync(path).isSymbolicLink() ? 0 : constants.O_NOFOLLOW;
  try {
    const handle = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | noFollow);
    try {
      const { mode } = factsOf(fstatSync(handle));
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

/** Neither a link nor another's, and by no other name a file that others need: its rights are ours to take away. */
function isMineAlone(path: string, me: number): boolean {
  const { kind, owner, names } = factsOf(lstatSync(path));
  return kind === 'file' && owner === me && names === 1;
}

function closeFiles(dataPath: string, me: number, log: Log): void {
  for (const name of readdirSync(dataPath)) {
    const path = join(dataPath, name);
    if (isOwnFile(name) || (isOwnLog(name) && isMineAlone(path, me))) close(path, 'file', log);
  }
}

function makeFile(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) return;
  closeSync(openSync(path, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, ownFileMode));
}

function closeForPosix(dataPath: string, places: Places, me: number, log: Log): void {
  const { own, shared, files } = places;
  const real = realpathSync(dataPath);
  const data = { path: dataPath, facts: factsOf(statSync(real)) };
  const above = foldersAbove(real).map((path) => ({ path, facts: factsOf(statSync(path)) }));
  const objection = objectionTo({ me, data, above, token: lookAtToken(real) });
  if (objection !== null) throw objection;
  for (const { path, facts } of above)
    if (facts.owner !== me && facts.owner !== 0)
      log`${path} belongs to another account (user id ${facts.owner}), which could put another folder in the place of the data folder ${dataPath}.`;
  const hasRecord = readdirSync(real).some(isRecord);
  if (hasRecord && isOpen(data.facts, me)) noteWasOpen(real, dataPath);
  close(dataPath, 'dataFolder', log);
  if ((statSync(real).mode & 0o022) !== 0) throw new Refusal('CONFLICT', said('refusals.diskKeepsNoRights', { path: dataPath }));
  // From here on nobody else puts anything in it.
  const mine = lookAtOwn(real, places);
  for (const place of mine) {
    const why = objectionToOwn(place, me);
    if (why !== null) throw why;
  }
  const openRecord = mine.find(({ path, facts, behind }) => isRecord(basename(path)) && isOpen(behind ?? facts, me));
  if (openRecord !== undefined) noteWasOpen(real, openRecord.path);
  for (const path of own) mkdirSync(path, { recursive: true, mode: ownFolderMode });
  for (const path of shared) mkdirSync(path, { recursive: true });
  for (const path of files) makeFile(path);
  for (const path of own) close(path, 'folder', log);
  closeFiles(real, me, log);
  if (me === 0)
    log`Printfloor runs as root: whoever finds a fault in it has every right on this computer. Start it as an account of its own.`;
}

/** By its full path: a bare name would be looked for in the current folder first. */
function run(program: string, args: readonly string[]): string {
  const path = win32.join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', program);
  return execFileSync(path, args, { encoding: 'utf8', windowsHide: true, stdio: ['ignore', 'pipe', 'pipe'] });
}

function closeForWindows(dataPath: string, { own, shared }: Places, log: Log): void {
  const token = lookAtToken(dataPath);
  if (token?.facts.kind === 'link') throw new Refusal('CONFLICT', said('refusals.tokenIsLink', { path: token.path }));
  for (const path of [...own, ...shared]) mkdirSync(path, { recursive: true });
  try {
    // What it says where an account is not in the list; in whatever language, and of whatever path.
    const notThere = run('icacls.exe', findArguments(dataPath, nobodySid));
    const everybody = everybodySids.filter((sid) => run('icacls.exe', findArguments(dataPath, sid)) !== notThere);
    // Setting rights walks through all that lies below: done once.
    if (everybody.length === 0 && !inheritsRights(run('icacls.exe', [dataPath]))) return;
    const sid = readSid(run('whoami.exe', ['/user', '/fo', 'csv', '/nh']));
    if (sid === null) throw new Error('whoami does not say who this is');
    for (const path of shared) run('icacls.exe', keepRightsArguments(path));
    run('icacls.exe', closeArguments(dataPath, sid));
    if (everybody.length > 0) run('icacls.exe', removeArguments(dataPath, everybody));
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
