/**
 * Looks through an incoming folder and its sub-folders one level down, and says what is complete. Owns what is known of each place. Promises: tickets go
 * before the files that no ticket on record waits for, and in a sub-folder before all files beside them, as long as they may still be read; a folder too
 * deep is told of once.
 */
import { dirname, join } from 'node:path';
import { placesHeldFor } from '../../../../shared/safe-name.ts';
import { makeBreath } from '../../breath.ts';
import { asDiskFault, type DiskFault } from '../../disk/fault.ts';
import type { Entry } from '../../disk/look.ts';
import { type Stamp, sameStamp, stampOf } from '../../disk/stamp.ts';
import { makeAtRest } from './at-rest.ts';
import { type Counts, countPlaces } from './folder-step.ts';
import { hearPlace, leftPlace, mayStillBeNamed, type PlaceState, type Said, seePlace, waitsForTicket, wasHanded } from './step.ts';
import type { Content, Settled, WatchOptions } from './watch-options.ts';

/** Files are hashed at once up to this size; larger ones after they were accepted. Bytes. */
const hashUpTo = 1024 * 1024;
/** Files asked at once. */
const askedAtOnce = 64;

type Heard<Verdict> = { readonly said: Said; readonly content: Content<Verdict> | null; readonly fault: DiskFault | null };

export type Looker = {
  /** Looks through all. Answers the sub-folders, those of them that could not be read, and what reading cost, ms. @throws DiskFault */
  look(): Promise<{ readonly folders: ReadonlySet<string>; readonly closed: ReadonlySet<string>; readonly tookMs: number }>;
  /** What was dealt with before. */
  remember(path: string, stamp: Stamp, waits: boolean): void;
  /** To be offered anew. */
  forget(path: string): void;
  counts(): Counts;
};

/** What lies in one folder, as far as it is to be considered. `now`: when it was read, on the monotonic clock. */
type Lying = { readonly folderPath: string; readonly tickets: readonly Entry[]; readonly files: readonly Entry[]; readonly now: number };

/** `isBare`: nothing lies in it but what is never an arrival. */
type Read = Lying & { readonly folders: readonly Entry[]; readonly isBare: boolean; readonly tookMs: number };

/** When tickets came that are not taken yet: those of a file's own sub-folder, and all below the incoming folder. */
type Coming = { readonly here: readonly number[]; readonly anywhere: readonly number[] };

const noneComes: Coming = { here: [], anywhere: [] };

type Looking<Verdict> = Pick<
  WatchOptions<Verdict>,
  'ports' | 'path' | 'location' | 'disk' | 'times' | 'isHidden' | 'goesFirst' | 'isNumbered' | 'isExpected' | 'judge' | 'onGone'
> & {
  readonly accept: (file: Settled<Verdict>) => void;
  /** How many tickets were taken so far. */
  readonly ticketsTaken: () => number;
  /** Handed over and not taken yet. */
  readonly isBeingTaken: (path: string) => boolean;
};

