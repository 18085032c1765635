/**
 * The one loop that owns a hot folder: sends what waits for it, follows what was sent, and waits out faults of the folder.
 *
 * Promises: a fault of the folder pauses the folder and fails no job; it is tried again with growing pauses and goes on by itself. Nothing is sent
 * twice by a folder that comes back: only deliveries on record are sent, each once.
 */

import { basename, join } from 'node:path';
import { deliveryTable } from '../../../shared/delivery.ts';
import { type ReasonCode, reasonEntry } from '../../../shared/reason.ts';
import { asDiskFault, type DiskFault, reasonOf } from '../disk/fault.ts';
import type { Disk } from '../disk/operations.ts';
import type { Hints, Ports } from '../ports/ports.ts';
import type { DeliveryRow, HotFolderRow, Store } from '../store/store.ts';
import { makeLanes, makeWake } from '../wake.ts';
import { heldForMs } from './call-off.ts';
import { type Delivered, deliverOne, resumeOne } from './deliver-one.ts';
import { type Follower, type FollowOptions, makeFollower } from './follow.ts';
import { deliveryIdOf, liveOf, tempPathOf } from './places.ts';
import { recordFailed } from './record.ts';
import { decideAfterFault, pauseBefore } from './retry.ts';

export type FolderTrouble = { readonly reasonCode: ReasonCode; readonly raw: string; readonly since: number; readonly needBytes: number };

export type RunOptions = Omit<FollowOptions, 'disk' | 'ports'> & {
  readonly ports: Ports;
  readonly store: Store;
  readonly disk: Disk;
  readonly folder: HotFolderRow;
  /** Where the original of a delivery may lie, the likeliest first. */
  readonly sourcesOf: (delivery: DeliveryRow) => Promise<readonly string[]>;
  readonly onChange: () => void;
};

export type RunningFolder = {
  wake(): void;
  /** New settings take effect with the next step. */
  change(folder: HotFolderRow): void;
  trouble(): FolderTrouble | null;
  lying(): number;
  unknownFiles(): readonly string[];
  stop(): Promise<void>;
};

/** Small files at once: their flushes then share one journal commit. */
const atOnce = { local: 24, network: 3 } as const;
/** Files from this size on fill the disk by themselves: fewer at once are faster, and need less memory. Bytes. */
const bigFrom = 8 * 1024 * 1024;
const bigAtOnce = 2;
/** Rows taken from the record at a time. */
const batch = 128;
/** `hinted`: idle and told of changes; `polled`: nobody tells. */
const lookEveryMs = { busy: 1000, hinted: 30_000, polled: 5000 } as const;
/** Own deliveries make hints too; looking costs with the number of files that lie there. */
const restFactor = 10;

