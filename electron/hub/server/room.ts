/**
 * The room on the disk of the hub that uploads may take: counted over all that are under way, in one place, and never the room that the record needs. A length that was
 * told is only a first guess; what counts are bytes as they come.
 */

import { statfs } from 'node:fs/promises';
import { said } from '../../../shared/words/say.ts';
import { problem } from './problem.ts';

/** Larger than any print file of a shop; a disk is never filled by one sender alone. */
export const mostUploadBytes = 20 * 1024 ** 3;
/** Free space that uploads leave alone: the record, its copies and the original that is just being filed. */
export const keptFreeBytes = 512 * 1024 ** 2;
/** Leave is taken for so many bytes at a time: what those who are under way have in hand, and not written yet. */
const stepBytes = 1024 ** 2;

export type Room = {
  /** @throws 413 or 507 when so many bytes are not to be taken */
  check(bytes: number): Promise<void>;
  /** One upload. */
  enter(): {
    /** So many more bytes have come, and may be written. Those of the call before have been. @throws 413 or 507 */
    take(bytes: number): Promise<void>;
    /** All that could be written has been; what it had leave for beyond that is free again. */
    leave(): void;
  };
};

/** @param free bytes for this user on the disk of uploads */
export function makeRoom(free: () => Promise<number>): Room {
  /** Bytes since the beginning: that there is leave for, and that are written. */
  let granted = 0;
  let written = 0;

  const checkSize = (bytes: number): void => {
    if (bytes > mostUploadBytes) throw problem('PAYLOAD_TOO_LARGE', said('refusals.fileTooLarge'));
  };
  /** Runs `then` in the same moment as the check, so that two do not take the same room. */
  const checkFree = async (bytes: number, then: () => void): Promise<void> => {
    // What is written while the disk is asked may be in its answer or not: it counts as not
    const writtenBefore = written;
    const left = await free();
    if (left + writtenBefore - granted - bytes < keptFreeBytes) throw problem('INSUFFICIENT_STORAGE', said('refusals.noRoom'));
    then();
  };

  return {
    check: async (bytes) => {
      checkSize(bytes);
      await checkFree(bytes, () => undefined);
    },
    enter: () => {
      let came = 0;
      let mine = 0;
      let done = 0;
      const settle = (upTo: number): void => {
        written += upTo - done;
        done = upTo;
      };
      return {
        take: async (bytes) => {
          settle(came);
          checkSize(came + bytes);
          const more = Math.max(stepBytes, came + bytes - mine);
          if (came + bytes > mine)
            await checkFree(more, () => {
              granted += more;
              mine += more;
            });
          came += bytes;
        },
        leave: () => {
          settle(came);
          granted -= mine - came;
          mine = came;
        },
      };
    },
  };
}

export async function freeBytes(folderPath: string): Promise<number> {
  const { bavail, bsize } = await statfs(folderPath);
  return bavail * bsize;
}
