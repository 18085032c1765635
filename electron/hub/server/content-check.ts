/**
 * Is what lies there what is on record? Asked of the whole content, once for each state of a file. Whoever can still write into it, by a name he has kept or a handle he
 * has open, gives it another change time, and cannot choose that; one who has it in his memory (mmap) does so too after the file was flushed, which comes first. A state
 * that is younger than a tick of that clock is not kept. A disk in memory (tmpfs) notes no such change: what is sent whole does not rely on this (files-out.ts).
 */
import type { OpenFile } from '../disk/files.ts';
import type { FileInfo } from '../disk/stamp.ts';
import type { KeptFiles } from '../kept-files.ts';
import { makeTurns } from '../turns.ts';
import { makeFairTurns } from './fair-turns.ts';

/** `unknown`: it does not stand still, or cannot be read. */
export type ContentVerdict = 'holds' | 'differs' | 'unknown';
/** `leaves` aborts when he waits no more. */
export type Asker = { readonly token: number | null; readonly leaves: AbortSignal };
/** @throws the reason of `leaves` */
export type ContentCheck = (place: string, file: OpenFile, sha256: string, asker: Asker) => Promise<ContentVerdict>;

/** States of files whose hash is kept. */
const keptStates = 10_000;
const mostTries = 3;
/** Read at once, all tokens together: they share one disk. */
const mostAtOnce = 4;
/** The coarsest clock of a disk that is written in such steps. */
const tickMs = 2000;

function stateOf({ dev, ino, size, mtimeMs, ctimeMs }: FileInfo): string {
  return JSON.stringify([dev, ino, size, mtimeMs, ctimeMs]);
}

/** `now` in epoch ms. */
export function makeContentCheck(contentOf: KeptFiles['contentOf'], now: () => number): ContentCheck {
  const hashes = new Map<string, string>();
  const turns = makeFairTurns(mostAtOnce);
  // A large file that has just come takes its time to be flushed; the other threads of the hub are for the record
  const flushing = makeTurns();

  const learn = async (place: string, file: OpenFile): Promise<string | null> => {
    for (let turn = 0; turn < mostTries; turn++) {
      // Some systems flush only what is open to be written
      await flushing(0, () => file.sync()).catch(() => undefined);
      const before = await file.stat();
      const known = hashes.get(stateOf(before));
      if (known !== undefined) return known;
      const isSettled = now() - before.ctimeMs > tickMs;
      const { ino, sha256 } = await contentOf(place);
      // A move gives it another change time as well.
      if (sha256 === null || ino !== before.ino || stateOf(await file.stat()) !== stateOf(before)) continue;
      if (!isSettled) return sha256;
      if (hashes.size >= keptStates) hashes.clear();
      hashes.set(stateOf(before), sha256);
      return sha256;
    }
    return null;
  };

  return async (place, file, sha256, { token, leaves }) => {
    const known = hashes.get(stateOf(await file.stat()));
    const seen = known ?? (await turns(token, leaves, () => learn(place, file).catch(() => null)));
    if (seen === null) return 'unknown';
    return seen === sha256 ? 'holds' : 'differs';
  };
}
