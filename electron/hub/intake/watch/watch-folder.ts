/**
 * Watches one incoming folder, and its sub-folders one level down, and hands over each file once it is complete.
 *
 * Promises: every file that lies still is found, with or without hints, also those already there at the start; a file is handed over again
 * only when its content changed or the hand-over failed. Never moves or changes anything itself.
 */
import { join } from 'node:path';
import { holdsPlace } from '../../../../shared/safe-name.ts';
import { asDiskFault, type DiskFault } from '../../disk/fault.ts';
import type { Entry, Inspection } from '../../disk/look.ts';
import type { Disk } from '../../disk/operations.ts';
import { type Stamp, sameStamp, stampOf } from '../../disk/stamp.ts';
import type { WatchState } from '../../parts.ts';
import type { Hints, Ports } from '../../ports/ports.ts';
import { makeLanes, makeWake } from '../../wake.ts';
import type { Readiness } from './settle.ts';
import { hearPlace, leftPlace, type PlaceState, type Said, seePlace, wasHanded } from './step.ts';

/** What a file's content was found to be: whatever the caller's judge says of it. Small, since ten thousand may wait. */
export type Content<Verdict> = { readonly sha256: string | null; readonly verdict: Verdict };

/** What lies still. `content` is null for what is no plain file, and for a file nobody lets us read: `fault` then says why. */
export type Settled<Verdict> = {
  readonly folderPath: string;
  readonly path: string;
  readonly name: string;
  readonly stamp: Stamp;
  readonly content: Content<Verdict> | null;
  readonly fault: DiskFault | null;
  /** Something was handed over from this very place before, and is known to lie there still. */
  readonly again: boolean;
  /** A folder further down than is watched, with something in it. */
  readonly tooDeep: boolean;
};

/** What was dealt with before this watch began, and still lies in the folder. `waits`: it is to be handed over once it can be read. */
export type LeftThere = { readonly path: string; readonly stamp: Stamp; readonly waits: boolean };

export type WatchOptions<Verdict> = {
  readonly ports: Pick<Ports, 'clock' | 'timers' | 'startHints'>;
  readonly path: string;
  readonly location: 'local' | 'network';
  readonly disk: Disk;
  readonly times: () => { readonly settleMs: number; readonly incompleteAfterMs: number };
  /** Names that are never arrivals: hidden, temporary, partial. */
  readonly isHidden: (name: string) => boolean;
  /** Its word on a file; `read` has more bytes of the same content. */
  readonly judge: (
    name: string,
    inspection: Inspection,
    read: (at: number, length: number) => Promise<Uint8Array>,
  ) => Promise<{ readonly readiness: Readiness; readonly verdict: Verdict }>;
  /** Takes the file over; when it rejects, the file is offered again after a while. */
  readonly accept: (file: Settled<Verdict>) => Promise<void>;
  /** What was dealt with before and still lies there; asked once, before the first look. */
  readonly leftThere: () => Promise<readonly LeftThere[]>;
  /** What could not be read, or lay too deep, is there no more. */
  readonly onGone: (path: string) => void;
  readonly onState: (state: WatchState) => void;
};

export type FolderWatch = { stop(): Promise<void> };

/** Files are hashed at once up to this size; larger ones after they were accepted. Bytes. */
const hashUpTo = 1024 * 1024;
const acceptAtOnce = 48;
/** With so many still to be taken over there is no hurry to find more. */
const backlog = 500;
/** The look that is the truth. Local folders also look when the folder's own time changed. */
const lookEveryMs = { local: 2000, network: 3000 } as const;
const fullLookEveryMs = 30_000;
const retryAcceptMs = 5000;
const shortestPauseMs = 500;
const longestPauseMs = 30_000;
/** A folder with ten thousand files is not read again at each hint. */
const restFactor = 3;
const shortestRestMs = 4;
const longestRestMs = 1000;

