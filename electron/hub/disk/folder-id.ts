/**
 * By what a hot folder is known again: disk and id of the folder, the id of its marker file, and when the folder was made. Kept as text:
 * `dev ino markerIno born`; earlier versions wrote no fourth part, or no third, and where the disk does not tell there is none. Pure but for `seeFolder`.
 *
 * A number alone proves little: a folder that is made where one was removed a moment ago gets the same, and the root of every ext4 disk has the number 2.
 *
 * Some disks (FAT, some shares) give all ids anew when they are mounted. Then the marker has another id too, and what stands in it decides. Where the marker
 * beside it is the very file it was and the folder is not, somebody put another folder in its place.
 */
import { files } from './files.ts';
import { type FileInfo, isExactBirth } from './stamp.ts';

/** Where a folder and its marker lie. */
type Where = { readonly folderPath: string; readonly markerPath: string };

/**
 * - `same`: the folder we know
 * - `renumbered`: ids of a disk that was mounted anew, or a folder that came back with its marker, as from a backup
 * - `another`: it lies at the path, and is not the one we know
 */
export type FolderVerdict = 'same' | 'renumbered' | 'another';

export async function seeFolder({ folderPath, markerPath }: Where): Promise<string> {
  const { dev, ino, born } = await files.stat(folderPath);
  const marker = await files.lstat(markerPath);
  return [dev, ino, marker.ino, ...(born === null ? [] : [born])].join(' ');
}

type FolderId = { readonly dev: string; readonly ino: string; readonly marker: string | null; readonly born: string | null };

function partsOf(text: string): FolderId {
  const [dev = '', ino = '', marker = null, born = null] = text.split(' ');
  return { dev, ino, marker, born };
}

/** What has the same number may be another all the same, which its birth tells where both are known. */
function mayBeSame(known: FolderId, seen: Pick<FolderId, 'ino' | 'born'>): boolean {
  return known.ino === seen.ino && (known.born === null || seen.born === null || known.born === seen.born);
}

/**
 * Is what lies at its path the folder we know, when its marker is gone? `perhaps`: by its number alone, which a person must confirm. A share may come back as
 * another disk and keep all its numbers.
 */
export function isKnownBare(
  known: string,
  seen: Pick<FileInfo, 'dev' | 'ino' | 'born'>,
  location: 'local' | 'network',
): 'surely' | 'perhaps' | 'no' {
  const folder = partsOf(known);
  if (!mayBeSame(folder, seen)) return 'no';
  if (location === 'network') return 'perhaps';
  if (folder.dev !== seen.dev) return 'no';
  return folder.born === seen.born && isExactBirth(seen.born) ? 'surely' : 'perhaps';
}

/** Surely the folder that was compared before, by the folder alone. */
export function isUnchanged(known: string, seen: Pick<FileInfo, 'dev' | 'ino' | 'born'>): boolean {
  const folder = partsOf(known);
  return folder.dev === seen.dev && mayBeSame(folder, seen);
}

export function compareFolders(known: string, seen: string): FolderVerdict {
  const [before, now] = [partsOf(known), partsOf(seen)];
  const isMarkerSame = before.marker !== null && before.marker === now.marker;
  // A disk may get another number at each start of the computer.
  if (mayBeSame(before, now) && (before.dev === now.dev || before.marker === null || isMarkerSame)) return 'same';
  return isMarkerSame ? 'another' : 'renumbered';
}

/** On record before what a person has accepted: what was delivered to the folder that lay there before is still to be looked after. */
const acceptedWord = 'accepted ';

export function acceptedId(folderId: string): string {
  return acceptedWord + folderId;
}

export function readFolderId(text: string): { readonly folderId: string; readonly accepted: boolean } {
  const accepted = text.startsWith(acceptedWord);
  return { folderId: accepted ? text.slice(acceptedWord.length) : text, accepted };
}
