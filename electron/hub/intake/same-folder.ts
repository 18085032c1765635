/**
 * Does the folder lie at the path that lay there at the look before? A link on the way to it may be turned to any other folder while it is watched. Promises: of
 * another one nothing is touched before it was asked anew whether it may be ours at all, and before a person has said what the files in it are, as for one that is
 * saved; its marker is believed as at a start. Who comes back is known: the folder that was worked in before, one that was made anew at its very place on its
 * disk, and a share or a disk of its own that has our marker in it. At a start a disk that lies there without our marker is asked about: the stick of yesterday may
 * be another today.
 */
import { dirname } from 'node:path';
import { DiskFault } from '../disk/fault.ts';
import type { FolderStamp } from '../disk/look.ts';
import type { Disk } from '../disk/operations.ts';
import { isExactBirth } from '../disk/stamp.ts';
import type { NotCounted } from '../store/store.ts';
import { countFiles } from './count-first.ts';
import type { Whose } from './whose-folder.ts';

/** What one look after the other found at a path. */
export type FolderKnown = {
  readonly id: string;
  /** Its path without any link. */
  readonly place: string;
  /** The one whose files are meant to be taken, and whose it was when it was left. Null: none is known yet. */
  readonly meant: { readonly id: string; readonly whose: Whose } | null;
  /** It was asked about its files because it is another one, and for no other reason. */
  readonly asked: boolean;
};

export type Meeting = {
  /** Null before the first look. */
  get(): FolderKnown | null;
  set(known: FolderKnown): void;
  /** May the folder that was seen be worked in? Null: it may. */
  offence(seen: FolderStamp): Promise<{ readonly reasonCode: string; readonly raw: string } | null>;
  readonly location: 'local' | 'network';
  /** Where the path leads now, without any link. Asks this computer alone. */
  place(): Promise<string>;
  readonly notCounted: { get(): NotCounted | null; set(notCounted: NotCounted | null): Promise<void> };
  readonly whose: { get(): Whose; set(whose: Whose): void };
};

export function idOf({ dev, ino, born }: Pick<FolderStamp, 'dev' | 'ino' | 'born'>): string {
  return [dev, ino, ...(born === null ? [] : [born])].join(' ');
}

/** `meet` comes before anything else of a look, `pass` when nothing stands against its files. */
export function meetFolder(disk: Pick<Disk, 'names' | 'isOurIncoming' | 'peek'>, folderPath: string, meeting: Meeting) {
  const { notCounted, whose, location } = meeting;

  /** Is it the root of a disk, which another may take the place of? Where that cannot be seen it may be. */
  const isDisk = async ({ dev }: FolderStamp, place: string): Promise<boolean> =>
    await disk.peek(dirname(place)).then(
      (around) => around.dev !== dev,
      () => true,
    );

  const meetFirst = async (seen: FolderStamp): Promise<void> => {
    const place = await meeting.place();
    // What was saved since the start was counted then.
    const isOfBefore = whose.get().kind === 'unknown' && notCounted.get() === null;
    const mayBeOther = isOfBefore && location === 'local' && (await isDisk(seen, place)) && !(await disk.isOurIncoming(folderPath));
    const asked = mayBeOther && (await countFiles(disk, folderPath)) > 0;
    if (asked) await notCounted.set({ path: folderPath, emptyIno: null });
    meeting.set({ id: idOf(seen), place, meant: null, asked });
  };

  const knowAgain = async (
    before: FolderKnown,
    seen: FolderStamp,
    place: string,
  ): Promise<{ readonly isKnown: boolean; readonly isBack: boolean }> => {
    const isOwnDisk = location === 'local' && (await isDisk(seen, place));
    const isMarked = (location === 'network' || isOwnDisk) && (await disk.isOurIncoming(folderPath));
    const isBack = idOf(seen) === before.meant?.id && (isMarked || !isOwnDisk || isExactBirth(seen.born));
    // No link was turned, and no disk mounted: somebody made the folder anew, or put it back from a copy.
    const isMadeAnew = location === 'local' && place === before.place && !isOwnDisk && before.id.startsWith(`${seen.dev} `);
    return { isKnown: isBack || isMadeAnew || isMarked, isBack };
  };

  const meetOther = async (before: FolderKnown, seen: FolderStamp): Promise<void> => {
    const offence = await meeting.offence(seen);
    if (offence !== null) throw new DiskFault(offence.reasonCode, offence.raw, folderPath);
    const id = idOf(seen);
    const place = await meeting.place();
    const { isKnown, isBack } = await knowAgain(before, seen, place);
    const prior = notCounted.get();
    let asked = before.asked;
    if (isKnown) {
      if (asked) await notCounted.set(null);
      asked = false;
    } else if ((await countFiles(disk, folderPath)) > 0) {
      asked ||= prior === null;
      await notCounted.set({ path: folderPath, emptyIno: null });
    }
    const left = before.id === before.meant?.id ? { id: before.id, whose: whose.get() } : before.meant;
    whose.set(isBack && left !== null ? left.whose : { kind: 'unknown' });
    meeting.set({ id, place, asked, meant: isKnown && !isBack ? { id, whose: whose.get() } : left });
  };

  return {
    /** @throws DiskFault when it may not be worked in, or cannot be looked at */
    meet: async (seen: FolderStamp): Promise<void> => {
      const before = meeting.get();
      if (before === null) await meetFirst(seen);
      else if (before.id !== idOf(seen)) await meetOther(before, seen);
    },
    pass: (): void => {
      const known = meeting.get();
      if (known !== null && (known.meant === null || (known.asked && notCounted.get() === null)))
        meeting.set({ ...known, meant: { id: known.id, whose: whose.get() }, asked: false });
    },
  };
}
