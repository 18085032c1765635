/**
 * Follows what becomes of delivered files in one hot folder, and notices files that others put there. Only ever looks at a folder that has just been seen
 * alive: a vanished share took nothing.
 */
import { basename, extname, join } from 'node:path';
import { errnoOf } from '../disk/fault.ts';
import type { Entry } from '../disk/look.ts';
import type { Disk } from '../disk/operations.ts';
import { type Stamp, sameStamp } from '../disk/stamp.ts';
import type { Ports } from '../ports/ports.ts';
import type { DeliveryRow, HotFolderRow, Store } from '../store/store.ts';
import { type Absence, concludeOutcome, type Found, type OutcomeLook, outcomePathsOf } from './outcomes.ts';
import { liveOf } from './places.ts';
import { recordLying, recordPrinted, recordRefused, recordTaken } from './record.ts';

/** A file in the hot folder that we did not put there, lying still. */
export type ForeignFile = {
  readonly name: string;
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
  readonly ino: string;
};

export type FollowOptions = {
  readonly ports: Pick<Ports, 'clock' | 'timers'>;
  readonly store: Store;
  readonly disk: Disk;
  readonly now: () => number;
  readonly isHidden: (name: string) => boolean;
  /** Records a foreign file whose name names a job; false when it names none. */
  readonly onForeign: (folder: HotFolderRow, file: ForeignFile) => Promise<boolean>;
};

export type Follower = {
  /** Looks once. Answers how many files lie there. @throws DiskFault when the folder is not alive */
  look(folder: HotFolderRow): Promise<number>;
  /** Some delivery is still on its way: look often. */
  busy(): boolean;
  unknownFiles(): readonly string[];
};

/** A file that is not ours: seen so often with the same stamp, or settled as one we recorded or know nothing of. */
type ForeignSight = (Stamp & { readonly looks: number }) | 'recorded' | 'unknown';

const foreignLooks = 3;
/** An empty file may be one that is just being written; one that stays empty is not waited for any longer. */
const emptyLooks = 30;
/** Names told to screens; the folder itself shows the rest. */
const toldNames = 100;
/** A folder whose own time stands still has nothing new, except where its clock is coarse or lies: so now and then all the same. */
const fullLookEveryMs = 120_000;
const restlessMs = 5000;
/** What a printer writes beside a refused file. */
const wordsExtensions = ['.txt', '.log', '.err', '.reason.txt'];
const wordsLimit = 4096;
const longestWords = 1000;
/** A printer writes its reason just after it has moved the file. */
const wordsAfterMs = 150;

