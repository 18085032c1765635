/** Originals, duplicates, tickets and rejected arrivals go where they can be found again. Nothing is deleted, nothing replaced. */
import '../../../shared/words/all.ts';
import { join } from 'node:path';
import { cleanLine } from '../../../shared/clean-text.ts';
import { type ReasonCode, reasonWords } from '../../../shared/reason.ts';
import { safeFileName, safeName, splitName } from '../../../shared/safe-name.ts';
import { isTimeZone, wallTimeAt } from '../../../shared/shop-time.ts';
import { recallFound } from '../../../shared/words/recall.ts';
import { type Language, type Said, say, sentence } from '../../../shared/words/say.ts';
import { errnoOf } from '../disk/fault.ts';
import type { Moved } from '../disk/move.ts';
import type { Disk } from '../disk/operations.ts';
import type { Stamp } from '../disk/stamp.ts';

/** A folder a day keeps any one of them readable. */
export function dayFolder(at: number): string {
  const day = new Date(at);
  return `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}-${String(day.getDate()).padStart(2, '0')}`;
}

function markedName(name: string, mark: string | number): string {
  const { stem, extension } = splitName(name);
  return extension === '' ? `${stem} (${mark})` : `${stem} (${mark}).${extension}`;
}

/** Where so many of one name lie, nobody counts on: each look is a call to the disk. */
const mostCounted = 20;
/** Turns after which a name is its own, or somebody took it on purpose. */
export const likelyTurns = mostCounted + 2;

/** "x.pdf", "x (2).pdf", "x (3).pdf" ... "x (20).pdf", and then by its arrival, which has its number alone: "x (4711).pdf", "x (4711-2).pdf" ... */
export function numberedName(name: string, turn: number, arrivalId: number): string {
  if (turn === 1) return name;
  if (turn <= mostCounted) return markedName(name, turn);
  return markedName(name, turn === mostCounted + 1 ? arrivalId : `${arrivalId}-${turn - mostCounted}`);
}

type Moving = {
  readonly arrivalId: number;
  readonly name: string;
  readonly path: string;
  readonly stamp: Stamp;
  /** Null where it was never read. */
  readonly sha256: string | null;
};

/** Where the reason lies, beside what was not accepted. */
export function reasonPath(path: string): string {
  return `${path}.reason.txt`;
}

/** May a file and its reason have this pair of names? What a try that was cut short left is told by the move. */
async function isPairFree(disk: Disk, path: string): Promise<boolean> {
  const [file, reason] = await disk.stampsOf([path, reasonPath(path)]);
  return file !== null || reason === null;
}

/**
 * Moves a file into a folder under its name, or the first numbered one that is free, or that a try which was cut short gave its content; answers where
 * it lies. `isAnothers`: what lies at this path is known to be another file, whatever it holds; `withReason`: beside it there must be room for its reason.
 * @throws DiskFault `SourceChanged` when the file is not the one of this stamp any more
 */
export async function moveInto(
  disk: Disk,
  { arrivalId, name, path, stamp, sha256 }: Moving,
  folderPath: string,
  isAnothers: (path: string) => boolean,
  withReason: boolean,
): Promise<{ readonly path: string; readonly moved: Moved }> {
  for (let turn = 1; ; turn++) {
    const toPath = join(folderPath, numberedName(safeFileName(name), turn, arrivalId));
    if (isAnothers(toPath) || (withReason && !(await isPairFree(disk, toPath)))) continue;
    try {
      const expected = sha256 === null ? null : { size: stamp.size, sha256 };
      return { path: toPath, moved: await disk.moveFile(path, toPath, expected, stamp) };
    } catch (error) {
      if (errnoOf(error) !== 'NameTaken') throw error;
    }
  }
}

/** `detail`: in English, or what the system says; `said`: the same for every language, where it is a sentence of ours. */
export type Rejection = { readonly code: ReasonCode; readonly detail: string | null; readonly said?: Said | null };

/** Whose clock and language the text is for. */
type Shop = { readonly language: Language; readonly timeZone: string };

/** A moment as the clock of the shop shows it, and whose clock that is. */
function onWall(at: string, timeZone: string): string {
  if (!isTimeZone(timeZone)) return at;
  const { year, month, day, hour, minute, second } = wallTimeAt(Date.parse(at), timeZone);
  const [date, time] = [
    [year, month, day],
    [hour, minute, second],
  ].map((parts) => parts.map((part) => String(part).padStart(2, '0')));
  return `${date?.join('-')} ${time?.join(':')} (${timeZone})`;
}

/** The text beside a rejected file: what, why, what to do. For the people of the shop in their language, and in English for whoever else is asked. */
export function rejectionText(name: string, folderPath: string, rejection: Rejection, at: string, shop: Shop): string {
  const languages = shop.language === 'en' ? [shop.language] : ([shop.language, 'en'] as const);
  return languages.map((language) => rejectionIn(language, name, folderPath, rejection, onWall(at, shop.timeZone)).join('\n')).join('\n');
}

function rejectionIn(
  language: Language,
  name: string,
  folderPath: string,
  { code, detail: english, said }: Rejection,
  when: string,
): string[] {
  const { what, todo } = reasonWords(language, code);
  const told = said ?? recallFound(english);
  const detail = told === null ? english : (sentence(language, told) ?? english);
  return [
    say(language, 'notes.notAccepted', { name: safeName(name) }),
    '',
    what,
    todo,
    '',
    ...(detail === null ? [] : [say(language, 'notes.details', { detail: cleanLine(detail) })]),
    say(language, 'notes.reasonCode', { code }),
    say(language, 'notes.cameFrom', { folder: cleanLine(folderPath) }),
    say(language, 'notes.when', { at: when }),
    '',
  ];
}
