/**
 * Where a folder really lies: on this computer or on another one, and on the way of which folders. Finds that out from this side: never touches a share
 * (`whereIs`), or only the one that is asked about (`spotOf`).
 */
import { dirname, join, resolve, sep } from 'node:path';
import { said } from '../../../shared/words/say.ts';
import { errnoOf, found } from './fault.ts';
import { files, system } from './files.ts';
import { lookOnce } from './look-once.ts';
import { readLittle } from './plain.ts';
import { type Mount, mountOf, readMounts, serverOf, tidyPath, uncHost } from './spelling.ts';

/** `path`: without links as far as it could be followed from here; `server`: what hangs together with it, null for local folders. */
export type Where = { readonly location: 'local' | 'network'; readonly server: string | null; readonly path: string };

/** Links followed before they are taken for a circle. */
const mostLinks = 40;
/** A mapped drive whose server is gone answers late or never. */
const driveAnswersWithinMs = 3000;

/** The list of mounts, bytes. It is asked for by the number of this process: `self` is a link. */
const longestMounts = 4 * 1024 * 1024;

/** The mounts of this computer; none where the system does not list them in a file. All folders are asked about at once whenever one of them changes. */
async function mountsHere(): Promise<readonly Mount[]> {
  if (process.platform !== 'linux') return [];
  return await lookOnce('mounts', async () =>
    readMounts((await readLittle(`/proc/${process.pid}/mounts`, longestMounts).catch(() => null))?.text ?? ''),
  );
}

async function linkAt(path: string): Promise<string | null> {
  try {
    if ((await files.lstat(path)).kind !== 'other') return null;
    return await files.readLink(path);
  } catch (error) {
    // Not there yet, not ours to see, or no link: the path stays as it is spelled.
    if (errnoOf(error) !== null) return null;
    throw error;
  }
}

async function followLinks(path: string, mounts: readonly Mount[]): Promise<Where> {
  const todo = tidyPath(path).split(sep).slice(1);
  let at = '';
  let links = 0;
  for (let step = todo.shift(); step !== undefined; step = todo.shift()) {
    if (step === '') continue;
    const next = `${at}${sep}${step}`;
    const mount = mountOf(next, mounts);
    if (mount?.network === true) {
      const onShare = join(next, ...todo);
      return { location: 'network', server: serverOf(onShare, mount), path: onShare };
    }
    const target = await linkAt(next);
    if (target === null) at = next;
    else {
      links++;
      if (links > mostLinks) throw found('FolderMissing', said('found.linksInCircle'), path);
      todo.unshift(...resolve(at === '' ? sep : at, target).split(sep));
      at = '';
    }
  }
  return { location: 'local', server: null, path: at === '' ? sep : at };
}

/** What a drive letter stands for, where it stands for a share. */
async function throughDrive(path: string): Promise<Where> {
  const tidy = tidyPath(path);
  const late = system.timers.pause(driveAnswersWithinMs).then(() => null);
  const real = await Promise.race([files.realPath(tidy).catch(() => tidy), late]);
  const share = real === null ? null : uncHost(real);
  if (real !== null && share === null) return { location: 'local', server: null, path: tidyPath(real) };
  return { location: 'network', server: real === null ? serverOf(tidy, null) : `//${share}`, path: real ?? tidy };
}

/** Asks this computer alone. */
export async function whereIs(path: string): Promise<Where> {
  if (process.platform === 'win32')
    return uncHost(path) === null ? await throughDrive(path) : { location: 'network', server: serverOf(path, null), path: tidyPath(path) };
  return await followLinks(path, await mountsHere());
}

/** The folders on the way to a path by the ids of their disks, from the outermost, and the names of those that are not there yet. */
export type Spot = { readonly ids: readonly string[]; readonly rest: readonly string[] };

export async function spotOf(path: string): Promise<Spot> {
  const rest: string[] = [];
  let there = tidyPath(path);
  let real: string | null = null;
  while (real === null) {
    real = await files.realPath(there).catch((error: unknown) => {
      if (errnoOf(error) !== 'ENOENT' && errnoOf(error) !== 'ENOTDIR') throw error;
      return null;
    });
    if (real !== null) break;
    const parent = dirname(there);
    if (parent === there) throw found('FolderMissing', said('found.noFolder'), path);
    rest.unshift(there.slice(parent.length).replace(/^[\\/]+/, ''));
    there = parent;
  }
  const ids: string[] = [];
  for (let at = real; ; at = dirname(at)) {
    const { ino, dev } = await files.stat(at);
    ids.unshift(`${dev}:${ino}`);
    if (dirname(at) === at) return { ids, rest };
  }
}
