/**
 * Files at places of the record, to be handed out. A share is touched by its own disk process alone, so that one which hangs costs a preview and none of the
 * threads of the hub, in which the record waits for its flush.
 */
import { dirname } from 'node:path';
import type { Settings } from '../../shared/api.ts';
import type { Disks } from './disk/disks.ts';
import type { Disk } from './disk/operations.ts';
import { folderOf } from './disk/spelling.ts';
import type { Stamp } from './disk/stamp.ts';

/** A file on a share, read by the process of that share. @throws DiskFault */
export type FileAway = {
  /** Null: nothing lies there. */
  stamp(): Promise<Stamp | null>;
  /** Some bytes of the file that still is the one of this stamp; a megabyte at most, fewer where it ends. */
  part(stamp: Stamp, at: number, length: number): Promise<Uint8Array>;
};

export type KeptFiles = {
  /** What lies there now, wholly read by the process of its disk. @throws DiskFault */
  contentOf(path: string): Promise<Stamp & { readonly sha256: string | null }>;
  /** The file where it lies on a share; null where the hub may open it itself. Asks this computer alone. @throws DiskFault */
  away(path: string): Promise<FileAway | null>;
};

type Given = { readonly disks: Disks; readonly incoming: () => Settings['incoming'] };

export function openKeptFiles({ disks, incoming }: Given): KeptFiles {
  const shareOf = async (path: string): Promise<Disk | null> => {
    const watched = folderOf(path, incoming());
    const folderPath = dirname(path);
    // Not by what is watched alone: a folder that is watched no more keeps files on record
    const { location } = await disks.whereIs(folderPath);
    if (watched?.location === 'network') return disks.of(watched);
    return location === 'network' ? disks.of({ path: folderPath, location }) : null;
  };

  return {
    contentOf: async (path) => await ((await shareOf(path)) ?? disks.local).inspect(path, Number.MAX_SAFE_INTEGER),
    away: async (path) => {
      const disk = await shareOf(path);
      if (disk === null) return null;
      return {
        stamp: async () => (await disk.stampsOf([path]))[0] ?? null,
        part: (stamp, at, length) => disk.readPart(path, stamp, at, length),
      };
    },
  };
}
