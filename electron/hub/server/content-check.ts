/**
 * Is what is handed out what is on record? Asked of the whole content, once for each state of a file: whoever can still write into it, by a name he has kept or a handle he has
 * open, gives it another change time, and cannot choose that.
 */
import type { OpenFile } from '../disk/files.ts';
import type { FileInfo } from '../disk/stamp.ts';
import type { Flow } from '../parts.ts';
import { makeTurns } from '../turns.ts';

/** `unknown`: it does not stand still, or cannot be read. */
export type ContentVerdict = 'holds' | 'differs' | 'unknown';
export type ContentCheck = (place: string, file: OpenFile, sha256: string) => Promise<ContentVerdict>;

/** States of files whose hash is kept. */
const keptStates = 10_000;
const mostTries = 3;

function stateOf({ dev, ino, size, mtimeMs, ctimeMs }: FileInfo): string {
  return JSON.stringify([dev, ino, size, mtimeMs, ctimeMs]);
}

export function makeContentCheck(contentOf: Flow['contentOf']): ContentCheck {
  const hashes = new Map<string, string>();
  // One at a time: who asks for many large files waits, and not the floor.
  const turns = makeTurns();

  const learn = async (place: string, file: OpenFile): Promise<string | null> => {
    for (let turn = 0; turn < mostTries; turn++) {
      const before = await file.stat();
      const known = hashes.get(stateOf(before));
      if (known !== undefined) return known;
      const { ino, sha256 } = await contentOf(place);
      // A move gives it another change time as well.
      if (sha256 === null || ino !== before.ino || stateOf(await file.stat()) !== stateOf(before)) continue;
      if (hashes.size >= keptStates) hashes.clear();
      hashes.set(stateOf(before), sha256);
      return sha256;
    }
    return null;
  };

  return async (place, file, sha256) => {
    const known = hashes.get(stateOf(await file.stat()));
    const seen = known ?? (await turns(0, () => learn(place, file)).catch(() => null));
    if (seen === null) return 'unknown';
    return seen === sha256 ? 'holds' : 'differs';
  };
}
