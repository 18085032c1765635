/**
 * Sub-folders in which nothing lies: of a shop that makes one for each order there are thousands after a year, and to read them all took longer than anything else.
 * One whose own time stands still is not read again for a while. Pure but for what it remembers.
 */
import type { Entry } from '../../disk/look.ts';
import { fullLookEveryMs, type Times, youngMs } from './folder-step.ts';

export type AtRest = {
  /** As it is listed in the folder above. */
  isAtRest(path: string, entry: Entry, times: Times): boolean;
  /** It was read since it was listed so. `isBare`: nothing lies in it but what is never an arrival. */
  noteRead(path: string, entry: Entry, isBare: boolean, times: Times): void;
  /** Those that are there. */
  keepOnly(paths: ReadonlySet<string>): void;
};

export function makeAtRest(): AtRest {
  const resting = new Map<string, Pick<Entry, 'ino' | 'mtimeMs'> & { readonly readAtMs: number }>();
  return {
    isAtRest: (path, { ino, mtimeMs }, { ms }) => {
      const known = resting.get(path);
      return known !== undefined && known.ino === ino && known.mtimeMs === mtimeMs && ms - known.readAtMs < fullLookEveryMs;
    },
    noteRead: (path, { ino, mtimeMs }, isBare, { now, ms }) => {
      if (isBare && mtimeMs < now - youngMs) resting.set(path, { ino, mtimeMs, readAtMs: ms });
      else resting.delete(path);
    },
    keepOnly: (paths) => {
      for (const known of resting.keys()) if (!paths.has(known)) resting.delete(known);
    },
  };
}
