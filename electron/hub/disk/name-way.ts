/**
 * How a folder tells names apart: whether letter case counts, and whether the two ways to write an accented letter (one sign, or letter and accent) count.
 * Found out by asking the folder, never from the kind of system. What it says: two names are the same, or they are two files there.
 */
import { basename, join } from 'node:path';
import { errnoOf } from './fault.ts';
import { files } from './files.ts';
import { forMoment } from './moments.ts';
import { makeFile } from './own-file.ts';
import { momentPath } from './own-names.ts';
import { hasLostLetters } from './raw-name.ts';
import { type FileInfo, sameFile } from './stamp.ts';

export type NameWay = { readonly foldsCase: boolean; readonly foldsForm: boolean };

/** Letter by letter, as file systems do: one letter never becomes two. */
function upperCase(name: string): string {
  return Array.from(name, (letter) => {
    const upper = letter.toUpperCase();
    return upper.length === letter.length ? upper : letter;
  }).join('');
}

/** The name as this folder compares it: two names are one file there exactly when these are equal. */
export function nameIn(way: NameWay, name: string): string {
  const formed = way.foldsForm ? name.normalize('NFC') : name;
  return way.foldsCase ? upperCase(formed) : formed;
}

/** The name as the folder would know it in other case; the same where it has no letters. */
function otherCase(name: string): string {
  return Array.from(name, (letter) => (/[a-z]/.test(letter) ? letter.toUpperCase() : letter.toLowerCase())).join('');
}

/** The name with its accents written the other way; the same where it has none. */
function otherForm(name: string): string {
  const composed = name.normalize('NFC');
  return composed === name ? name.normalize('NFD') : composed;
}

async function infoAt(path: string): Promise<FileInfo | null> {
  return await files.lstat(path).catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  });
}

/** Does the folder find `name` under its other spelling too? Null where that cannot be told. */
async function isFolded(folderPath: string, name: string, other: string): Promise<boolean | null> {
  const [here, there] = [await infoAt(join(folderPath, name)), await infoAt(join(folderPath, other))];
  if (here === null) return null;
  return there !== null && sameFile(here, there);
}

type Known = { readonly [Field in keyof NameWay]: boolean | null };

/** What the names that lie there tell. */
async function askNames(path: string): Promise<Known> {
  const listed = (await files.readNames(path)).filter((name) => !hasLostLetters(name));
  const ask = async (other: (name: string) => string): Promise<boolean | null> => {
    const name = listed.find((candidate) => other(candidate) !== candidate);
    return name === undefined ? null : await isFolded(path, name, other(name));
  };
  return { foldsCase: await ask(otherCase), foldsForm: await ask(otherForm) };
}

/** What a file of ours tells, which is gone afterwards. */
async function askWithFile(path: string): Promise<NameWay> {
  const tryPath = momentPath(path, 'n\u00E4me');
  const name = basename(tryPath);
  return await forMoment([tryPath], async () => {
    await makeFile(tryPath, '');
    const foldsCase = (await isFolded(path, name, otherCase(name))) ?? false;
    const listedOtherwise = !(await files.readNames(path)).includes(name);
    return { foldsCase, foldsForm: listedOtherwise || ((await isFolded(path, name, otherForm(name))) ?? false) };
  });
}

/** Where nobody can say: as these systems have it, unless set up otherwise. */
const usual: NameWay = {
  foldsCase: process.platform === 'win32' || process.platform === 'darwin',
  foldsForm: process.platform === 'darwin',
};

/**
 * The way of the folder at `path`. What its own names do not tell is tried with a file in `tryPath`, a folder of ours on the same disk; null or not
 * writable: what is usual here is taken. @throws DiskFault when the folder cannot be read
 */
export async function findNameWay(path: string, tryPath: string | null): Promise<NameWay> {
  const { foldsCase, foldsForm } = await askNames(path);
  if (foldsCase !== null && foldsForm !== null) return { foldsCase, foldsForm };
  const tried = tryPath === null ? usual : await askWithFile(tryPath).catch(() => usual);
  return { foldsCase: foldsCase ?? tried.foldsCase, foldsForm: foldsForm ?? tried.foldsForm };
}
