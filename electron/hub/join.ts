/**
 * Joins the working parts of a hub around its record: what takes files in, what sends them out, what people may do. Knows no socket, no lock and no
 * data folder of its own, so that it runs the same under a shop's ports and under simulated ones.
 */

import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { mayBeDelivered } from '../../shared/job/may-be-delivered.ts';
import { engine } from '../../shared/job/mover.ts';
import { isHiddenName } from '../../shared/safe-name.ts';
import { makeBreath } from './breath.ts';
import { startClock } from './clock.ts';
import { openDisks } from './disk/disks.ts';
import type { Hub } from './disk/live.ts';
import { keepFloor } from './floor.ts';
import { shorterName } from './flow/delivery-name.ts';
import { fileAgain, sendBackChanged } from './flow/file-original.ts';
import type { FlowParts } from './flow/flow-parts.ts';
import { recordForeign } from './flow/foreign.ts';
import { planDeliveries } from './flow/plan-deliveries.ts';
import { makeSecondLooks } from './flow/second-looks.ts';
import { cancelStale } from './flow/way-changed.ts';
import { type ArrivalFlow, makeFlow } from './flow.ts';
import { makeHotFolders, type RunningHotFolders } from './hot-folders.ts';
import { makeIntake, type RunningIntake } from './intake.ts';
import { makeDoor } from './jobs/door.ts';
import { makeWishes, type Wishes } from './jobs/wishes.ts';
import { makeLayout } from './layout.ts';
import type { Log } from './log.ts';
import type { Ports } from './ports/ports.ts';
import type { Store } from './store/store.ts';
import { makeTurns } from './turns.ts';
import { type RunningWork, startWork } from './work/run-work.ts';
import { makeDoers } from './work/tasks.ts';

type Given = {
  readonly store: Store;
  readonly ports: Ports;
  readonly places: { readonly archive: string; readonly rejected: string; readonly work: string };
  readonly log: Log;
  /** How other hubs know this one; left out, nobody asks whose a folder is. */
  readonly hub?: Hub | null;
  /** From this size on the record says that a copy is being made; bytes. Left out: see deliver/. */
  readonly slowFrom?: number;
};

export type JoinedParts = {
  readonly flow: ArrivalFlow;
  readonly hotFolders: RunningHotFolders;
  readonly intake: RunningIntake;
  readonly wishes: Wishes;
  /** Goes on with unfinished work, and takes in what arrives. */
  start(): Promise<void>;
  /** Takes nothing in and sends nothing out any more; what is asked is answered. */
  rest(): Promise<void>;
  /** Finishes or safely leaves the work in hand. */
  stop(): Promise<void>;
};

/** Work in hand has this long to finish; then its disk processes are ended and it is taken up at the next start. */
const finishWithinMs = 2500;

async function within({ timers }: Ports, ms: number, work: Promise<unknown>): Promise<void> {
  let callOff = (): void => undefined;
  const late = new Promise<void>((resolve) => {
    callOff = timers.after(ms, resolve);
  });
  await Promise.race([work, late]);
  callOff();
}

export async function joinParts({ store, ports, places, log, hub = null, slowFrom }: Given): Promise<JoinedParts> {
  const { now } = ports.clock;
  const disks = openDisks({ ...ports, hub });
  const own = [places.archive, places.rejected, places.work];
  const floor = await keepFloor(store, ports.timers, disks.review);
  disks.nameAsSaid(() => [...own, ...own.map(dirname), ...floor.current().settings.incoming.map(({ path }) => path)]);
  const door = makeDoor({
    store,
    now,
    planDeliveries: (tx, jobId, at) => planDeliveries(tx, floor.current(), jobId, at),
    cancelStale: (tx, jobId) => cancelStale(tx, floor.current(), jobId),
    wakeFolder: (id) => hotFolders.wake(id),
  });
  const secondLooks = makeSecondLooks({
    ...ports,
    disk: disks.local,
    log,
    onChanged: async (fileId) => {
      const file = await store.read.file(fileId);
      return file === null || (await sendBackChanged(flowParts, file));
    },
  });
  const flowParts: FlowParts = {
    store,
    door,
    disks,
    now,
    monotonic: ports.clock.monotonic,
    breathe: makeBreath(ports),
    readTicket: ports.readTicket,
    log,
    floor: floor.current,
    archivePath: places.archive,
    rejectedPath: places.rejected,
    askedPath: join(places.work, 'asked'),
    arrivalTurns: makeTurns(),
    filingTurns: makeTurns(),
    secondLooks,
    wakeFolder: (id) => hotFolders.wake(id),
  };
  const flow = makeFlow(flowParts);
  const layout = makeLayout({ ports, store, disks, own: places, machine: { platform: process.platform, home: homedir() } });
  const hotFolders = makeHotFolders({
    layout,
    store,
    ports,
    disks,
    log,
    isHidden: isHiddenName,
    ...(slowFrom === undefined ? {} : { slowFrom }),
    onForeign: (folder, file, before) => recordForeign(flowParts, folder, file, before),
    mayGo: async (tx, { jobId, wished }) => {
      const facts = await tx.jobFacts(jobId);
      return facts !== null && mayBeDelivered(facts, wished).ok;
    },
    onCancelled: async (tx, jobId) => (await door.applyIn(tx, { kind: 'goOn', jobId }, engine)).hotFolderIds,
    wakeFolder: (id) => hotFolders.wake(id),
    shorterName,
    sourcesOf: async ({ fileId, reasonCode }) => {
      const file = fileId === null ? null : await store.read.file(fileId);
      if (file === null) return [];
      if (reasonCode === 'SourceChanged') await sendBackChanged(flowParts, file);
      return [file.archivePath, file.sourcePath];
    },
  });
  const intake = makeIntake({ ports, disks, flow, settings: () => floor.current().settings, log, layout, store });
  let filing: Promise<void> = Promise.resolve();
  let stopClock = (): void => undefined;
  let work: RunningWork | null = null;
  let isResting = false;
  const rest = async (): Promise<void> => {
    isResting = true;
    stopClock();
    secondLooks.stop();
    await within(ports, finishWithinMs, Promise.all([intake.stop(), hotFolders.stop(), work?.stop(), filing]));
  };
  const doers = makeDoers({
    store,
    door,
    now,
    floorUpToDate: floor.upToDate,
    wakeFolder: (id) => hotFolders.wake(id),
    fileAgain: (id) => fileAgain(flowParts, id),
  });

  return {
    flow,
    hotFolders,
    intake,
    wishes: makeWishes(door),
    start: async () => {
      await floor.upToDate();
      await hotFolders.start();
      await floor.upToDate();
      await intake.watch(floor.current().settings.incoming);
      if (isResting) return;
      // In the background: a share that hangs must not keep the floor from starting.
      filing = flow.fileLeftovers().catch((error: unknown) => log`Originals not filed yet: ${error}`);
      stopClock = startClock(store, ports, log);
      work = startWork({ store, ports, doers, log });
    },
    rest,
    stop: async () => {
      await rest();
      disks.stop();
      await floor.stop();
    },
  };
}
