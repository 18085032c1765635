/** One way to spell a path, and what a path or a table of mounts tells of the place behind it without touching it. Pure. */
import { posix, win32 } from 'node:path';

type Platform = NodeJS.Platform;

/** A mount as the system lists it. `server`: the machine behind it, when there is one to be named. */
export type Mount = { readonly path: string; readonly network: boolean; readonly server: string | null };

function pathOf(platform: Platform): typeof posix {
  return platform === 'win32' ? win32 : posix;
}

/** `\\?\` and `\\?\UNC\` say only that a path is meant as it is. */
function withoutPrefix(path: string, platform: Platform): string {
  if (platform !== 'win32') return path;
  return path.replace(/^[\\/]{2}[?.][\\/]UNC[\\/]/i, '\\\\').replace(/^[\\/]{2}[?.][\\/](?=[a-z]:)/i, '');
}

/** Full, without `.`, `..`, doubled or trailing slashes. */
export function tidyPath(path: string, platform: Platform = process.platform): string {
  const { normalize, parse } = pathOf(platform);
  const tidy = normalize(withoutPrefix(path, platform));
  const single = platform === 'win32' ? tidy : tidy.replace(/^\/+/, '/');
  return single === parse(single).root ? single : single.replace(platform === 'win32' ? /[\\/]+$/ : /\/+$/, '');
}

/** The names on the way to a path, as far as spelling tells two apart: Windows and macOS know no case, and one form of accents. */
export function stepsOf(path: string, platform: Platform = process.platform): readonly string[] {
  const tidy = tidyPath(path, platform);
  const steps = tidy.split(platform === 'win32' ? /[\\/]+/ : '/').filter((step) => step !== '');
  return platform === 'win32' || platform === 'darwin' ? steps.map((step) => step.normalize('NFC').toLowerCase()) : steps;
}

/** Is every step of `folder` on the way to `path`? */
export function startsWith(path: readonly string[], folder: readonly string[]): boolean {
  return folder.length <= path.length && folder.every((step, index) => step === path[index]);
}

/** The folder a path lies in, at any depth; of several, the innermost. `/p/in-nas` does not lie in `/p/in`. */
export function folderOf<Folder extends { readonly path: string }>(path: string, folders: readonly Folder[]): Folder | undefined {
  const steps = stepsOf(path);
  const around = folders.filter((folder) => startsWith(steps, stepsOf(folder.path)));
  return around.sort((a, b) => stepsOf(b.path).length - stepsOf(a.path).length)[0];
}

/** The host of a UNC path, in lower case; null for any other path. */
export function uncHost(path: string, platform: Platform = process.platform): string | null {
  return /^[\\/]{2}([^\\/?.][^\\/]*)[\\/]+[^\\/]/.exec(withoutPrefix(path, platform))?.[1]?.toLowerCase() ?? null;
}

const networkTypes = /^(cifs|smb\w*|nfs\d*|9p|afs|ceph|glusterfs|lustre|ncpfs|davfs\d*|vboxsf|prl_fs|virtiofs|vmhgfs|autofs|fuse(\..+)?)$/;

function serverIn(source: string, type: string): string | null {
  const host =
    /^\/\/([^/]+)/.exec(source)?.[1] ?? (/^(nfs|fuse\.sshfs|ceph)/.test(type) ? /^(?:[^@/]+@)?([^/:]+):/.exec(source)?.[1] : null);
  return host?.toLowerCase() ?? null;
}

/** The lines of /proc/self/mounts. The machine's own root is never a share: everything would be one. */
export function readMounts(text: string): Mount[] {
  return text.split('\n').flatMap((line) => {
    const [source, path, type] = line
      .split(' ')
      .map((field) => field.replace(/\\([0-7]{3})/g, (_, code) => String.fromCharCode(parseInt(code, 8))));
    if (source === undefined || path === undefined || type === undefined) return [];
    const network = path !== '/' && networkTypes.test(type);
    return [{ path, network, server: network ? serverIn(source, type) : null }];
  });
}

/** The mount a path lies on: the longest, and of equal ones the last, which covers the others. */
export function mountOf(path: string, mounts: readonly Mount[]): Mount | null {
  const steps = stepsOf(path, 'linux');
  let found: Mount | null = null;
  for (const mount of mounts)
    if (startsWith(steps, stepsOf(mount.path, 'linux')) && mount.path.length >= (found?.path.length ?? 0)) found = mount;
  return found;
}

/** The server behind a network path: what hangs together. UNC host, host of a mount, a mount, a drive; else the folder alone. */
export function serverOf(path: string, mount: Mount | null, platform: Platform = process.platform): string {
  const host = uncHost(path, platform) ?? mount?.server ?? null;
  if (host !== null && (platform === 'win32' || mount !== null)) return `//${host}`;
  if (mount?.network === true) return mount.path;
  return platform === 'win32' ? win32.parse(path).root.toLowerCase() : posix.normalize(path);
}
