/**
 * Names that are no valid UTF-8, as old FTP servers leave them on Linux. Node reads them with the sign for lost letters, and the file cannot be
 * found by that name: here it is found by its bytes. Never guesses which letters were meant.
 */
import { isUtf8 } from 'node:buffer';
import { basename, dirname, join, sep } from 'node:path';
import { files } from './files.ts';

/** A path as the disk knows it. */
export type DiskPath = string | Buffer;

const lostLetter = '\uFFFD';

export function hasLostLetters(name: string): boolean {
  return name.includes(lostLetter);
}

/** The paths behind names with lost letters, by the name as read. Of several that read the same, the first by bytes. */
export async function pathsBehind(folderPath: string): Promise<ReadonlyMap<string, Buffer>> {
  const raw = (await files.readRawNames(folderPath)).filter((name) => !isUtf8(name)).sort(Buffer.compare);
  const start = Buffer.from(join(folderPath, sep));
  return new Map(raw.reverse().map((name) => [name.toString(), Buffer.concat([start, name])]));
}

/** The path of a file by which the disk finds it; as given, unless its name has lost letters and nothing has that very name. */
export async function pathOnDisk(path: string): Promise<DiskPath> {
  const name = basename(path);
  if (!hasLostLetters(name)) return path;
  const isThere = await files.lstat(path).then(
    () => true,
    () => false,
  );
  return isThere ? path : ((await pathsBehind(dirname(path))).get(name) ?? path);
}