export function runHotFolder(options: RunOptions): RunningFolder {
  const { store, disk, now } = options;
  const { clock, timers, random } = options.ports;
  let folder = options.folder;
  const wake = makeWake(timers);
  /** Ends the pause of a troubled folder early; new jobs do not. */
  const nudge = makeWake(timers);
  const lanes = makeLanes(atOnce[folder.location]);
  /** Rows read ahead. */
  let queue: DeliveryRow[] = [];
  const inFlight = new Set<number>();
  const bigInFlight = new Set<number>();
  const follower: Follower = makeFollower(options);
  let trouble: FolderTrouble | null = null;
  let troubleTries = 0;
  let lying = 0;
  let sentSinceLook = 0;
  let lookDueAt = 0;
  let retryDueAt = Number.POSITIVE_INFINITY;
  let toldState = '';
  let hints: Hints | null = null;
  let hintsLost = false;
  let stopped = false;

  const tell = (): void => {
    const state = JSON.stringify([trouble?.reasonCode, lying, follower.unknownFiles()]);
    if (state === toldState) return;
    toldState = state;
    options.onChange();
  };

  const meetTrouble = (fault: DiskFault, needBytes: number): void => {
    const reasonCode = reasonOf(fault);
    const known = reasonEntry(reasonCode).of === 'folder' ? reasonCode : 'DiskError';
    trouble ??= { reasonCode: known, raw: `${fault.code}: ${fault.message}`, since: now(), needBytes };
    tell();
  };

  /** Is the cause gone? Tries what a delivery needs. @throws DiskFault when not */
  const tryFolder = async (needBytes: number): Promise<void> => {
    await disk.checkLive(liveOf(folder.place));
    const tryPath = join(folder.place.stagingPath, '.printfloor-try.part');
    await disk.writeNote(tryPath, 'try');
    await disk.removeFile(tryPath);
    if ((await disk.freeBytes(folder.path)) < needBytes)
      throw Object.assign(new Error(`needs ${needBytes} free bytes`), { code: 'ENOSPC' });
  };

  const settleFault = async (delivery: DeliveryRow, fault: DiskFault, handingOver: boolean): Promise<void> => {
    const reasonCode = reasonOf(fault);
    const tries = delivery.tries + 1;
    const next = decideAfterFault(reasonCode, tries, random.chance());
    if (next.kind === 'folderTrouble') {
      meetTrouble(fault, reasonCode === 'DiskFull' ? delivery.size : 0);
      return;
    }
    if (next.kind === 'fail' && !handingOver) {
      await recordFailed(store, folder, delivery, reasonCode, fault, tries, now());
      return;
    }
    const pauseMs = next.kind === 'tryAgain' ? next.pauseMs : pauseBefore(tries, random.chance());
    const later = { tries, reasonCode, raw: `${fault.code}: ${fault.message}`, nextTryAt: now() + pauseMs };
    await store.write(async (tx) => {
      const current = await tx.delivery(delivery.id);
      if (current === null || deliveryTable[current.state].goesOn !== 'due') return;
      await tx.changeDelivery(delivery.id, current.state === 'copying' ? { ...later, state: 'waiting' } : later);
    });
  };

  const finish = async (delivery: DeliveryRow, end: Delivered): Promise<void> => {
    switch (end.kind) {
      case 'fault':
        await settleFault(delivery, end.fault, end.handingOver);
        return;
      case 'held':
        await store.write(async (tx) => {
          const current = await tx.delivery(delivery.id);
          if (current?.state === 'waiting' || current?.state === 'copying')
            await tx.changeDelivery(delivery.id, { nextTryAt: now() + heldForMs });
        });
        return;
      case 'delivered':
        troubleTries = 0;
        lying++;
        sentSinceLook++;
        lookDueAt = Math.min(lookDueAt, clock.monotonic() + lookEveryMs.busy);
        return;
      case 'startAgain':
      case 'uncertain':
    }
  };

  const send = ({ id, size }: DeliveryRow): void => {
    inFlight.add(id);
    if (size >= bigFrom) bigInFlight.add(id);
    void lanes.run(async () => {
      try {
        if (stopped || trouble !== null) return;
        // Read anew: the row that was chosen may be older than the end of its last flight.
        const delivery = await store.read.delivery(id);
        if (delivery === null) return;
        const context = { store, disk, now };
        if (delivery.state === 'publishing' || delivery.state === 'withdrawing')
          await finish(delivery, await resumeOne(context, folder, delivery));
        if (delivery.state === 'waiting' || delivery.state === 'copying')
          await finish(delivery, await deliverOne(context, folder, delivery, await options.sourcesOf(delivery)));
      } finally {
        inFlight.delete(id);
        bigInFlight.delete(id);
        wake.wake();
      }
    });
  };

  const roomLeft = (): number =>
    folder.capacity === null ? lanes.free() : Math.min(lanes.free(), folder.capacity - lying - inFlight.size);

  /** Starts as many deliveries as there is room for. Rows are read from the record in batches, and each anew before it is sent. */
  const sendWaiting = async (): Promise<void> => {
    if (queue.length === 0) {
      retryDueAt = (await store.read.nextDueAt(folder.place.id, now())) ?? Number.POSITIVE_INFINITY;
      if (roomLeft() <= 0) return;
      // One that ends while the record is read would come back as it was before.
      const busy = new Set(inFlight);
      queue = (await store.read.deliveriesDue(folder.place.id, now(), batch + busy.size)).filter((delivery) => !busy.has(delivery.id));
    }
    const tooBig: DeliveryRow[] = [];
    while (roomLeft() > 0) {
      const delivery = queue.shift();
      if (delivery === undefined) break;
      if (delivery.size >= bigFrom && bigInFlight.size >= bigAtOnce) tooBig.push(delivery);
      else if (!inFlight.has(delivery.id)) send(delivery);
    }
    queue.unshift(...tooBig);
  };

  const follow = async (): Promise<void> => {
    const from = clock.monotonic();
    sentSinceLook = 0;
    lying = (await follower.look(folder)) + sentSinceLook;
    const took = clock.monotonic() - from;
    const every = follower.busy() ? lookEveryMs.busy : lookEveryMs[hints === null || hintsLost ? 'polled' : 'hinted'];
    lookDueAt = clock.monotonic() + Math.max(every, took * restFactor);
    tell();
  };

  const listen = (): void => {
    if (folder.location === 'network' || hints !== null) return;
    hints = options.ports.startHints(
      folder.path,
      () => {
        lookDueAt = Math.min(lookDueAt, clock.monotonic() + lookEveryMs.busy / 4);
        wake.wake();
      },
      () => {
        hintsLost = true;
      },
    );
  };

  /** Removes what earlier runs, or a share that went away, left half copied. A delivery being handed over still needs its copy; files of another hub stay. */
  const clearLeftovers = async (): Promise<void> => {
    for (const { name } of await disk.names(folder.place.stagingPath)) {
      const id = deliveryIdOf(name);
      const delivery = id === null ? null : await store.read.delivery(id);
      if (delivery === null || delivery.state === 'publishing' || delivery.state === 'withdrawing' || inFlight.has(delivery.id)) continue;
      const tempPath = tempPathOf(folder.place, delivery);
      if (basename(tempPath) === name) await disk.removeFile(tempPath);
    }
  };

  const step = async (): Promise<void> => {
    if (trouble !== null) {
      await tryFolder(trouble.needBytes);
      trouble = null;
      tell();
      await clearLeftovers();
    }
    listen();
    if (clock.monotonic() >= lookDueAt) await follow();
    if (!folder.paused) await sendWaiting();
  };

  const run = async (): Promise<void> => {
    while (!stopped) {
      try {
        await step();
      } catch (error) {
        meetTrouble(asDiskFault(error), trouble?.needBytes ?? 0);
      }
      if (stopped) break;
      if (trouble !== null) {
        troubleTries++;
        await hints?.stop();
        hints = null;
        await nudge.wait(pauseBefore(troubleTries, random.chance()));
        continue;
      }
      await wake.wait(Math.max(1, Math.min(lookDueAt - clock.monotonic(), retryDueAt - now())));
    }
  };

  const running = clearLeftovers()
    .catch(() => undefined)
    .then(run);
  return {
    wake: wake.wake,
    change: (changed) => {
      folder = changed;
      lookDueAt = 0;
      nudge.wake();
      wake.wake();
    },
    trouble: () => trouble,
    lying: () => lying,
    unknownFiles: follower.unknownFiles,
    stop: async () => {
      stopped = true;
      nudge.wake();
      wake.wake();
      await running;
      await lanes.idle();
      await hints?.stop();
    },
  };
}
