/**
 * Watches one incoming folder, and its sub-folders one level down, and hands over each file once it is complete: does what folder-step.ts says, and
 * looks through it with look-through.ts.
 *
 * Promises: every file that lies still is found, with or without hints, also those already there at the start; a file is handed over again
 * only when its content changed or the hand-over failed. Never moves or changes anything itself.
 */
import { makeBreath } from '../../breath.ts';
import { asDiskFault } from '../../disk/fault.ts';
import type { WatchState } from '../../parts.ts';
import type { Hints } from '../../ports/ports.ts';
import { makeLanes, makeWake } from '../../wake.ts';
import { beginFolder, endLook, loseHints, missFolder, restAfter, seeFolder, shownAs, takeHint, waitAfter } from './folder-step.ts';
import { makeLooker } from './look-through.ts';
import type { Settled, WatchOptions } from './watch-options.ts';

export type FolderWatch = { stop(): Promise<void> };

const acceptAtOnce = 48;
/** A large file is read for minutes before it is taken, with holes in it also for who sent it in no time: so few at once, beside all others. Bytes. */
const largeFrom = 1024 ** 3;
const largeAtOnce = 2;
const retryAcceptMs = 5000;

export function watchFolder<Verdict>(options: WatchOptions<Verdict>): FolderWatch {
  const { path, disk, location } = options;
  const { clock, timers } = options.ports;
  const wake = makeWake(timers);
  const breath = makeBreath({ clock, timers });
  const lanes = makeLanes(acceptAtOnce);
  const largeLanes = makeLanes(largeAtOnce);
  /** Offered, and not taken yet. */
  const offered = new Set<string>();
  /** Of these, what was seen to be another file meanwhile: to be offered anew. */
  const changed = new Set<string>();
  /** Calls off each offer that waits to be made again. */
  const retries = new Set<() => void>();
  const hints = new Map<string, Hints>();
  let state = beginFolder(location);
  let told = '';
  let ticketsTaken = 0;
  let stopped = false;

  const tell = ({ state: stands, reason }: Pick<WatchState, 'state' | 'reason'>): void => {
    const key = `${stands} ${reason}`;
    if (key === told) return;
    told = key;
    options.onState({ path, state: stands, reason });
  };

  const hint = (): void => {
    state = takeHint(state);
    wake.wake();
  };
  const listen = (folderPath: string): void => {
    if (location === 'network' || hints.has(folderPath)) return;
    hints.set(
      folderPath,
      options.ports.startHints(folderPath, hint, (message) => {
        state = loseHints(state, message);
      }),
    );
  };
  const unlisten = async (folderPath: string): Promise<void> => {
    const known = hints.get(folderPath);
    hints.delete(folderPath);
    await known?.stop();
  };

  const offerAnew = (filePath: string): void => {
    offered.delete(filePath);
    changed.delete(filePath);
    looker.forget(filePath);
    hint();
  };
  const accept = (file: Settled<Verdict>): void => {
    // One at a time: whoever takes it moves it away, or finds that it is another.
    if (offered.has(file.path)) {
      changed.add(file.path);
      return;
    }
    offered.add(file.path);
    void (file.stamp.size >= largeFrom ? largeLanes : lanes).run(async () => {
      try {
        if (!stopped) await options.accept(file);
        if (changed.has(file.path)) offerAnew(file.path);
        else offered.delete(file.path);
        if (options.goesFirst(file.name)) ticketsTaken++;
      } catch {
        // Told by whoever failed; here it only means: offer it again.
        const callOff = timers.after(retryAcceptMs, () => {
          retries.delete(callOff);
          offerAnew(file.path);
        });
        retries.add(callOff);
      }
    });
  };
  const looker = makeLooker({ ...options, accept, isBeingTaken: (filePath) => offered.has(filePath), ticketsTaken: () => ticketsTaken });

  /** Looks when there is a reason to. Answers what reading cost, ms. @throws DiskFault */
  const look = async (): Promise<number> => {
    const seen = seeFolder(state, await disk.peek(path), looker.counts(), { now: clock.now(), ms: clock.monotonic() });
    state = seen.state;
    // A handle on the folder that was there before hears nothing of this one.
    if (seen.isOther) await Promise.all([...hints.keys()].map(unlisten));
    listen(path);
    if (!seen.looks) return 0;
    const { folders, closed, tookMs } = await looker.look();
    for (const folder of folders) {
      await breath();
      if (!closed.has(folder)) listen(folder);
    }
    for (const known of [...hints.keys()]) if (known !== path && !folders.has(known)) await unlisten(known);
    return tookMs;
  };

  let isRecalled = false;
  /** What is to be left there is known before anything is looked at. */
  const recall = async (): Promise<void> => {
    if (isRecalled) return;
    for (const { path: left, stamp, waits } of await options.leftThere()) looker.remember(left, stamp, waits);
    isRecalled = true;
  };

  /** Looks, and tells what state the folder is in. Null when it cannot be looked at, or nobody can say what is to be left there. */
  const lookAndTell = async (): Promise<number | null> => {
    try {
      await recall();
      const tookMs = await look();
      state = endLook(state);
      tell(shownAs(state));
      return tookMs;
    } catch (error) {
      const fault = asDiskFault(error);
      tell({ state: 'missing', reason: `${fault.code}: ${fault.message}` });
      return null;
    }
  };

  const run = async (): Promise<void> => {
    while (!stopped) {
      const tookMs = await lookAndTell();
      if (tookMs === null) {
        const missed = missFolder(state);
        state = missed.state;
        await wake.wait(missed.waitMs);
        continue;
      }
      const restMs = restAfter(looker.counts(), tookMs);
      await timers.pause(restMs);
      const waitMs = waitAfter(state, looker.counts(), options.times().settleMs, restMs);
      if (waitMs > 0) await wake.wait(waitMs);
    }
  };

  const running = run();
  return {
    stop: async () => {
      stopped = true;
      wake.wake();
      await running;
      await Promise.all([...hints.keys()].map(unlisten));
      await Promise.all([lanes.idle(), largeLanes.idle()]);
      for (const callOff of retries) callOff();
    },
  };
}
