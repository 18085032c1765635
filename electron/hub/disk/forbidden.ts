/**
 * Folders that may never be the floor's, however their paths are spelled: what is taken in is moved away, and what is sent out is written, so that the
 * system's folders, what people keep hidden in their homes, and what is started by itself would be emptied or would run what arrives. Pure.
 */
import { type Said, said } from '../../../shared/words/say.ts';
import { besideName } from './own-names.ts';
import { startsWith, stepsOf, tidyPath, uncHost } from './spelling.ts';

export type Machine = {
  readonly platform: NodeJS.Platform;
  /** The home folder of the account Printfloor runs as. */
  readonly home: string;
};

/** Also all that lies in them. */
const systemOf: Readonly<Record<'posix' | 'darwin' | 'win32', readonly string[]>> = {
  posix: [
    ...['/bin', '/boot', '/dev', '/etc', '/gnu', '/lib', '/lib32', '/lib64', '/libx32', '/lost+found', '/nix', '/proc', '/run', '/sbin'],
    ...['/snap', '/sys', '/usr'],
    ...['backups', 'cache', 'crash', 'lock', 'log', 'mail', 'run', 'spool/at', 'spool/cron'].map((name) => `/var/${name}`),
    // What else lies in /var/lib may be a shop's, as where a service has its home there.
    ...['apt', 'containerd', 'docker', 'dpkg', 'lxd', 'mysql', 'postgresql', 'private', 'rpm', 'samba', 'snapd', 'sudo', 'systemd'].map(
      (name) => `/var/lib/${name}`,
    ),
  ],
  darwin: [
    ...['/Applications', '/bin', '/cores', '/dev', '/etc', '/Library', '/sbin', '/System', '/usr'],
    ...['etc', 'var/at', 'var/db', 'var/log', 'var/mail', 'var/root', 'var/run', 'var/vm'].map((name) => `/private/${name}`),
    ...['at', 'db', 'log', 'mail', 'root', 'run', 'vm'].map((name) => `/var/${name}`),
  ],
  win32: [
    ...['Windows', 'Program Files', 'Program Files (x86)', 'ProgramData\\Microsoft', '$Recycle.Bin', 'Boot', 'EFI', 'Recovery'],
    ...['System Volume Information', 'PerfLogs'],
  ].map((name) => `C:\\${name}`),
};

/** Where a system mounts what people bring along. */
const mounts: readonly string[] = ['/run/media', '/run/user'];

/** Themselves alone: what lies in them belongs to many. */
const sharedOf: Readonly<Record<'posix' | 'darwin' | 'win32', readonly string[]>> = {
  posix: ['/', '/home', '/media', '/opt', '/tmp', '/var', '/var/lib', '/var/spool', '/var/tmp'],
  darwin: ['/', '/home', '/private', '/private/tmp', '/private/var', '/tmp', '/Users', '/var', '/Volumes'],
  win32: ['C:\\', 'C:\\ProgramData', 'C:\\Users'],
};

/** Where the homes of all accounts are, one below each. */
const homesOf: Readonly<Record<'posix' | 'darwin' | 'win32', readonly string[]>> = {
  posix: ['/home'],
  darwin: ['/Users', '/home'],
  win32: ['C:\\Users'],
};

/** The home of whoever may do everything, also where Printfloor was told of another. */
const rootHome: Readonly<Record<'posix' | 'darwin' | 'win32', string | null>> = { posix: '/root', darwin: '/var/root', win32: null };

/** Below a home: where programs keep what is theirs, and what starts by itself. Besides all with a dot before its name, at any depth: a home may lie deeper. */
const hiddenAtHome: Readonly<Record<'posix' | 'darwin' | 'win32', readonly string[]>> = {
  posix: [],
  darwin: ['library'],
  win32: ['appdata', 'application data', 'local settings', 'start menu'],
};

function isDrive(step: string): boolean {
  return /^[a-z]:$/.test(step);
}

