/** What a printer wrote beside a file it refused. */
import { basename, extname, join } from 'node:path';
import { cleanLine } from '../../../shared/clean-text.ts';
import type { Disk } from '../disk/operations.ts';
import type { Found } from './outcomes.ts';

const extensions = ['.txt', '.log', '.err', '.reason.txt'];
const longestRead = 4096;
const longestWords = 1000;

/** Null where nothing lies there. @throws DiskFault where it is no file, or changes meanwhile */
async function readBeginning(disk: Disk, path: string): Promise<Uint8Array | null> {
  const [stamp] = await disk.stampsOf([path]);
  return stamp == null ? null : await disk.readPart(path, stamp, 0, Math.min(stamp.size, longestRead));
}

/** Shown to people: one line, nothing in it that nobody sees. Null where it wrote nothing. */
export async function readPrinterWords(disk: Disk, found: Found): Promise<string | null> {
  const stem = basename(found.name, extname(found.name));
  for (const name of [found.name, stem].flatMap((base) => extensions.map((ending) => base + ending))) {
    const bytes = await readBeginning(disk, join(found.folderPath, name)).catch(() => null);
    const words = bytes === null ? '' : cleanLine(new TextDecoder().decode(bytes)).replace(/\s+/gu, ' ').trim();
    // A log that was opened and not written says nothing; the file beside it may.
    if (words !== '') return words.slice(0, longestWords);
  }
  return null;
}
