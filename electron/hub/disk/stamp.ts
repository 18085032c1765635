/** What tells one content of a file from the next without reading it, and one file from another. Pure. */
import type { BigIntStats } from 'node:fs';

/** `size` in bytes, `mtimeMs` in epoch ms; `ino` is the id the disk knows the file by: 64 bits, as text, since as numbers two of them can look alike. */
export type Stamp = { readonly size: number; readonly mtimeMs: number; readonly ino: string };

export type EntryKind = 'file' | 'folder' | 'other';

/**
 * What a disk tells of a file. `dev`: the disk it lies on; ids are unique on one disk only; `links`: how many names it has there; `owner`: the user id it
 * belongs to; `born`: when it was made, in nanoseconds as text; null where the disk does not tell.
 */
export type FileInfo = Stamp & {
  readonly ctimeMs: number;
  readonly dev: string;
  readonly kind: EntryKind;
  readonly links: number;
  readonly owner: number;
  readonly born: string | null;
};

export function kindOf(item: { isFile(): boolean; isDirectory(): boolean }): EntryKind {
  if (item.isFile()) return 'file';
  return item.isDirectory() ? 'folder' : 'other';
}

/** The same number that `Stats` gives, to the last bit: times on record were read that way. */
function msOf(nanoseconds: bigint): number {
  return Number(nanoseconds / 1_000_000_000n) * 1000 + Number(nanoseconds % 1_000_000_000n) / 1_000_000;
}

export function infoOf(stats: BigIntStats): FileInfo {
  return {
    size: Number(stats.size),
    mtimeMs: msOf(stats.mtimeNs),
    ctimeMs: msOf(stats.ctimeNs),
    ino: stats.ino.toString(),
    dev: stats.dev.toString(),
    kind: kindOf(stats),
    links: Number(stats.nlink),
    owner: Number(stats.uid),
    born: stats.birthtimeNs === 0n ? null : stats.birthtimeNs.toString(),
  };
}

export function stampOf(info: Stamp): Stamp {
  return { size: info.size, mtimeMs: info.mtimeMs, ino: info.ino };
}

export function sameStamp(a: Stamp, b: Stamp): boolean {
  return a.size === b.size && a.mtimeMs === b.mtimeMs && a.ino === b.ino;
}

/** Has nobody written into it, named it anew or changed its rights, as far as the disk tells? */
export function isUntouched(a: FileInfo, b: FileInfo): boolean {
  return sameFile(a, b) && sameStamp(a, b) && a.ctimeMs === b.ctimeMs && a.kind === b.kind;
}

/** Is it one and the same file, under whichever names? */
export function sameFile(a: FileInfo, b: FileInfo): boolean {
  return a.ino === b.ino && a.dev === b.dev;
}

/** Does it tell one folder from all others? Formatting a disk says in whole seconds when its root was made: two of one batch have the same. */
export function isExactBirth(born: string | null): boolean {
  return born !== null && BigInt(born) % 1_000_000_000n !== 0n;
}

/** On record from a version that read ids as numbers: the last digits of a large one are lost. */
const rounded = '~';

/** An id as it may stand on record, as text for `isFileId`. */
export function recordedId(ino: string | number): string {
  if (typeof ino === 'string') return ino;
  return Number.isSafeInteger(ino) ? String(ino) : `${rounded}${ino}`;
}

/** Does the id on record mean the file with the id `seen`? A rounded one means every id that rounds to it. */
export function isFileId(recorded: string, seen: string): boolean {
  return recorded.startsWith(rounded) ? Number(recorded.slice(rounded.length)) === Number(seen) : recorded === seen;
}
