/** What a printer wrote beside a file it refused. */
import { basename, extname, join } from 'node:path';
import { cleanLine } from '../../../shared/clean-text.ts';
import type { Disk } from '../disk/operations.ts';
import type { Found } from './outcomes.ts';

const extensions = ['.txt', '.log', '.err', '.reason.txt'];
const longestFile = 4096;
const longestWords = 1000;

/** Shown to people: one line, nothing in it that nobody sees. Null where it wrote nothing. */
export async function readPrinterWords(disk: Disk, found: Found): Promise<string | null> {
  const stem = basename(found.name, extname(found.name));
  for (const name of [found.name, stem].flatMap((base) => extensions.map((ending) => base + ending))) {
    const bytes = await disk.readSmall(join(found.folderPath, name), longestFile).catch(() => null);
    if (bytes !== null) return cleanLine(new TextDecoder().decode(bytes)).replace(/\s+/gu, ' ').trim().slice(0, longestWords);
  }
  return null;
}
