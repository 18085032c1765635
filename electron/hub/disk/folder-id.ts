/**
 * By what a hot folder is known again: disk and id of the folder, and the id of its marker file. Kept as text: `dev ino markerIno`; earlier versions wrote no
 * third part. Pure but for `seeFolder`.
 *
 * Some disks (FAT, some shares) give all ids anew when they are mounted. Then the marker has another id too, and what stands in it decides. Where the marker
 * beside it is the very file it was and the folder is not, somebody put another folder in its place.
 */
import { files } from './files.ts';

/** Where a folder and its marker lie. */
type Where = { readonly folderPath: string; readonly markerPath: string };

/**
 * - `same`: the folder we know
 * - `renumbered`: ids of a disk that was mounted anew, or a folder that came back with its marker, as from a backup
 * - `another`: it lies at the path, and is not the one we know
 */
export type FolderVerdict = 'same' | 'renumbered' | 'another';

export async function seeFolder({ folderPath, markerPath }: Where): Promise<string> {
  const { dev, ino } = await files.stat(folderPath);
  const marker = await files.lstat(markerPath);
  return `${dev} ${ino} ${marker.ino}`;
}

export function compareFolders(known: string, seen: string): FolderVerdict {
  const [dev, ino, marker] = known.split(' ');
  const [seenDev, seenIno, seenMarker] = seen.split(' ');
  const isMarkerSame = marker !== undefined && marker === seenMarker;
  // A disk may get another number at each start of the computer.
  if (ino === seenIno && (dev === seenDev || marker === undefined || isMarkerSame)) return 'same';
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