export function makeLooker<Verdict>(options: Looking<Verdict>): Looker {
  const { path, disk, accept } = options;
  const { clock } = options.ports;
  /** A folder may hold a hundred thousand files. */
  const breath = makeBreath(options.ports);
  const places = new Map<string, PlaceState>();
  /** Places that were told of and are to be told of when they are empty again. */
  const watchedFor = new Set<string>();
  const ticketsCame = new Map<string, number>();
  /** Files that wait for a ticket, and how many tickets had been taken when none of them spoke of it. */
  const unexpected = new Map<string, number>();
  const atRest = makeAtRest();

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
      const fault = asDiskFault(error);
      return { said: { kind: fault.code === 'TooLarge' ? 'tooLarge' : 'unreadable' }, content: null, fault };
    }
  };

  /** Nobody looks into a folder that deep; what is in it would never be mentioned. */
  const askDeepFolder = async (folderPath: string): Promise<Heard<Verdict>> => {
    const inside = await disk.names(folderPath).catch(() => []);
    const empty = inside.every(({ name }) => options.isHidden(name));
    return { said: empty ? { kind: 'empty' } : { kind: 'judged', readiness: 'now' }, content: null, fault: null };
  };

  /** Is a ticket on record waiting for it? Asked anew only when another ticket was taken since. */
  const isExpected = async (folderPath: string, name: string): Promise<boolean> => {
    const filePath = join(folderPath, name);
    const taken = options.ticketsTaken();
    if (unexpected.get(filePath) === taken) return false;
    const expected = await options.isExpected({ name, folderPath }).catch(() => false);
    if (!expected) unexpected.set(filePath, taken);
    return expected;
  };

  /** A ticket may come first that says what the file is for. */
  const waitsOn = async (folderPath: string, name: string, place: PlaceState, coming: Coming, now: number): Promise<boolean> => {
    if (options.goesFirst(name)) return false;
    if (waitsForTicket(place, coming.here, now, options.times())) return true;
    const mayWait = waitsForTicket(place, coming.anywhere, now, options.times());
    const isYoung = mayStillBeNamed(place, now, options.times()) && !options.isNumbered(name);
    return (mayWait || isYoung) && !(await isExpected(folderPath, name));
  };

  const consider = async (folderPath: string, entry: Entry, coming: Coming, now: number): Promise<void> => {
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
    if (seen.doing === 'nothing') return;
    if (!tooDeep && (await waitsOn(folderPath, name, seen.place, coming, now))) return;
    unexpected.delete(filePath);
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
  const stillComing = ({ folderPath, tickets, now }: Lying): number[] =>
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

  const shownOf = async (found: readonly Entry[]): Promise<Entry[]> => {
    const held = new Set<string>();
    const inTurn = async (take: (entry: Entry) => void): Promise<void> => {
      for (const [at, entry] of found.entries()) {
        if (at % askedAtOnce === 0) await breath();
        take(entry);
      }
    };
    await inTurn(({ name }) => {
      for (const place of placesHeldFor(name)) held.add(place);
    });
    const shown: Entry[] = [];
    await inTurn((entry) => {
      const isHeld = entry.size === 0 && held.has(entry.name.toLowerCase());
      if (!(isHeld || options.isHidden(entry.name))) shown.push(entry);
    });
    return shown;
  };

  /** In a sub-folder the folders in it are too deep to be looked into, and are told of. @throws DiskFault */
  const readFolder = async (folderPath: string): Promise<Read> => {
    const from = clock.monotonic();
    const found = await disk.entries(folderPath);
    const now = clock.monotonic();
    const shown = await shownOf(found);
    const [folders, rest] = folderPath === path ? parted(shown) : [[], shown];
    return {
      folderPath,
      tickets: rest.filter(isTicket),
      files: rest.filter((entry) => !isTicket(entry)),
      now,
      folders,
      isBare: found.every(({ name }) => options.isHidden(name)),
      tookMs: now - from,
    };
  };

  /** All tickets before any file: one that lies in another folder may speak of it too. */
  const considerAll = async (folders: readonly Lying[]): Promise<void> => {
    for (const { folderPath, tickets, now } of folders) await considerSome(folderPath, tickets, noneComes, now);
    const coming: (readonly number[])[] = [];
    for (const folder of folders) {
      await breath();
      coming.push(stillComing(folder));
    }
    const anywhere = coming.flat();
    for (const [at, { folderPath, files, now }] of folders.entries())
      await considerSome(folderPath, files, { here: folderPath === path ? [] : (coming[at] ?? []), anywhere }, now);
  };

  const isTicket = ({ kind, name }: Entry): boolean => kind === 'file' && options.goesFirst(name);
  const parted = (entries: readonly Entry[]): [Entry[], Entry[]] => [
    entries.filter(({ kind }) => kind === 'folder'),
    entries.filter(({ kind }) => kind !== 'folder'),
  ];

  const considerSome = async (folderPath: string, entries: readonly Entry[], coming: Coming, now: number): Promise<void> => {
    await breath();
    for (let at = 0; at < entries.length; at += askedAtOnce) {
      await Promise.all(entries.slice(at, at + askedAtOnce).map((entry) => consider(folderPath, entry, coming, now)));
      await breath();
    }
  };

  const pathsOf = async (folders: readonly Lying[]): Promise<Set<string>> => {
    const paths = new Set<string>();
    for (const { folderPath, tickets, files } of folders)
      for (const [at, { name }] of [...tickets, ...files].entries()) {
        if (at % askedAtOnce === 0) await breath();
        paths.add(join(folderPath, name));
      }
    return paths;
  };

  const forgetGone = (seen: ReadonlySet<string>): void => {
    for (const known of places.keys()) if (!seen.has(known)) places.delete(known);
    for (const known of ticketsCame.keys()) if (!seen.has(known)) ticketsCame.delete(known);
    for (const known of unexpected.keys()) if (!seen.has(known)) unexpected.delete(known);
    for (const known of watchedFor) {
      if (seen.has(known)) continue;
      watchedFor.delete(known);
      options.onGone(known);
    }
  };

  return {
    look: async () => {
      const top = await readFolder(path);
      const lying: Lying[] = [top];
      let { tookMs } = top;
      const folders = new Set<string>();
      const closed = new Set<string>();
      for (const entry of top.folders) {
        const folder = join(path, entry.name);
        folders.add(folder);
        await breath();
        const times = { now: clock.now(), ms: clock.monotonic() };
        // A share may tell no times.
        if (options.location === 'local' && atRest.isAtRest(folder, entry, times)) continue;
        try {
          const below = await readFolder(folder);
          atRest.noteRead(folder, entry, below.isBare, times);
          lying.push(below);
          tookMs += below.tookMs;
        } catch {
          // Gone or locked meanwhile: the next look tells. Until then what is known to lie there lies there.
          closed.add(folder);
        }
      }
      atRest.keepOnly(folders);
      await considerAll(lying);
      const seen = await pathsOf(lying);
      for (const known of [...places.keys(), ...watchedFor]) if (closed.has(dirname(known))) seen.add(known);
      forgetGone(seen);
      return { folders, closed, tookMs };
    },
    remember: (left, stamp, waits) => {
      places.set(left, leftPlace(stamp, waits, clock.monotonic()));
      if (waits) watchedFor.add(left);
    },
    forget: (known) => void places.delete(known),
    counts: () => countPlaces(places.values()),
  };
}
