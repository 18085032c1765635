/** Asks the marker of an incoming folder whose it is, and does what whose-folder.ts says: works on, signs again and waits, or stops. */
import { asDiskFault, DiskFault } from '../disk/fault.ts';
import type { FolderStamp } from '../disk/look.ts';
import type { Disk } from '../disk/operations.ts';
import type { Ports } from '../ports/ports.ts';
import { idOf } from './same-folder.ts';
import { hearWhose, type MarkerSeen, type Whose } from './whose-folder.ts';

/** How often a folder is asked whose it is: another hub may have taken it over. */
const askWhoseEveryMs = 10_000;

export type FolderWhose = {
  /** As it is known now, by the path of the folder. */
  get(): Whose;
  set(whose: Whose): void;
  /** The marker of another hub was not believed, and signed over. */
  onIgnored(who: string): void;
};

/** Asks whose the folder is that a look has seen: now and then, and at once when it is another one. */
export function askWhose(
  disk: Pick<Disk, 'takeIncoming'>,
  folderPath: string,
  { monotonic }: Pick<Ports['clock'], 'monotonic'>,
  whose: FolderWhose,
): (seen: FolderStamp) => Promise<void> {
  let askedAt = Number.NEGATIVE_INFINITY;
  let askedOf = '';
  const look = async (before: Whose): Promise<MarkerSeen> => {
    const ours = before.kind === 'ours' || before.kind === 'asked' ? { turn: before.turn, insists: false } : null;
    try {
      return { kind: 'ours', ...(await disk.takeIncoming(folderPath, false, ours)) };
    } catch (error) {
      const fault = asDiskFault(error);
      if (fault.code !== 'OtherHub') throw fault;
      return { kind: 'theirs', who: fault.message };
    }
  };
  const ask = async (): Promise<void> => {
    const before = whose.get();
    const seen = await look(before);
    const heard = hearWhose(before, seen, monotonic());
    if (heard.ignored !== null) whose.onIgnored(heard.ignored);
    // Where it cannot be signed again there is nothing to wait for.
    const isSigned =
      heard.doing !== 'signAgain' ||
      (before.kind === 'ours' &&
        (await disk.takeIncoming(folderPath, false, { turn: before.turn, insists: true }).then(
          () => true,
          () => false,
        )));
    const after: Whose = isSigned ? heard.whose : { kind: 'theirs' };
    // A person may have said meanwhile whose it is.
    if (whose.get() === before) whose.set(after);
    if (heard.doing === 'work') return;
    throw new DiskFault('OtherHub', seen.kind === 'theirs' ? seen.who : after.kind === 'asked' ? after.who : '', folderPath);
  };
  return async (seen) => {
    const id = idOf(seen);
    if (id === askedOf && monotonic() - askedAt <= askWhoseEveryMs) return;
    await ask();
    askedAt = monotonic();
    askedOf = id;
  };
}
