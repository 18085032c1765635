/**
 * Looks through an incoming folder and its sub-folders one level down, and says what is complete. Owns what is known of each place. Promises: a
 * ticket goes before the files that came with it or after it, as long as it may still be read; a folder too deep is told of once.
 */
import { dirname, join } from 'node:path';
import { holdsPlace } from '../../../../shared/safe-name.ts';
import { asDiskFault, type DiskFault } from '../../disk/fault.ts';
import type { Entry } from '../../disk/look.ts';
import { type Stamp, sameStamp, stampOf } from '../../disk/stamp.ts';
import { type Counts, countPlaces } from './folder-step.ts';
import { hearPlace, leftPlace, type PlaceState, type Said, seePlace, waitsForTicket, wasHanded } from './step.ts';
import type { Content, Settled, WatchOptions } from './watch-options.ts';

/** Files are hashed at once up to this size; larger ones after they were accepted. Bytes. */
const hashUpTo = 1024 * 1024;
/** Files asked at once. */
const askedAtOnce = 64;

type Heard<Verdict> = { readonly said: Said; readonly content: Content<Verdict> | null; readonly fault: DiskFault | null };

function parted<Item>(items: readonly Item[], isFirst: (item: Item) => boolean): readonly [Item[], Item[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}

export type Looker = {
  /** Looks through all. Answers the sub-folders, those of them that could not be read, and what reading cost, ms. @throws DiskFault */
  look(): Promise<{ readonly folders: readonly string[]; readonly closed: ReadonlySet<string>; readonly tookMs: number }>;
  /** What was dealt with before. */
  remember(path: string, stamp: Stamp, waits: boolean): void;
  /** To be offered anew. */
  forget(path: string): void;
  counts(): Counts;
};

type Looking<Verdict> = Pick<WatchOptions<Verdict>, 'ports' | 'path' | 'disk' | 'times' | 'isHidden' | 'goesFirst' | 'judge' | 'onGone'> & {
  readonly accept: (file: Settled<Verdict>) => void;
  /** Handed over and not taken yet. */
  readonly isBeingTaken: (path: string) => boolean;
};

export function makeLooker<Verdict>(options: Looking<Verdict>): Looker {
  const { path, disk, accept } = options;
  const { clock } = options.ports;
  const places = new Map<string, PlaceState>();
  const ticketsCame = new Map<string, number>();
  /** Places that were told of and are to be told of when they are empty again. */
  const watchedFor = new Set<string>();

  const handOver = (file: Settled<Verdict>): void => {
    if (file.fault !== null || file.tooDeep) watchedFor.add(file.path);
    else watchedFor.delete(file.path);
    accept(file);
  };

  /** Asks the content of a file that lies still. */
  const askFile = async (filePath: string, name: string, stamp: Stamp): Promise<Heard<Verdict>> => {
    try {
      const inspection = await disk.inspect(filePath, hashUpTo);
      if (!sameStamp(inspection, stamp)) return { said: { kind: 'changed' }, content: null, fault: null };
      const judged = await options.judge(name, inspection, (at, length) => disk.readPart(filePath, stamp, at, length));
      const { readiness, verdict } = judged;
      return { said: { kind: 'judged', readiness }, content: { sha256: inspection.sha256, verdict }, fault: null };
    } catch (error) {
      return { said: { kind: 'unreadable' }, content: null, fault: asDiskFault(error) };
    }
  };

  /** Nobody looks into a folder that deep; what is in it would never be mentioned. */
  const askDeepFolder = async (folderPath: string): Promise<Heard<Verdict>> => {
    const inside = await disk.names(folderPath).catch(() => []);
    const empty = inside.every(({ name }) => options.isHidden(name));
    return { said: empty ? { kind: 'empty' } : { kind: 'judged', readiness: 'now' }, content: null, fault: null };
  };

  /** `ticketsComing`: when tickets of the same folder came that are still on their way. */
  const consider = async (folderPath: string, entry: Entry, ticketsComing: readonly number[], now: number): Promise<void> => {
    // On its way out, or not for us to see: the next look tells.
    if (entry.kind === 'unseen') return;
    const { name } = entry;
    const filePath = join(folderPath, name);
    const tooDeep = entry.kind === 'folder';
    const before = places.get(filePath);
    // A folder is told of once, whatever comes into it.
    if (tooDeep && watchedFor.has(filePath)) {
      places.delete(filePath);
      return;
    }
    const seen = seePlace(before, stampOf(entry), entry.kind !== 'other', now, options.times());
    places.set(filePath, seen.place);
    if (seen.doing === 'nothing' || waitsForTicket(seen.place, ticketsComing, now, options.times())) return;
    const again = before !== undefined && wasHanded(before);
    const file = { folderPath, path: filePath, name, stamp: stampOf(entry), again, tooDeep };
    if (seen.doing === 'handOver') {
      handOver({ ...file, content: null, fault: null });
      return;
    }
    const { said, content, fault } = tooDeep ? await askDeepFolder(filePath) : await askFile(filePath, name, file.stamp);
    const heard = hearPlace(seen.place, said, now, options.times());
    places.set(filePath, heard.place);
    if (heard.doing === 'handOver') handOver({ ...file, content, fault });
  };

  /** When tickets came that nobody has taken yet. */
  const stillComing = (folderPath: string, tickets: readonly Entry[], now: number): number[] =>
    tickets.flatMap(({ name }) => {
      const ticketPath = join(folderPath, name);
      const isComing = places.get(ticketPath)?.kind === 'settling' || options.isBeingTaken(ticketPath);
      if (!isComing) {
        ticketsCame.delete(ticketPath);
        return [];
      }
      const came = ticketsCame.get(ticketPath) ?? now;
      ticketsCame.set(ticketPath, came);
      return [came];
    });

  /** Answers the folders in it. In a sub-folder they are too deep to be looked into, and are told of. */
  const lookInto = async (folderPath: string, seen: Set<string>): Promise<{ folders: string[]; tookMs: number }> => {
    const from = clock.monotonic();
    const found = await disk.entries(folderPath);
    const now = clock.monotonic();
    const names = found.map((entry) => entry.name);
    const shown = found.filter((entry) => !(options.isHidden(entry.name) || (entry.size === 0 && holdsPlace(entry.name, names))));
    const [folders, rest] = folderPath === path ? parted(shown, ({ kind }) => kind === 'folder') : [[], shown];
    for (const entry of rest) seen.add(join(folderPath, entry.name));
    const [tickets, others] = parted(rest, isTicket);
    await considerAll(folderPath, tickets, [], now);
    await considerAll(folderPath, others, stillComing(folderPath, tickets, now), now);
    return { folders: folders.map((entry) => join(folderPath, entry.name)), tookMs: now - from };
  };

  const isTicket = ({ kind, name }: Entry): boolean => kind === 'file' && options.goesFirst(name);
  const considerAll = async (
    folderPath: string,
    entries: readonly Entry[],
    ticketsComing: readonly number[],
    now: number,
  ): Promise<void> => {
    for (let at = 0; at < entries.length; at += askedAtOnce)
      await Promise.all(entries.slice(at, at + askedAtOnce).map((entry) => consider(folderPath, entry, ticketsComing, now)));
  };

  const forgetGone = (seen: ReadonlySet<string>): void => {
    for (const known of places.keys()) if (!seen.has(known)) places.delete(known);
    for (const known of ticketsCame.keys()) if (!seen.has(known)) ticketsCame.delete(known);
    for (const known of watchedFor) {
      if (seen.has(known)) continue;
      watchedFor.delete(known);
      options.onGone(known);
    }
  };

  return {
    look: async () => {
      const seen = new Set<string>();
      const { folders, tookMs } = await lookInto(path, seen);
      let sum = tookMs;
      const closed = new Set<string>();
      for (const folder of folders) {
        try {
          sum += (await lookInto(folder, seen)).tookMs;
        } catch {
          // Gone or locked meanwhile: the next look tells. Until then what is known to lie there lies there.
          closed.add(folder);
        }
      }
      for (const known of [...places.keys(), ...watchedFor]) if (closed.has(dirname(known))) seen.add(known);
      forgetGone(seen);
      return { folders, closed, tookMs: sum };
    },
    remember: (left, stamp, waits) => {
      places.set(left, leftPlace(stamp, waits, clock.monotonic()));
      if (waits) watchedFor.add(left);
    },
    forget: (known) => void places.delete(known),
    counts: () => countPlaces(places.values()),
  };
}
