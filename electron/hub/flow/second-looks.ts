/**
 * A program can keep a file open and write into it after it was taken and filed: the new content would lie in the archive, and nobody would know. So what was
 * just filed is looked at again for a while, many in one call.
 */

import type { Disk } from '../disk/operations.ts';
import type { Stamp } from '../disk/stamp.ts';
import type { Log } from '../log.ts';
import type { Clock, Timers } from '../ports/ports.ts';

/** After being filed; ms. Whoever saves in place does it within moments, or by another program that writes a file of its own. */
const looksAfterMs = [1000, 3000, 10_000, 60_000] as const;
/** What falls due within this time is looked at together; ms. */
const togetherMs = 1000;
const mostAtOnce = 500;

/** Written into: the file has stayed the one it is. */
function isWrittenInto(now: Stamp, then: Stamp): boolean {
  return now.ino === then.ino && (now.size !== then.size || now.mtimeMs !== then.mtimeMs);
}

type Filed = { readonly fileId: number; readonly path: string; readonly stamp: Stamp };
type Waiting = Filed & { readonly filedAt: number };

export type SecondLooks = {
  /** It has just been filed at this path. */
  add(file: Filed): void;
  stop(): void;
};

type Given = {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly disk: Pick<Disk, 'stampsOf'>;
  /** Something else is in the file now. Answers whether that is settled, so that nobody needs to look again. */
  readonly onChanged: (fileId: number) => Promise<boolean>;
  readonly log: Log;
};

export function makeSecondLooks({ clock, timers, disk, onChanged, log }: Given): SecondLooks {
  // One queue a look: what was filed first is due first.
  const queues: Waiting[][] = looksAfterMs.map(() => []);
  let callOff: (() => void) | null = null;
  let stopped = false;

  const takeDue = (queue: Waiting[], afterMs: number): Waiting[] => {
    const due = queue.findIndex(({ filedAt }) => filedAt + afterMs > clock.monotonic());
    return queue.splice(0, Math.min(due === -1 ? queue.length : due, mostAtOnce));
  };

  const look = async (files: readonly Waiting[]): Promise<Waiting[]> => {
    const stamps = await disk.stampsOf(files.map(({ path }) => path));
    const left: Waiting[] = [];
    for (const [index, file] of files.entries()) {
      const stamp = stamps[index] ?? null;
      // Gone: somebody tidied the archive.
      if (stamp === null) continue;
      if (!isWrittenInto(stamp, file.stamp) || !(await onChanged(file.fileId))) left.push(file);
    }
    return left;
  };

  const lookAtDue = async (): Promise<void> => {
    for (const [turn, afterMs] of looksAfterMs.entries()) {
      const due = takeDue(queues[turn] ?? [], afterMs);
      if (due.length === 0) continue;
      const left = await look(due).catch((error: unknown) => {
        log`Files just filed could not be looked at again: ${error}`;
        return due;
      });
      queues[turn + 1]?.push(...left);
    }
  };

  const wait = (): void => {
    if (stopped || callOff !== null || queues.every((queue) => queue.length === 0)) return;
    callOff = timers.after(togetherMs, () => {
      void lookAtDue().finally(() => {
        callOff = null;
        wait();
      });
    });
  };

  return {
    add: (file) => {
      queues[0]?.push({ ...file, filedAt: clock.monotonic() });
      wait();
    },
    stop: () => {
      stopped = true;
      callOff?.();
    },
  };
}
