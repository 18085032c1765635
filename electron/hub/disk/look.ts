/** Looking at folders and files without changing them. Never follows a link. */
import { createHash } from 'node:crypto';
import { join, sep } from 'node:path';
import { said } from '../../../shared/words/say.ts';
import { asDiskFault, errnoOf, found } from './fault.ts';
import { files, localLabel, type OpenFile } from './files.ts';
import { contentLength } from './padding.ts';
import { openPlain, readAt } from './plain.ts';
import { type DiskPath, hasLostLetters, pathsBehind } from './raw-name.ts';
import { type EntryKind, type FileInfo, kindOf, type Stamp, sameStamp, stampOf } from './stamp.ts';

/** Bytes; large reads keep a copy as fast as a local disk. On a share each is a sign of life, which must come in time however slow it is. */
export const chunkBytes = (process.argv[2] === localLabel ? 4 : 1) * 1024 * 1024;
/** Bytes of a file's head and tail that tell whether it is whole. */
const endBytes = 4096;
/** Bytes anybody may ask for in between. */
const longestPart = 1024 * 1024;
/** So far back from its end the content of a file is looked for: a file of padding alone costs whoever makes it nothing, however long it is. Bytes. */
const farthestBack = 16 * 1024 * 1024;
/** What is larger is no file of this floor: a disk may say any size of a file with holes, and nobody would come to the end of reading it. Bytes. */
export const largestFile = 64 * 1024 ** 3;

/** `unseen`: the folder lists it and nobody may look at it, for the reason in `fault`; its stamp then says nothing. */
export type Entry = Stamp & { readonly name: string; readonly kind: EntryKind | 'unseen'; readonly fault: string | null };
/** `kind`: of what lies there, which may be no folder; `born`: as in `FileInfo`. */
export type FolderStamp = Pick<FileInfo, 'mtimeMs' | 'ino' | 'dev' | 'kind' | 'born'>;
/** `inner`: where the content ends, and the bytes before, in a file whose whole tail is padding; null also where there is more padding than anybody needs. */
export type Inspection = Stamp & {
  readonly head: Uint8Array;
  readonly tail: Uint8Array;
  readonly inner: { readonly end: number; readonly bytes: Uint8Array } | null;
  readonly sha256: string | null;
};

/** Cheap: has anything come, gone or been renamed in this folder? */
export async function peek(path: string): Promise<FolderStamp> {
  const { mtimeMs, ino, dev, kind, born } = await files.stat(path);
  return { mtimeMs, ino, dev, kind, born };
}

/** What lies there; null: nothing. */
export async function infoAt(path: DiskPath): Promise<FileInfo | null> {
  try {
    return await files.lstat(path);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  }
}

async function stampAt(path: string): Promise<Stamp | null> {
  const info = await infoAt(path);
  return info === null ? null : stampOf(info);
}

/** What lies at each of these paths; null: nothing. */
export async function stampsOf(paths: readonly string[]): Promise<(Stamp | null)[]> {
  return await Promise.all(paths.map(stampAt));
}

const noPaths: ReadonlyMap<string, Buffer> = new Map();

/** An entry of a name that the folder lists and nobody may look at. */
function unseen(name: string, error: unknown): Entry {
  return { name, kind: 'unseen', size: 0, mtimeMs: 0, ino: '', fault: asDiskFault(error).raw };
}

async function entryOf(folderPath: string, name: string, behind: ReadonlyMap<string, Buffer>): Promise<Entry | null> {
  const at = async (path: string | Buffer): Promise<Entry> => {
    const { size, mtimeMs, ino, kind } = await files.lstat(path);
    return { name, kind: typeof path === 'string' ? kind : 'other', size, mtimeMs, ino, fault: null };
  };
  try {
    return await at(join(folderPath, name)).catch(async (error: unknown) => {
      const path = behind.get(name);
      if (path === undefined) throw error;
      return await at(path);
    });
  } catch (error) {
    // Gone between reading the folder and looking at the file: the next look tells.
    return errnoOf(error) === 'ENOENT' ? null : unseen(name, error);
  }
}

/** Does the folder itself answer, so that a fault of one of its names is that name's own? @throws the fault of the folder when it does not */
async function checkAnswers(path: string): Promise<void> {
  await files.checkReadable(path);
  await files.lstat(`${path}${sep}.`);
}

/**
 * Stamps of these names, or of all in the folder; those gone meanwhile are left out. What has no readable name is of the kind `other`. A name that cannot be
 * looked at (on its way out on Windows, another system's mount) is `unseen`: it is there, and no fault of the folder.
 * @throws the fault of the folder when the folder itself cannot be looked at
 */
export async function entries(path: string, only?: readonly string[]): Promise<Entry[]> {
  const asked = only ?? (await files.readNames(path));
  const lost = asked.some(hasLostLetters);
  const behind = lost ? await pathsBehind(path) : noPaths;
  // Different bytes can read the same.
  const wanted = lost ? [...new Set(asked)] : asked;
  const result: Entry[] = [];
  for (let from = 0; from < wanted.length; from += 64) {
    const some = await Promise.all(wanted.slice(from, from + 64).map((name) => entryOf(path, name, behind)));
    for (const entry of some) if (entry !== null) result.push(entry);
  }
  if (result.some(({ kind }) => kind === 'unseen')) await checkAnswers(path);
  return result;
}