/** As the system reads a step: Windows drops dots and blanks at its end, and what a colon begins names a part of the same. */
function asRead(step: string, platform: NodeJS.Platform): string {
  return platform !== 'win32' || isDrive(step) ? step : step.replace(/:.*$/, '').replace(/[. ]+$/, '');
}

/** What every Windows shares of itself, by the names of the shares, and where it lies. */
const windowsShares: Readonly<Record<string, readonly string[]>> = {
  admin$: ['windows'],
  print$: ['windows'],
  users: ['users'],
};

/** The steps to a path; on Windows each drive counts as C:, also where it is reached as `\\host\D$` or by another share each has. Null where nobody knows where it leads. */
function wayTo(path: string, platform: NodeJS.Platform): readonly string[] | null {
  const steps = stepsOf(path, platform)
    .map((step) => asRead(step, platform))
    .filter((step) => step !== '');
  if (platform !== 'win32') return steps;
  if (/^[\\/]{2}[?.][\\/]/.test(tidyPath(path, platform))) return null;
  const [first = '', second = ''] = steps;
  if (isDrive(first)) return ['c:', ...steps.slice(1)];
  if (/^[a-z]\$$/.test(second)) return ['c:', ...steps.slice(2)];
  const shared = isUnc(path) ? windowsShares[second] : undefined;
  return shared === undefined ? steps : ['c:', ...shared, ...steps.slice(2)];
}

function isUnc(path: string): boolean {
  return uncHost(path, 'win32') !== null;
}

/** Kept where programs keep theirs; our own folder beside hot folders is none of these. */
function isHiddenStep(step: string): boolean {
  return step.startsWith('.') && step !== besideName;
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && startsWith(one, other);
}

/** Homes that a way may lead to or through: our own, that of root, and those of all others. */
function homesOn(
  way: readonly string[],
  own: readonly string[],
  kind: keyof typeof homesOf,
  platform: NodeJS.Platform,
): readonly string[][] {
  const above = homesOf[kind].map((folder) => wayTo(folder, platform) ?? []).filter((folder) => startsWith(way, folder));
  const ofOthers = above.filter(({ length }) => way.length > length).map(({ length }) => way.slice(0, length + 1));
  const root = rootHome[kind];
  return [[...own], root === null ? [] : [...(wayTo(root, platform) ?? [])], ...ofOthers].filter(({ length }) => length > 0);
}

/** Why a folder at this path may not be the floor's, as the end of a sentence; null when it may. */
export function forbiddenAs(path: string, { platform, home }: Machine): Said | null {
  const kind = platform === 'win32' || platform === 'darwin' ? platform : 'posix';
  const way = wayTo(path, platform);
  if (way === null) return said('phrases.notTold');
  const below = (folder: string): boolean => startsWith(way, wayTo(folder, platform) ?? []);
  const is = (folder: string): boolean => isSame(way, wayTo(folder, platform) ?? []);

  const ownHome = wayTo(home, platform) ?? [];
  for (const homeWay of homesOn(way, ownHome, kind, platform)) {
    if (!startsWith(way, homeWay)) continue;
    const inHome = way[homeWay.length];
    if (inHome === undefined) return said('phrases.isHome');
    if (way.slice(homeWay.length).some(isHiddenStep) || hiddenAtHome[kind].includes(inHome.toLowerCase())) return said('phrases.isHidden');
  }
  // A home may lie among the system's folders, as that of root does on a Mac.
  if (ownHome.length > 0 && startsWith(way, ownHome)) return null;
  // The whole of another drive is a stick, or a share.
  const [drive = ''] = stepsOf(path, platform);
  if (way.length === 1 && isDrive(drive) && drive !== 'c:') return null;
  if (sharedOf[kind].some(is)) return said('phrases.isShared');
  if (systemOf[kind].some(below) && !mounts.some((mount) => below(mount) && !is(mount))) return said('phrases.isSystem');
  return null;
}
