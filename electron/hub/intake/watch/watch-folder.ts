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
import { liesStill, type Readiness, type Sight, seeAgain, waitFor } from './settle.ts';

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
  const sights = new Map<string, Sight>();
  const inHand = new Map<string, Stamp>();
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
    inHand.set(file.path, file.stamp);
    sights.delete(file.path);
    void lanes.run(async () => {
      try {
        if (!stopped) await options.accept(file);
      } catch {
        // Told by whoever failed; here it only means: offer it again.
        const callOff = timers.after(retryAcceptMs, () => {
          retries.delete(callOff);
          inHand.delete(file.path);
          hint();
        });
        retries.add(callOff);
      }
    });
  };

  /** Asks the content of a file that lies still; answers how long it has to wait on, or null when it was handed over. */
  const ask = async (filePath: string, folderPath: string, name: string, sight: Sight, now: number): Promise<number | null> => {
    const times = options.times();
    let inspection: Inspection;
    let judged: Awaited<ReturnType<typeof options.judge>>;
    try {
      inspection = await disk.inspect(filePath, hashUpTo);
      if (!sameStamp(inspection, sight.stamp)) return times.settleMs;
      judged = await options.judge(name, inspection, (at, length) => disk.readPart(filePath, sight.stamp, at, length));
    } catch (error) {
      // Held by its writer, changed or gone: look again, but not forever.
      const wait = waitFor('notYet', sight, now, times);
      if (wait > 0) return Math.min(wait, Math.max(times.settleMs, 100));
      accept({
        folderPath,
        path: filePath,
        name,
        stamp: sight.stamp,
        content: null,
        fault: asDiskFault(error),
        again: false,
        tooDeep: false,
      });
      return null;
    }
    const { readiness, verdict } = judged;
    const wait = waitFor(readiness, sight, now, times);
    if (wait > 0) return wait;
    accept({
      folderPath,
      path: filePath,
      name,
      stamp: sight.stamp,
      content: { sha256: inspection.sha256, verdict },
      fault: null,
      again: false,
      tooDeep: false,
    });
    return null;
  };

  /** When a waiting file is due to be asked again. */
  const dueAt = new Map<string, number>();

  const consider = async (folderPath: string, entry: Entry, now: number): Promise<void> => {
    // On its way out, or not for us to see: the next look tells.
    if (entry.kind === 'unseen') return;
    const filePath = join(folderPath, entry.name);
    const held = inHand.get(filePath);
    if (held !== undefined) {
      if (sameStamp(held, entry)) return;
      inHand.delete(filePath);
    }
    const stamp = stampOf(entry);
    const sight = seeAgain(sights.get(filePath), stamp, now);
    sights.set(filePath, sight);
    if (sight.looks === 1) dueAt.delete(filePath);
    if (!liesStill(sight, now, options.times().settleMs)) return;
    if (entry.kind === 'other') {
      accept({ folderPath, path: filePath, name: entry.name, stamp, content: null, fault: null, again: false, tooDeep: false });
      return;
    }
    if (now < (dueAt.get(filePath) ?? 0)) return;
    const wait = await ask(filePath, folderPath, entry.name, sight, now);
    if (wait === null) dueAt.delete(filePath);
    else dueAt.set(filePath, now + wait);
  };

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
      if (entry.kind === 'folder') {
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
    for (const map of [sights, inHand, dueAt]) for (const known of map.keys()) if (!seen.has(known)) map.delete(known);
  };

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
    if (!(hinted || due || location === 'network' || sights.size > 0 || pollOnlyBecause !== null || folder.mtimeMs > clock.now() - 10_000))
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
    while (!stopped) {
      readingTookMs = 0;
      if (!(await lookAndTell())) {
        await wake.wait(pauseMs);
        pauseMs = Math.min(pauseMs * 2, longestPauseMs);
        continue;
      }
      pauseMs = shortestPauseMs;
      // A rest first, so that the hints of a burst are answered together; then until the next hint or look.
      const rest = inHand.size > backlog ? longestRestMs : Math.min(longestRestMs, Math.max(shortestRestMs, readingTookMs * restFactor));
      await timers.pause(rest);
      if (sights.size > 0) await wake.wait(options.times().settleMs / 3 - rest);
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