/** What a printer writes is shown to people: one line, no control characters. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
}

export function makeFollower({ ports, store, disk, now, isHidden, onForeign }: FollowOptions): Follower {
  const { clock, timers } = ports;
  const absences = new Map<number, Absence>();
  const foreign = new Map<string, ForeignSight>();
  let lastStamp = '';
  let lastFullLookMs = Number.NEGATIVE_INFINITY;
  let lastCount = 0;
  let anyDelivered = false;
  let foreignUnsettled = false;

  const busy = (): boolean => anyDelivered || foreignUnsettled || absences.size > 0;

  const foundIn = async (paths: readonly string[]): Promise<Found[]> => {
    const all: Found[] = [];
    for (const path of paths) {
      try {
        for (const entry of await disk.entries(path))
          if (entry.kind === 'file') all.push({ folderPath: path, name: entry.name, ino: entry.ino, mtimeMs: entry.mtimeMs });
      } catch (error) {
        // The printer makes these folders when it first needs them.
        if (errnoOf(error) !== 'ENOENT') throw error;
      }
    }
    return all;
  };

  const wordsBeside = async (found: Found): Promise<string | null> => {
    await timers.pause(wordsAfterMs);
    const stem = basename(found.name, extname(found.name));
    for (const name of [found.name, stem].flatMap((base) => wordsExtensions.map((ending) => base + ending))) {
      const bytes = await disk.readSmall(join(found.folderPath, name), wordsLimit).catch(() => null);
      if (bytes !== null) return printable(new TextDecoder().decode(bytes)).slice(0, longestWords);
    }
    return null;
  };

  const conclude = async (folder: HotFolderRow, delivery: DeliveryRow, look: OutcomeLook): Promise<void> => {
    const conclusion = concludeOutcome(delivery, look, absences.get(delivery.id), {
      now: now(),
      monotonicMs: clock.monotonic(),
      takenAfterMs: folder.takenAfterMs,
      lyingAfterMs: folder.lyingAfterMs,
    });
    if (conclusion.kind === 'absent') {
      absences.set(delivery.id, conclusion.absence);
      return;
    }
    absences.delete(delivery.id);
    switch (conclusion.kind) {
      case 'lyingThere':
        if (conclusion.tooLong && delivery.state === 'delivered') await recordLying(store, folder, delivery, now());
        return;
      case 'taken':
        if (delivery.state !== 'taken') await recordTaken(store, folder, delivery, now());
        return;
      case 'printed':
        await recordPrinted(store, folder, delivery, null, now());
        return;
      case 'refused':
        await recordRefused(store, folder, delivery, await wordsBeside(conclusion.found), now());
        return;
      default:
        conclusion satisfies never;
    }
  };

  /** Names in the folder that no delivery of ours explains, not even one that came while we looked. */
  const notOurs = async (
    folder: HotFolderRow,
    lying: ReadonlySet<string>,
    deliveries: readonly DeliveryRow[],
  ): Promise<ReadonlySet<string>> => {
    const names = new Set(lying);
    for (const { name, state } of deliveries) if (state !== 'taken') names.delete(name);
    for (const name of [...names]) {
      if (foreign.has(name)) continue;
      const holders = await store.read.deliveriesNamed(folder.path, name);
      if (
        holders.some(
          (holder) => holder.name === name && (holder.state === 'publishing' || holder.state === 'delivered' || holder.state === 'lying'),
        )
      )
        names.delete(name);
    }
    return names;
  };

  const settleForeign = async (folder: HotFolderRow, entry: Entry): Promise<ForeignSight> => {
    const { name, size, mtimeMs, ino } = entry;
    const before = foreign.get(name);
    const same = typeof before === 'object' && sameStamp(before, entry);
    const looks = same ? before.looks + 1 : 1;
    if (looks < (size === 0 ? emptyLooks : foreignLooks)) return { size, mtimeMs, ino, looks };
    return (await onForeign(folder, { ...entry, path: join(folder.path, name) })) ? 'recorded' : 'unknown';
  };

  const seeForeign = async (folder: HotFolderRow, names: ReadonlySet<string>): Promise<void> => {
    for (const known of foreign.keys()) if (!names.has(known)) foreign.delete(known);
    const open = [...names].filter((name) => typeof foreign.get(name) !== 'string');
    foreignUnsettled = open.length > 0;
    if (open.length === 0) return;
    for (const entry of await disk.entries(folder.path, open)) {
      if (entry.kind === 'file') foreign.set(entry.name, await settleForeign(folder, entry));
    }
  };

  return {
    look: async (folder) => {
      const { mtimeMs, ino, dev } = await disk.peekLive(liveOf(folder.place));
      const stamp = `${mtimeMs} ${ino} ${dev}`;
      const nothingNew = stamp === lastStamp && mtimeMs < now() - restlessMs && clock.monotonic() - lastFullLookMs < fullLookEveryMs;
      if (nothingNew && !busy()) return lastCount;
      lastStamp = stamp;
      lastFullLookMs = clock.monotonic();
      const paths = outcomePathsOf(folder);
      const followsOn = paths.done.length + paths.failed.length > 0;
      // The record is read before the folder: a file delivered in between is then simply not looked at yet.
      const deliveries = await store.read.deliveriesIn(
        folder.place.id,
        followsOn ? ['delivered', 'lying', 'taken'] : ['delivered', 'lying'],
      );
      const lying = new Set(
        (await disk.names(folder.path)).filter((item) => item.kind === 'file' && !isHidden(item.name)).map((item) => item.name),
      );
      const [working, done, failed] =
        deliveries.length === 0 ? [[], [], []] : [await foundIn(paths.working), await foundIn(paths.done), await foundIn(paths.failed)];
      anyDelivered = deliveries.some((delivery) => delivery.state !== 'lying');
      for (const delivery of deliveries) await conclude(folder, delivery, { lying, working, done, failed });
      await seeForeign(folder, await notOurs(folder, lying, deliveries));
      lastCount = lying.size;
      return lastCount;
    },
    busy,
    unknownFiles: () => {
      const names: string[] = [];
      for (const [name, sight] of foreign) if (sight === 'unknown' && names.push(name) >= toldNames) break;
      return names;
    },
  };
}
