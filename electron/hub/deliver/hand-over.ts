/** After a crash in the moment of handing over: did the printer's folder get the file or not? Pure. */
import type { HandOver } from '../disk/change.ts';
import type { CopyMark } from '../disk/copy.ts';
import { isFileId, recordedId } from '../disk/stamp.ts';

/**
 * - `handedOver`: the file lies there, or lay there and was taken
 * - `notYet`: the verified copy still waits under its temporary name
 * - `startAgain`: nothing was handed over and the copy is of no use
 * - `compare`: a file of that name and size lies there, and nothing else says whether it is ours: its content must
 * - `uncertain`: it may have been taken already; only a person at the printer can tell
 */
export type HandOverVerdict = 'handedOver' | 'notYet' | 'startAgain' | 'compare' | 'uncertain';

/**
 * `mark` was recorded when the copy was verified, just before it got its final name by a link or a rename. Linking changes the change time
 * of the file: a copy that still is what it was has not gone out, whoever has the name and whatever lies there. Only we remove the temporary name, and only after the final one exists, where it lies outside the hot folder (`tempIsOurs`); inside it a
 * printer that tidies up may have removed it too.
 */
export function judgeHandOver(mark: CopyMark, seen: HandOver, size: number, tempIsOurs: boolean): HandOverVerdict {
  const { temp, final } = seen;
  if (final !== null && isFileId(mark.ino, final.ino)) return 'handedOver';
  if (temp !== null) {
    if (temp.ctimeMs !== mark.ctimeMs) return final?.size === size ? 'compare' : 'uncertain';
    return isFileId(mark.ino, temp.ino) ? 'notYet' : 'startAgain';
  }
  if (final !== null) return final.size === size ? 'compare' : 'uncertain';
  return tempIsOurs ? 'handedOver' : 'uncertain';
}

/** What the content of a file of our name and size says. Where it was sent before, it may be the file of then. */
export function judgeContent(isOurs: boolean, send: number): 'handedOver' | 'uncertain' {
  return isOurs && send === 1 ? 'handedOver' : 'uncertain';
}

/** What is kept of a verified copy from just before it got its final name. */
export type Mark = CopyMark & {
  /** Ids of files that lay in the printer's outcome folders then and might be taken for this one; null where nobody looked. */
  readonly before: readonly string[] | null;
};

/** A mark on record; earlier versions wrote the file id as a number. Its `ino` is for `isFileId`, never to be compared as it is. */
export function readMark(text: string | null): Mark | null {
  if (text === null) return null;
  const { ino, ctimeMs, mtimeMs, before } = JSON.parse(text) as Omit<CopyMark, 'ino'> & {
    readonly ino: string | number;
    readonly before?: readonly string[] | null;
  };
  return { ino: recordedId(ino), ctimeMs, ...(mtimeMs !== undefined && { mtimeMs }), before: before ?? null };
}

export function writeMark({ before, ino, ctimeMs, mtimeMs }: Mark): string {
  return JSON.stringify({ ino, ctimeMs, mtimeMs, ...(before !== null && { before }) });
}

/** Is the file with this id the copy of this mark? */
export function isMarked(text: string | null, ino: string): boolean {
  const mark = readMark(text);
  return mark !== null && isFileId(mark.ino, ino);
}