/** Names and kinds, as a rule without touching the files. */
export async function names(path: string): Promise<{ name: string; kind: Entry['kind'] }[]> {
  try {
    return (await files.readKinds(path)).map((item) => ({ name: item.name, kind: kindOf(item) }));
  } catch (error) {
    // Where a folder does not tell kinds each name is looked at, and the first that cannot be would hide all others.
    if (asDiskFault(error).path === path) throw error;
    return (await entries(path)).map(({ name, kind }) => ({ name, kind }));
  }
}

/** SHA-256 in lower-case hex of what an open file holds. One that has more than `size` bytes is not read to its end, which it may not have. */
export async function hashOpenFile(file: OpenFile, size: number, onProgress: (bytes: number) => void = () => undefined): Promise<string> {
  return await hashFirst(file, size + 1, onProgress);
}

/** As `hashOpenFile`, of its first `bytes` bytes: whether there are more is for the caller to know. */
export async function hashFirst(file: OpenFile, bytes: number, onProgress: (bytes: number) => void): Promise<string> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafeSlow(Math.min(chunkBytes, Math.max(bytes, 1)));
  let position = 0;
  while (position < bytes) {
    const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, bytes - position), position);
    if (bytesRead === 0) break;
    hash.update(buffer.subarray(0, bytesRead));
    position += bytesRead;
    onProgress(position);
  }
  return hash.digest('hex');
}

/** Looks back from the end for what is no padding; null when the tail has some, and when it is too far back. */
async function readInner(
  file: OpenFile,
  size: number,
  tail: Uint8Array,
  onProgress: (bytes: number) => void,
): Promise<Inspection['inner']> {
  if (contentLength(tail) > 0) return null;
  const farthest = Math.max(0, size - farthestBack);
  for (let end = size - tail.length; end > farthest; end -= chunkBytes) {
    const from = Math.max(farthest, end - chunkBytes);
    const length = contentLength(await readAt(file, from, end - from));
    onProgress(size - from);
    if (length === 0) continue;
    const innerEnd = from + length;
    const innerFrom = Math.max(0, innerEnd - endBytes);
    return { end: innerEnd, bytes: await readAt(file, innerFrom, innerEnd - innerFrom) };
  }
  return null;
}

/** @throws DiskFault `TooLarge` */
export function checkSize(size: number, path: DiskPath): void {
  if (size > largestFile) throw found('TooLarge', said('found.tooManyBytes', { bytes: size, most: largestFile }), path.toString());
}

/**
 * Opens a file, reads its ends and, up to `hashUpTo` bytes of size, its hash.
 * @throws DiskFault `SourceChanged` when it changed while being read; `TooLarge` before anything of it is read
 */
export async function inspect(
  path: DiskPath,
  hashUpTo: number,
  onProgress: (bytes: number) => void = () => undefined,
): Promise<Inspection> {
  const { file, info } = await openPlain(path);
  try {
    const before = stampOf(info);
    checkSize(before.size, path);
    const headLength = Math.min(endBytes, before.size);
    const head = await readAt(file, 0, headLength);
    const tail = before.size <= endBytes ? head : await readAt(file, before.size - endBytes, endBytes);
    const inner = await readInner(file, before.size, tail, onProgress);
    const sha256 = before.size <= hashUpTo ? await hashOpenFile(file, before.size, onProgress) : null;
    if (!sameStamp(before, stampOf(await file.stat()))) throw found('SourceChanged', said('found.changedWhileRead'), path.toString());
    return { ...before, head, tail, inner, sha256 };
  } finally {
    await file.close();
  }
}

/** Is this what a file holds? */
export async function holds(
  path: string,
  { size, sha256 }: { readonly size: number; readonly sha256: string },
  onProgress: (bytes: number) => void,
): Promise<boolean> {
  if ((await infoAt(path))?.size !== size) return false;
  return (await inspect(path, Number.MAX_SAFE_INTEGER, onProgress)).sha256 === sha256;
}

/**
 * A small file; null when it has more than `limit` bytes. `stamp`: of the file it was when it was looked at.
 * @throws DiskFault `SourceChanged` when it is not that one any more
 */
export async function readSmall(path: string, limit: number, stamp: Stamp | null = null): Promise<Uint8Array | null> {
  const { file, info } = await openPlain(path);
  try {
    const bytes = info.size > limit ? null : await readAt(file, 0, info.size);
    if (stamp !== null && !sameStamp(stamp, stampOf(await file.stat()))) throw found('SourceChanged', said('found.changedSinceLook'), path);
    return bytes;
  } finally {
    await file.close();
  }
}

/**
 * Some bytes of a file that still is the one of this stamp; fewer where it ends.
 * @throws DiskFault `SourceChanged`
 */
export async function readPart(path: DiskPath, stamp: Stamp, at: number, length: number): Promise<Uint8Array> {
  const { file } = await openPlain(path);
  try {
    const bytes = await readAt(file, at, Math.min(length, longestPart));
    if (!sameStamp(stamp, stampOf(await file.stat()))) throw found('SourceChanged', said('found.changedWhileRead'), path.toString());
    return bytes;
  } finally {
    await file.close();
  }
}
