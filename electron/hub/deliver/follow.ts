/**
 * Follows what becomes of delivered files in one hot folder, and notices files that others put there. Only ever looks at a folder that has just been seen
 * alive: a vanished share took nothing.
 */
import { join } from 'node:path';
import type { DeliveryState } from '../../../shared/delivery.ts';
import { makeBreath } from '../breath.ts';
import type { Live } from '../disk/live.ts';
import type { Entry } from '../disk/look.ts';
import type { Disk } from '../disk/operations.ts';
import type { Ports } from '../ports/ports.ts';
import type { DeliveryRow, HotFolderRow, Store } from '../store/store.ts';
import type { Lanes } from '../wake.ts';
import { makeContentLook } from './content-look.ts';
import { type ForeignFile, makeForeignFiles } from './foreign-files.ts';
import { isMarked } from './hand-over.ts';
import { lyingOf } from './lying-of.ts';
import { makeOutcomeFolders } from './outcome-folders.ts';
import {
  type Absence,
  type Conclusion,
  concludeOutcome,
  type Found,
  filesToHash,
  matchOutcomes,
  type OutcomeLook,
  type OutcomePaths,
  outcomePathsOf,
} from './outcomes.ts';
import { deliveryIdOf } from './places.ts';
import { readPrinterWords } from './printer-words.ts';
import { type RecordParts, recordLying, recordOtherContent, recordPrinted, recordRefused, recordTaken, type Shown } from './record.ts';
import { sharersOf } from './shared-outcome.ts';

export type FollowOptions = {
  /** Turns of folders on local disks: what lies in many is not held in memory at once. */
  readonly turns: Lanes;
  readonly ports: Pick<Ports, 'clock' | 'timers'>;
  readonly store: Store;
  readonly disk: Disk;
  readonly isHidden: (name: string) => boolean;
  /** Records a foreign file whose name names a job; false when it names none. `before`: see Mark. */
  readonly onForeign: (folder: HotFolderRow, file: ForeignFile, before: readonly string[] | null) => Promise<boolean>;
};

export type Follower = {
  /** Looks once, at a folder that is alive and the one we know. Answers how many files lie there. @throws DiskFault when it is not */
  look(folder: HotFolderRow, live: Live, saw: (folderId: string) => Promise<void>): Promise<number>;
  /** What was delivered, does not lie there, and shows in no folder of outcomes. */
  missing(folder: HotFolderRow): Promise<readonly DeliveryRow[]>;
  /** Some delivery is still on its way: look often. */
  busy(): boolean;
  /** Deliveries that are followed. */
  open(): number;
  unknownFiles(): readonly string[];
  /** Deliveries whose copy, or what is left of it, lay in the hot folder at the last full look. */
  copies(): readonly number[];
  /** Ids of files in the outcome folders that might be taken for this delivery; null where its printer shows nothing. */
  idsBefore(folder: HotFolderRow, delivery: DeliveryRow): Promise<readonly string[] | null>;
};

/** A folder whose own time stands still has nothing new, except where its clock is coarse or lies: so now and then all the same. */
const fullLookEveryMs = 120_000;
const restlessMs = 5000;
/** A printer writes its reason just after it has moved the file. */
const wordsAfterMs = 150;
/** What was taken is followed to its end for so long; a printer's queue may stand over the holidays. */
export const takenFollowedMs = 14 * 24 * 60 * 60 * 1000;
const mostTaken = 2000;
/** Read at once; a hot folder may hold a hundred thousand files, and each page of a large record may have to come from the disk. */
const readAtOnce = 200;
/** Looked at without a look at the time in between. */
const seenInOneGo = 64;

type ToRecord = Exclude<Conclusion, { readonly kind: 'absent' | 'nothingNew' }>;

/** What the last full look found, and when; monotonic ms. */
type Seen = { readonly stamp: string; readonly stampSince: number; readonly at: number; readonly count: number };

const nothingSeen: Seen = { stamp: '', stampSince: 0, at: Number.NEGATIVE_INFINITY, count: 0 };

function mergePaths(all: readonly OutcomePaths[]): OutcomePaths {
  const merge = (kind: keyof OutcomePaths): string[] => [...new Set(all.flatMap((paths) => paths[kind]))];
  return { working: merge('working'), done: merge('done'), failed: merge('failed') };
}

