/** After a crash in the moment of handing over: did the printer's folder get the file or not? Pure. */
import type { HandOver } from '../disk/change.ts';
import type { CopyMark } from '../disk/copy.ts';

/**
 * - `handedOver`: the file lies there, or lay there and was taken
 * - `notYet`: the verified copy still waits under its temporary name
 * - `startAgain`: nothing was handed over and the copy is of no use
 * - `compare`: a file of that name and size lies there; its content must say whether it is ours
 * - `uncertain`: it may have been taken already; only a person at the printer can tell
 */
export type HandOverVerdict = 'handedOver' | 'notYet' | 'startAgain' | 'compare' | 'uncertain';

/**
 * `mark` was recorded when the copy was verified, just before it got its final name by a link or a rename. Linking changes the change time
 * of the file. Only we remove the temporary name, and only after the final one exists, where it lies outside the hot folder (`tempIsOurs`); inside it a
 * printer that tidies up may have removed it too.
 */
export function judgeHandOver(mark: CopyMark, seen: HandOver, size: number, tempIsOurs: boolean): HandOverVerdict {
  const { temp, final } = seen;
  if (final !== null) {
    if (final.ino === mark.ino) return 'handedOver';
    if (final.size === size) return 'compare';
    return temp === null ? 'uncertain' : untouched(temp, mark) ? 'notYet' : 'uncertain';
  }
  if (temp === null) return tempIsOurs ? 'handedOver' : 'uncertain';
  if (temp.ino !== mark.ino) return 'startAgain';
  return untouched(temp, mark) ? 'notYet' : 'uncertain';
}

function untouched(temp: CopyMark, mark: CopyMark): boolean {
  return temp.ino === mark.ino && temp.ctimeMs === mark.ctimeMs;
}

export function readMark(text: string | null): CopyMark | null {
  return text === null ? null : (JSON.parse(text) as CopyMark);
}
