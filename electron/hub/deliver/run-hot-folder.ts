/**
 * The one loop that owns a place of a hot folder: does what folder-step.ts says, and tells it how it ended.
 *
 * Promises: nothing is sent twice by a folder that comes back: only deliveries on record are sent, each once. A fault of the record is logged and waited
 * out; nothing ends the loop but `stop`, or a place left behind where nothing is to be done any more.
 */

import { bigFrom, dueStates } from '../../../shared/delivery.ts';
import { isInLastStep } from '../../../shared/job/sending.ts';
import { said } from '../../../shared/words/say.ts';
import { asDiskFault, DiskFault, found } from '../disk/fault.ts';
import type { Disk } from '../disk/operations.ts';
import type { Log } from '../log.ts';
import type { Hints, Ports } from '../ports/ports.ts';
import type { DeliveryRow, DueDelivery, HotFolderRow, Store, Writer } from '../store/store.ts';
import { makeLanes, makeWake } from '../wake.ts';
import { bringForward } from './bring-forward.ts';
import { type DeliverContext, deliverOne, resumeOne, slowFrom } from './deliver-one.ts';
import { beginFolder, type Due, type FolderEffect, type FolderInput, type FolderLimits, type FolderTrouble } from './folder-state.ts';
import { restOf, stepFolder } from './folder-step.ts';
import { type FollowOptions, makeFollower } from './follow.ts';
import { makeKnownFolder } from './known-folder.ts';
import { finalPathOf, tempPathOf } from './places.ts';
import { recordUncertain } from './record.ts';
import { settle } from './settle.ts';
import { makeTidy } from './tidy.ts';

export type RunOptions = Omit<FollowOptions, 'disk' | 'ports'> & {
  readonly ports: Ports;
  readonly store: Store;
  readonly disk: Disk;
  /** With the place this loop owns. */
  readonly folder: HotFolderRow;
  /** The hot folder is somewhere else by now, or was removed. */
  readonly isLeft: boolean;
  readonly mayGo: (tx: Writer, delivery: DeliveryRow) => Promise<boolean>;
  /** A delivery that was cancelled in its last step turned out not to have gone: its job may be planned anew. */
  readonly onCancelled: DeliverContext['onCancelled'];
  readonly wakeFolder: DeliverContext['wakeFolder'];
  readonly shorterName: DeliverContext['shorterName'];
  /** Where the original of a delivery may lie, the likeliest first. */
  readonly sourcesOf: (delivery: DeliveryRow) => Promise<readonly string[]>;
  /** See DeliverContext. */
  readonly slowFrom?: number;
  readonly log: Log;
  readonly onChange: () => void;
  /** A place that was left has nothing to look after any more; the loop has ended. */
  readonly onOver: () => void;
};

export type RunningFolder = {
  wake(): void;
  /** New settings take effect with the next step. */
  change(folder: HotFolderRow, isLeft: boolean): void;
  trouble(): FolderTrouble | null;
  lying(): number;
  unknownFiles(): readonly string[];
  stop(): Promise<void>;
};

/** Rows taken from the record at a time; each is read anew before it is sent. */
const batch = 128;
const bigBatch = 8;

function limitsOf({ place, capacity, paused }: HotFolderRow, isLeft: boolean): FolderLimits {
  return { location: place.location, capacity, paused, isLeft };
}

function dueOf({ id, size, priority, state }: DueDelivery): Due {
  return { id, size, priority, copied: isInLastStep(state) };
}