export function makeFollower({ turns, ports, store, disk, isHidden, onForeign }: FollowOptions): Follower {
  const { clock, timers } = ports;
  const breath = makeBreath(ports);
  const absences = new Map<number, Absence>();
  /** When each file that lies there was delivered; monotonic ms, so that a clock set back does not make it young again. */
  const lyingSince = new Map<number, number>();
  /** When each was first seen to be gone; epoch ms, to be held against what people said. */
  const goneAt = new Map<number, number>();
  const foreign = makeForeignFiles();
  const outcomeFolders = makeOutcomeFolders(disk, clock);
  const content = makeContentLook(disk);
  let seen = nothingSeen;
  let open: readonly DeliveryRow[] = [];
  /** Of these, whose file lies there. */
  let lying: ReadonlySet<number> = new Set();
  let foreignUnsettled = false;
  let copies: readonly number[] = [];

  const busy = (): boolean =>
    foreignUnsettled || content.isUnsettled() || absences.size > 0 || open.some(({ state }) => state === 'delivered');

  /** The clock is believed once, at the first look; from then on time is measured. `atMs`: monotonic. */
  const lyingFor = ({ id, deliveredAt }: DeliveryRow, atMs: number): number => {
    const known = lyingSince.get(id);
    if (known !== undefined) return atMs - known;
    const now = clock.now();
    const lyingMs = Math.max(0, now - (deliveredAt ?? now));
    lyingSince.set(id, atMs - lyingMs);
    return lyingMs;
  };

  /** Where other hot folders show too, the content says more than the name. */
  const shownBy = async (folder: HotFolderRow, found: Found): Promise<Shown> => {
    const sharers = await sharersOf(store.read, folder, found.folderPath);
    if (sharers.length > 0) await outcomeFolders.hash([found]);
    return { found, followed: open, sharers, sha256: outcomeFolders.hashOf(found) };
  };

  /** What is to be recorded of it; null of nearly all, where thousands lie there after a burst. */
  const conclude = (
    folder: HotFolderRow,
    delivery: DeliveryRow,
    outcome: ReturnType<typeof matchOutcomes>,
    liesThere: boolean,
  ): ToRecord | null => {
    // The time is asked for once each.
    const monotonicMs = clock.monotonic();
    const conclusion = concludeOutcome(delivery, outcome.get(delivery.id), liesThere, absences.get(delivery.id), {
      lyingMs: lyingFor(delivery, monotonicMs),
      monotonicMs,
      takenAfterMs: folder.takenAfterMs,
      lyingAfterMs: folder.lyingAfterMs,
    });
    if (conclusion.kind === 'absent') {
      absences.set(delivery.id, conclusion.absence);
      if (conclusion.absence.looks === 1) goneAt.set(delivery.id, clock.now());
      return null;
    }
    absences.delete(delivery.id);
    if (conclusion.kind === 'nothingNew') return null;
    return conclusion.kind === 'lyingThere' && !(conclusion.tooLong && delivery.state === 'delivered') ? null : conclusion;
  };

  const recordWhat = async (folder: HotFolderRow, delivery: DeliveryRow, conclusion: ToRecord): Promise<void> => {
    const parts: RecordParts = { store, folder, now: clock.now };
    switch (conclusion.kind) {
      case 'lyingThere':
        await recordLying(parts, delivery);
        return;
      case 'taken':
        await recordTaken(parts, delivery, goneAt.get(delivery.id) ?? null);
        return;
      case 'printed':
        await recordPrinted(parts, delivery, await shownBy(folder, conclusion.found));
        return;
      case 'refused':
        await timers.pause(wordsAfterMs);
        await recordRefused(parts, delivery, await readPrinterWords(disk, conclusion.found), await shownBy(folder, conclusion.found));
        return;
      default:
        conclusion satisfies never;
    }
  };

  const concludeAll = async (folder: HotFolderRow, outcomes: ReturnType<typeof matchOutcomes>): Promise<void> => {
    for (const [at, delivery] of open.entries()) {
      if (at % seenInOneGo === 0) await breath();
      const conclusion = conclude(folder, delivery, outcomes, lying.has(delivery.id));
      if (conclusion !== null) await recordWhat(folder, delivery, conclusion);
    }
  };

  /** Is what lies there still what was delivered? A few at each look, one after the other. */
  const seeContent = async (folder: HotFolderRow): Promise<void> => {
    const parts: RecordParts = { store, folder, now: clock.now };
    for (const { delivery, raw } of await content.look(
      folder.place,
      open.filter(({ id }) => lying.has(id)),
    ))
      await recordOtherContent(parts, delivery, raw);
  };

  /** Names in the folder that no delivery of ours explains, not even one that came while we looked. */
  const notOurs = async (folderPath: string, visible: ReadonlySet<string>): Promise<ReadonlySet<string>> => {
    const names = new Set(visible);
    for (const { name, state } of open) if (state === 'delivered' || state === 'lying') names.delete(name);
    const unsettled = [...names].filter((name) => !foreign.isSettled(name));
    for (const { name, state } of await store.read.deliveriesNamedAny(folderPath, unsettled))
      if (!['waiting', 'copying', 'uncertain'].includes(state)) names.delete(name);
    return names;
  };

  /** Tells a file that is ours under another name, or another spelling of it: printers rename in place what they work on. Asked once for all that were seen. */
  const readOurs = async (folderPath: string, seenNow: readonly Entry[]): Promise<(entry: Entry) => boolean> => {
    const ofSizes = await store.read.deliveriesOfSizes(
      folderPath,
      seenNow.map(({ size }) => size),
    );
    const named = await store.read.deliveriesNamedAny(
      folderPath,
      seenNow.map(({ name }) => name),
    );
    const bySize = Map.groupBy(ofSizes, ({ size }) => size);
    const bySpelling = Map.groupBy(named, ({ name }) => name.normalize('NFC'));
    return ({ name, size, ino }) =>
      (bySize.get(size) ?? []).some((one) => one.name !== name && isMarked(one.mark, ino)) ||
      (bySpelling.get(name.normalize('NFC')) ?? []).some((holder) => holder.name !== name && holder.size === size);
  };

  const seeForeign = async (folder: HotFolderRow, names: ReadonlySet<string>): Promise<void> => {
    const { folderPath } = folder.place;
    const unsettled = foreign.unsettled(names);
    foreignUnsettled = unsettled.length > 0;
    if (unsettled.length === 0) return;
    const seenNow = (await disk.entries(folderPath, unsettled)).filter(({ kind }) => kind === 'file');
    let isOurs: ((entry: Entry) => boolean) | null = null;
    for (const entry of seenNow) {
      await foreign.see(entry, async ({ name, size, mtimeMs, ino }) => {
        isOurs ??= await readOurs(folderPath, seenNow);
        if (isOurs(entry)) return 'ours';
        const paths = outcomePathsOf(folderPath, folder.outcome);
        const before = folder.outcome.kind === 'none' ? null : await outcomeFolders.idsResembling(paths, entry);
        return (await onForeign(folder, { name, size, mtimeMs, ino, path: join(folderPath, name) }, before)) ? 'recorded' : 'unknown';
      });
    }
  };

  /** What goes from one state to the next while they are read is found twice, and is one. */
  const readIn = async (placeId: number, states: readonly DeliveryState[]): Promise<ReadonlyMap<number, DeliveryRow>> => {
    const found = new Map<number, DeliveryRow>();
    for (const state of states)
      for (let last: DeliveryRow | null | undefined = null; last !== undefined; ) {
        const some: readonly DeliveryRow[] = await store.read.deliveriesBehind(placeId, state, last, readAtOnce);
        for (const delivery of some) found.set(delivery.id, delivery);
        last = some.length < readAtOnce ? undefined : some.at(-1);
        await breath();
      }
    return found;
  };

  /** The newest of them. */
  const readTaken = async (placeId: number, since: number): Promise<readonly DeliveryRow[]> => {
    const taken: DeliveryRow[] = [];
    for (let isOver = false; !isOver && taken.length < mostTaken; ) {
      const some = await store.read.deliveriesTakenSince(placeId, since, taken.at(-1) ?? null, readAtOnce);
      taken.push(...some);
      isOver = some.length < readAtOnce;
      await breath();
    }
    return taken;
  };

  /** Read before the folder: a file delivered in between is then simply not looked at yet. */
  const readOpen = async (folder: HotFolderRow): Promise<DeliveryRow[]> => {
    const { id } = folder.place;
    const lying = [...(await readIn(id, ['delivered', 'lying'])).values()];
    if (folder.outcome.kind === 'none' && lying.every(({ outcome }) => outcome === null)) return lying;
    const uncertain = await store.read.deliveriesIn(id, ['uncertain']);
    const taken = await readTaken(id, clock.now() - takenFollowedMs);
    return [...lying, ...[...uncertain, ...taken].filter(({ outcome }) => outcome !== null)];
  };

  const lookAtOutcomes = async (folderPath: string): Promise<ReturnType<typeof matchOutcomes>> => {
    const kinds = new Map(open.map(({ outcome }) => [JSON.stringify(outcome), outcome]));
    const paths = mergePaths([...kinds.values()].map((outcome) => outcomePathsOf(folderPath, outcome)));
    const look: OutcomeLook = await outcomeFolders.look(paths);
    await outcomeFolders.hash(filesToHash(open, look));
    return matchOutcomes(open, look, outcomeFolders.hashOf);
  };

  const namesIn = async (folderPath: string): Promise<ReadonlySet<string>> =>
    new Set((await disk.names(folderPath)).filter(({ kind }) => kind === 'file' || kind === 'unseen').map(({ name }) => name));

  /** Nobody waits for a share. */
  const inTurn = ({ place }: HotFolderRow, work: () => Promise<void>): Promise<void> =>
    place.location === 'local' ? turns.run(work) : work();

  /** Absences are counted over looks at one folder, one after the other. */
  const peekLive = async (live: Live, saw: (folderId: string) => Promise<void>): Promise<string> => {
    try {
      const { mtimeMs, folderId } = await disk.peekLive(live);
      await saw(folderId);
      return `${mtimeMs} ${folderId}`;
    } catch (error) {
      absences.clear();
      throw error;
    }
  };

  return {
    look: async (folder, live, saw) => {
      const { folderPath } = folder.place;
      const stamp = await peekLive(live, saw);
      const at = clock.monotonic();
      const stampSince = stamp === seen.stamp ? seen.stampSince : at;
      const nothingNew = stamp === seen.stamp && seen.at - stampSince >= restlessMs && at - seen.at < fullLookEveryMs;
      if (nothingNew && !busy()) {
        // What is written into a file changes no folder.
        await seeContent(folder);
        return seen.count;
      }
      open = await readOpen(folder);
      const openIds = new Set(open.map(({ id }) => id));
      for (const known of [lyingSince, goneAt]) for (const id of known.keys()) if (!openIds.has(id)) known.delete(id);
      let names: ReadonlySet<string> = new Set();
      await inTurn(folder, async () => {
        names = await namesIn(folderPath);
      });
      await breath();
      copies = [...names].flatMap((name) => deliveryIdOf(name) ?? []);
      const outcomes = await lookAtOutcomes(folderPath);
      await breath();
      lying = await lyingOf(disk, folderPath, names, open);
      await concludeAll(folder, outcomes);
      await seeContent(folder);
      await breath();
      const visible = new Set([...names].filter((name) => !isHidden(name)));
      await inTurn(folder, async () => await seeForeign(folder, await notOurs(folderPath, visible)));
      seen = { stamp, stampSince, at, count: visible.size };
      return seen.count;
    },
    missing: async (folder) => {
      const { folderPath } = folder.place;
      open = await readOpen(folder);
      const names = await namesIn(folderPath);
      const outcomes = await lookAtOutcomes(folderPath);
      lying = await lyingOf(disk, folderPath, names, open);
      return open.filter(({ id, state }) => (state === 'delivered' || state === 'lying') && !lying.has(id) && !outcomes.has(id));
    },
    busy,
    open: () => open.length,
    unknownFiles: foreign.unknown,
    copies: () => copies,
    idsBefore: async (folder, delivery) =>
      delivery.outcome === null
        ? null
        : await outcomeFolders.idsResembling(outcomePathsOf(folder.place.folderPath, delivery.outcome), delivery),
  };
}