export function watchFolder<Verdict>(options: WatchOptions<Verdict>): FolderWatch {
  const { path, disk, location } = options;
  const { clock, timers } = options.ports;
  const wake = makeWake(timers);
  const lanes = makeLanes(acceptAtOnce);
  const places = new Map<string, PlaceState>();
  /** Places that were told of and are to be told of when they are empty again. */
  const watchedFor = new Set<string>();
  /** Calls off each offer that waits to be made again. */
  const retries = new Set<() => void>();
  const hints = new Map<string, Hints>();
  let hinted = true;
  /** What the last look cost, not counting the files it handed over. */
  let readingTookMs = 0;
  let stopped = false;
  let pollOnlyBecause: string | null = null;
  let lastFullLook = Number.NEGATIVE_INFINITY;
  let lastFolderStamp = '';
  let told = '';

  const tell = (state: WatchState['state'], reason: string | null): void => {
    const key = `${state} ${reason}`;
    if (key === told) return;
    told = key;
    options.onState({ path, state, reason });
  };

  const hint = (): void => {
    hinted = true;
    wake.wake();
  };
  const listen = (folderPath: string): void => {
    if (location === 'network' || hints.has(folderPath)) return;
    hints.set(
      folderPath,
      options.ports.startHints(folderPath, hint, (message) => {
        pollOnlyBecause = message;
      }),
    );
  };
  const unlisten = async (folderPath: string): Promise<void> => {
    const known = hints.get(folderPath);
    hints.delete(folderPath);
    await known?.stop();
  };

  const accept = (file: Settled<Verdict>): void => {
    if (file.fault !== null || file.tooDeep) watchedFor.add(file.path);
    else watchedFor.delete(file.path);
    void lanes.run(async () => {
      try {
        if (!stopped) await options.accept(file);
      } catch {
        // Told by whoever failed; here it only means: offer it again.
        const callOff = timers.after(retryAcceptMs, () => {
          retries.delete(callOff);
          places.delete(file.path);
          hint();
        });
        retries.add(callOff);
      }
    });
  };

  type Heard = { readonly said: Said; readonly content: Content<Verdict> | null; readonly fault: DiskFault | null };

  /** Asks the content of a file that lies still. */
  const askFile = async (filePath: string, name: string, stamp: Stamp): Promise<Heard> => {
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
  const askDeepFolder = async (folderPath: string): Promise<Heard> => {
    const inside = await disk.names(folderPath).catch(() => []);
    const empty = inside.every(({ name }) => options.isHidden(name));
    return { said: empty ? { kind: 'empty' } : { kind: 'judged', readiness: 'now' }, content: null, fault: null };
  };

  const consider = async (folderPath: string, entry: Entry, now: number): Promise<void> => {
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
    const again = before !== undefined && wasHanded(before);
    const file = { folderPath, path: filePath, name, stamp: stampOf(entry), again, tooDeep };
    if (seen.doing === 'handOver') {
      accept({ ...file, content: null, fault: null });
      return;
    }
    const { said, content, fault } = tooDeep ? await askDeepFolder(filePath) : await askFile(filePath, name, file.stamp);
    const heard = hearPlace(seen.place, said, now, options.times());
    places.set(filePath, heard.place);
    if (heard.doing === 'handOver') accept({ ...file, content, fault });
  };

  /** Answers the folders in it. In a sub-folder they are too deep to be looked into, and are told of. */
  const lookInto = async (folderPath: string, seen: Set<string>): Promise<string[]> => {
    const from = clock.monotonic();
    const found = await disk.entries(folderPath);
    const now = clock.monotonic();
    readingTookMs += now - from;
    const waits: Promise<void>[] = [];
    const folders: string[] = [];
    const names = found.map((entry) => entry.name);
    for (const entry of found) {
      if (options.isHidden(entry.name) || (entry.size === 0 && holdsPlace(entry.name, names))) continue;
      if (entry.kind === 'folder' && folderPath === path) {
        folders.push(join(folderPath, entry.name));
        continue;
      }
      seen.add(join(folderPath, entry.name));
      waits.push(consider(folderPath, entry, now));
      if (waits.length >= 64) await Promise.all(waits.splice(0));
    }
    await Promise.all(waits);
    return folders;
  };

  const forgetGone = (seen: ReadonlySet<string>): void => {
    for (const known of places.keys()) if (!seen.has(known)) places.delete(known);
    for (const known of watchedFor) {
      if (seen.has(known)) continue;
      watchedFor.delete(known);
      options.onGone(known);
    }
  };

  const fullLook = async (): Promise<void> => {
    const seen = new Set<string>();
    const folders = await lookInto(path, seen);
    for (const folder of folders) {
      try {
        await lookInto(folder, seen);
        listen(folder);
      } catch {
        // Gone or locked meanwhile: the next look tells.
      }
    }
    for (const known of [...hints.keys()]) if (known !== path && !folders.includes(known)) await unlisten(known);
    forgetGone(seen);
  };

  const count = (kind: PlaceState['kind']): number => {
    let found = 0;
    for (const place of places.values()) if (place.kind === kind) found++;
    return found;
  };
  const isWaiting = (): boolean => count('settling') > 0 || count('barred') > 0;

  /** Looks when there is a reason to. Answers whether anything waits to settle. */
  const look = async (): Promise<void> => {
    const folder = await disk.peek(path);
    const stamp = `${folder.dev} ${folder.ino}`;
    if (stamp !== lastFolderStamp) {
      // Another folder under the same path: a handle on the old one hears nothing of this.
      await Promise.all([...hints.keys()].map(unlisten));
      lastFolderStamp = stamp;
      hinted = true;
    }
    listen(path);
    const due = clock.monotonic() - lastFullLook > fullLookEveryMs;
    if (!(hinted || due || location === 'network' || isWaiting() || pollOnlyBecause !== null || folder.mtimeMs > clock.now() - 10_000))
      return;
    hinted = false;
    lastFullLook = clock.monotonic();
    await fullLook();
  };

  /** Looks, and tells what state the folder is in; false when it cannot be looked at. */
  const lookAndTell = async (): Promise<boolean> => {
    try {
      await look();
    } catch (error) {
      const fault = asDiskFault(error);
      tell('missing', `${fault.code}: ${fault.message}`);
      lastFolderStamp = '';
      return false;
    }
    tell(location === 'network' || pollOnlyBecause !== null ? 'polling' : 'watching', pollOnlyBecause);
    return true;
  };

  const run = async (): Promise<void> => {
    let pauseMs = shortestPauseMs;
    for (const { path: left, stamp, waits } of await options.leftThere()) {
      places.set(left, leftPlace(stamp, waits, clock.monotonic()));
      if (waits) watchedFor.add(left);
    }
    while (!stopped) {
      readingTookMs = 0;
      if (!(await lookAndTell())) {
        await wake.wait(pauseMs);
        pauseMs = Math.min(pauseMs * 2, longestPauseMs);
        continue;
      }
      pauseMs = shortestPauseMs;
      // A rest first, so that the hints of a burst are answered together; then until the next hint or look.
      const rest =
        count('handed') > backlog ? longestRestMs : Math.min(longestRestMs, Math.max(shortestRestMs, readingTookMs * restFactor));
      await timers.pause(rest);
      if (count('settling') > 0) await wake.wait(options.times().settleMs / 3 - rest);
      else if (!hinted) await wake.wait(lookEveryMs[location]);
    }
  };

  const running = run();
  return {
    stop: async () => {
      stopped = true;
      wake.wake();
      await running;
      await Promise.all([...hints.keys()].map(unlisten));
      await lanes.idle();
      for (const callOff of retries) callOff();
    },
  };
}