export function runHotFolder(options: RunOptions): RunningFolder {
  const { store, disk, log } = options;
  const { clock, timers, random, startHints } = options.ports;
  const wake = makeWake(timers);
  const inbox: FolderInput[] = [];
  const work = makeLanes(Number.POSITIVE_INFINITY);
  const follower = makeFollower(options);
  let folder = options.folder;
  let state = beginFolder(limitsOf(folder, options.isLeft));
  let hints: Hints | null = null;
  let told = '';

  const times = (): { now: number; ms: number } => ({ now: clock.now(), ms: clock.monotonic() });
  const post = (input: FolderInput): void => {
    // Many wake-ups say no more than one.
    if (input.kind !== 'woken' || inbox.at(-1)?.kind !== 'woken') inbox.push(input);
    wake.wake();
  };

  /** Nobody saw what became of what was delivered to the folder that lay here before. What is in its last step and has its copy yet goes on by itself. */
  const leaveMissing = async (): Promise<void> => {
    const { place } = folder;
    const lost = [...(await follower.missing(folder))];
    for (const delivery of await store.read.deliveriesIn(place.id, ['publishing', 'withdrawing'])) {
      const { temp, final } = await disk.lookAtHandOver(tempPathOf(place, delivery), finalPathOf(place, delivery));
      if (temp === null && final === null) lost.push(delivery);
    }
    for (const delivery of lost)
      await recordUncertain({ store, folder, now: clock.now }, delivery, 'OutOfSight', state.trouble?.raw ?? null);
  };
  const known = makeKnownFolder(store, disk, folder.place, leaveMissing);
  const tidy = makeTidy(store, disk, folder.place, known.live, (id) => state.flying.has(id));

  /** Is the cause gone? Puts our own files back where the folder is surely the one we know, and tries what a delivery needs. @throws DiskFault when not */
  const tryFolder = async (needBytes: number): Promise<number> => {
    const { place } = folder;
    const live = known.live();
    if (live.folderId !== null && (await disk.putBack(live, place.stagingPath, place.location, false)))
      log`Hot folder ${folder.name}: our own folder beside it was removed and has been made again.`;
    await known.knowAgain();
    await disk.checkLive(known.live());
    await disk.tryToWrite(place.stagingPath);
    const freeBytes = await disk.freeBytes(place.folderPath);
    if (freeBytes < needBytes) throw found('DiskFull', said('found.needsBytes', { bytes: needBytes }), place.folderPath);
    tidy.needed();
    return freeBytes;
  };

  /** What is in its last step and due, in the order of the queue. */
  const inLastStep = async (now: number): Promise<readonly DeliveryRow[]> =>
    (await store.read.deliveriesIn(folder.place.id, ['publishing', 'withdrawing'], batch)).filter(
      ({ nextTryAt }) => nextTryAt === null || nextTryAt <= now,
    );

  const read = async ({ copiedOnly, clockDoubted, below }: Extract<FolderEffect, { kind: 'read' }>): Promise<void> => {
    const { id } = folder.place;
    const now = clock.now();
    if (clockDoubted) await bringForward(store, id, now, options.mayGo);
    const due = copiedOnly
      ? await inLastStep(now)
      : [
          ...(await store.read.deliveriesDue(id, now, batch, 'small', below)),
          ...(await store.read.deliveriesDue(id, now, bigBatch, 'big', below)),
        ];
    const isRead = new Set(due.map((delivery) => delivery.id));
    const copied = copiedOnly || below === Number.MAX_SAFE_INTEGER ? [] : await inLastStep(now);
    const rows = [...due, ...copied.filter((delivery) => !isRead.has(delivery.id))];
    const small = rows.filter(({ size }) => size < bigFrom).length;
    const all = small < batch && rows.length - small < bigBatch;
    const nextDueAt = await store.read.nextDueAt(id, now);
    post({ kind: 'read', rows: rows.sort((a, b) => b.priority - a.priority || a.id - b.id).map(dueOf), nextDueAt, all });
  };

  const send = async (id: number): Promise<void> => {
    // What cannot be recorded is not begun.
    if (store.trouble() !== null) {
      post({ kind: 'recordFailed', work: 'send', id });
      return;
    }
    await tidy.atRest();
    // Read anew: the row that was chosen may be older than the end of its last flight.
    const delivery = await store.read.delivery(id);
    if (delivery === null || delivery.placeId !== folder.place.id || state.stopped || state.trouble !== null) {
      post({ kind: 'ended', id, end: { kind: 'notDelivered' } });
      return;
    }
    const context: DeliverContext = {
      store,
      disk,
      live: known.live(),
      now: clock.now,
      folder,
      drop: tidy.drop,
      mayGo: options.mayGo,
      onCancelled: options.onCancelled,
      wakeFolder: options.wakeFolder,
      shorterName: options.shorterName,
      hasRoom: () => folder.capacity === null || state.lying + state.flying.size <= folder.capacity,
      idsBefore: (one) => follower.idsBefore(folder, one),
      slowFrom: options.slowFrom ?? slowFrom,
    };
    switch (delivery.state) {
      case 'waiting':
      case 'copying': {
        const end = await deliverOne(context, delivery, await options.sourcesOf(delivery));
        post({ kind: 'ended', id, end: await settle(context, delivery, end, random.chance()) });
        return;
      }
      case 'publishing':
      case 'withdrawing':
        post({ kind: 'ended', id, end: await settle(context, delivery, await resumeOne(context, delivery), random.chance()) });
        return;
      default:
        post({ kind: 'ended', id, end: { kind: 'notDelivered' } });
    }
  };

  const look = async (): Promise<void> => {
    const from = clock.monotonic();
    const lying = await follower.look(folder, known.live(), known.saw);
    tidy.saw(follower.copies());
    // Beside the looks: a share that hangs is found out by them.
    inBackground(tidy.clearIfNeeded);
    post({ kind: 'looked', lying, busy: follower.busy(), followed: follower.open(), tookMs: clock.monotonic() - from });
  };

  /** What lies in a place that cannot be seen any more is a person's to find out. */
  const giveUp = async (): Promise<void> => {
    for (const delivery of await store.read.deliveriesIn(folder.place.id, ['delivered', 'lying', 'publishing', 'withdrawing']))
      await recordUncertain({ store, folder, now: clock.now }, delivery, 'OutOfSight', state.trouble?.raw ?? null);
    post({ kind: 'gaveUp', due: (await store.read.deliveriesIn(folder.place.id, dueStates, 1)).length });
  };

  const shownTrouble = (): FolderTrouble | null => state.trouble ?? state.noRoom;

  const tell = (): void => {
    const shown = shownTrouble();
    const now = JSON.stringify([shown?.reasonCode, shown?.raw, state.lying, follower.unknownFiles()]);
    if (now === told) return;
    told = now;
    options.onChange();
  };

  const listen = (): void => {
    hints = startHints(
      folder.place.folderPath,
      () => post({ kind: 'hinted' }),
      () => post({ kind: 'hintsLost' }),
    );
  };

  const deafen = async (): Promise<void> => {
    const old = hints;
    hints = null;
    await old?.stop();
  };

  /** A fault of the disk is the folder's; any other is the record's. */
  const under = (name: 'look' | 'read' | 'try' | 'giveUp' | 'send', id: number | null, act: () => Promise<void>): void => {
    void work.run(() =>
      act().catch((error: unknown) => {
        if (error instanceof DiskFault && (name === 'look' || name === 'try'))
          post({ kind: name === 'look' ? 'lookFailed' : 'tryFailed', fault: asDiskFault(error) });
        else {
          // That the record itself is in trouble is told already, and each try would tell it again.
          if (store.trouble() === null) log`Hot folder ${folder.name}: ${error}`;
          post({ kind: 'recordFailed', work: name, id });
        }
      }),
    );
  };

  const inBackground = (act: () => Promise<void>): void =>
    void work.run(() => act().catch((error: unknown) => log`Hot folder ${folder.name}: ${error}`));

  const effects: { readonly [Kind in FolderEffect['kind']]: (effect: Extract<FolderEffect, { kind: Kind }>) => void } = {
    look: () => under('look', null, look),
    read: (effect) => under('read', null, () => read(effect)),
    try: ({ needBytes }) =>
      under('try', null, async () => {
        post({ kind: 'tried', freeBytes: await tryFolder(needBytes) });
      }),
    send: ({ id }) => under('send', id, () => send(id)),
    giveUp: () => under('giveUp', null, giveUp),
    listen,
    deafen: () => inBackground(deafen),
    tell,
    over: () => options.onOver(),
  };
  const perform = <Kind extends FolderEffect['kind']>(kind: Kind, effect: Extract<FolderEffect, { kind: Kind }>): void =>
    effects[kind](effect);

  const run = async (): Promise<void> => {
    inBackground(tidy.clearIfNeeded);
    while (!state.stopped) {
      const stepped = stepFolder(state, inbox.shift() ?? { kind: 'tick' }, times(), random.chance());
      state = stepped.state;
      for (const effect of stepped.effects) perform(effect.kind, effect);
      if (!state.stopped && inbox.length === 0) await wake.wait(restOf(state, times()));
    }
    await work.idle();
    await deafen();
  };

  const running = run();
  return {
    wake: () => post({ kind: 'woken' }),
    change: (changed, isLeft) => {
      folder = changed;
      known.reread(changed.place);
      // A probe may have been cut short.
      tidy.needed();
      post({ kind: 'changed', limits: limitsOf(changed, isLeft) });
    },
    trouble: shownTrouble,
    lying: () => state.lying,
    unknownFiles: follower.unknownFiles,
    stop: async () => {
      post({ kind: 'stop' });
      await running;
    },
  };
}
