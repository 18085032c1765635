/**
 * The computer the hub runs on: starts the real hub under simulated ports, and lets it die at any moment. A life that is over goes on as a ghost: it hears
 * nothing, and nothing it does has an effect, since its record is a copy nobody reads any more.
 */
import { createRouterClient, type RouterClient } from '@orpc/server';
import { workOn } from '../../electron/hub/disk/files.ts';
import { forgetFolders } from '../../electron/hub/disk/named-folders.ts';
import { forgetNeeded } from '../../electron/hub/disk/own-names.ts';
import { joinParts } from '../../electron/hub/join.ts';
import { makeLog } from '../../electron/hub/log.ts';
import { neverClosed } from '../../electron/hub/server/hours.ts';
import { type HubRouter, makeRouter } from '../../electron/hub/server/router.ts';
import { openStore } from '../../electron/hub/store/open.ts';
import type { RecordTrouble } from '../../electron/hub/store/record-trouble.ts';
import type { DeliveryRow, Store, Writer } from '../../electron/hub/store/store.ts';
import type { DeliveryState } from '../../shared/delivery.ts';
import type { SimulatedDisk } from './disk.ts';
import { makeFiles } from './files.ts';
import { endDisk, type Life, type MachineFaults, makePortsOf } from './life-ports.ts';
import { clear, faultIn, freshImage, holdFile, type Image, imageOf, layOut } from './record-file.ts';
import type { Inode } from './volume.ts';
import type { World } from './world.ts';

export type HubClient = RouterClient<HubRouter>;

export type Machine = {
  /** The running hub, as people and other systems reach it; null while there is none. */
  hub(): HubClient | null;
  start(): Promise<void>;
  /** `kill`: the program dies; `power`: the computer, and with it what was not flushed. */
  crash(kind: 'kill' | 'power'): void;
  /** One disk process dies. */
  crashDisk(): void;
  /** Dies at the n-th effect from now. */
  crashIn(effects: number, kind: 'kill' | 'power'): void;
  /** Another program locks the database of the hub; answers how it lets go. */
  holdRecord(): () => void;
  /** The disk of the database has no room. */
  fillRecord(isFull: boolean): void;
  /** Where the marker of a hot folder lies. */
  markerOf(hotFolderId: number): Promise<string | null>;
  /** What is wrong with the file of the record; null: nothing. */
  faultInRecord(): string | null;
  /** Nothing more is to go wrong. */
  calm(): void;
  clean(): Promise<void>;
};

type Options = {
  readonly world: World;
  readonly disk: SimulatedDisk;
  readonly faults: () => MachineFaults;
  readonly onNamed: (path: string, inode: Inode, sentAt: number) => void;
  readonly onReplaced: (path: string, inode: Inode) => void;
  /** The hub gives its disk the order to hand a file over. */
  readonly onHandOver: () => void;
  /** A bug, as the hub itself sees it. */
  readonly onBug: (error: unknown) => void;
  readonly restartMs: () => number;
  /** The hub asks its disk to read this file whole. */
  readonly onRead: (path: string) => void;
  readonly slowFrom: number;
};

export const places = {
  incoming: '/data/incoming',
  archive: '/data/archive',
  rejected: '/data/rejected',
  work: '/data/work',
} as const;

/** Counts each step of each delivery, as it is written. The store knows its transactions by identity, so each stays the one it is. */
function countSteps(world: World, store: Store): Store {
  const watched = new WeakSet<Writer>();
  const watch = (tx: Writer): Writer => {
    // One transaction may be the next one's too.
    if (watched.has(tx)) return tx;
    watched.add(tx);
    const { changeDelivery: change, stepDelivery: step } = tx;
    const count = (before: DeliveryRow | null, to: DeliveryState): void => {
      if (before === null || to === before.state) return;
      world.count(`step: ${before.state} -> ${to}`);
      world.say('record', `delivery ${before.id} of job ${before.jobId}: ${before.state} -> ${to}`);
    };
    const changeDelivery: Writer['changeDelivery'] = async (id, news) => {
      const before = news.state === undefined ? null : await tx.delivery(id);
      await change(id, news);
      if (news.state !== undefined) count(before, news.state);
    };
    const stepDelivery: Writer['stepDelivery'] = async (id, news) => {
      const before = await step(id, news);
      count(before, news.state);
      return before;
    };
    return Object.assign(tx, { changeDelivery, stepDelivery });
  };
  return { ...store, write: (work) => store.write((tx) => work(watch(tx))) };
}

export async function makeMachine(options: Options): Promise<Machine> {
  const { world, disk, faults, onNamed, onReplaced, onHandOver, onRead, onBug, restartMs, slowFrom } = options;
  let image: Image = await freshImage();
  let life: Life | null = null;
  const ghosts: { readonly path: string; readonly closed: Promise<void> }[] = [];
  let letGo: (() => void) | null = null;
  let isFull = false;
  let crashAfter: { effects: number; readonly kind: 'kill' | 'power' } | null = null;

  const effect = (what: string): void => {
    if (crashAfter === null || life === null || --crashAfter.effects > 0) return;
    const { kind } = crashAfter;
    world.say('machine', `at its next effect: ${what}`);
    machine.crash(kind);
  };

  const portsOf = makePortsOf({ world, disk, faults, onHandOver, onRead, effect, isFull: () => isFull });

  const run = async (mine: Life): Promise<void> => {
    const ports = portsOf(mine);
    const log = makeLog((line) => world.say('hub', line));
    const onTrouble = (trouble: RecordTrouble | null): void => {
      if (trouble !== null && !mine.over) world.count(`told: ${trouble.code}`);
    };
    const store = countSteps(world, await openStore({ path: mine.path, ports, onTrouble }));
    mine.store = store;
    // I9: what stations are told has no gap, and begins behind what the record had.
    let toldSeq = await store.read.lastSeq();
    store.onChange(({ events }) => {
      for (const { seq } of events) {
        if (seq !== toldSeq + 1) onBug(new Error(`event ${seq} is told after event ${toldSeq}`));
        toldSeq = seq;
      }
    });
    if (mine.over) return;
    const parts = await joinParts({ store, ports, places, log, slowFrom, hub: { id: 'ours', computer: 'PC-1' } });
    mine.parts = parts;
    const report = (error: unknown): void => {
      if (!mine.over) onBug(error);
    };
    const router = makeRouter({
      ...parts,
      store,
      readTicket: ports.readTicket,
      speech: { of: () => 'en', current: () => Promise.resolve(), stop: () => undefined },
      hours: neverClosed,
      now: world.now,
      live: {
        follow: async function* () {
          yield* [];
        },
        stop: () => undefined,
      },
      stopping: new AbortController().signal,
      log,
      lastLines: () => [],
      report,
      sendAway: () => undefined,
      dataPath: '/data',
      workPath: places.work,
      uiPath: null,
      page: null,
      version: 'simulated',
      demo: false,
      startedAt: world.now(),
      adminTokenHash: '',
      hubId: '',
      port: 0,
    });
    const caller = {
      role: 'admin',
      actor: 'admin',
      station: null,
      stationId: null,
      address: '',
      welcome: null,
      onRefused: () => undefined,
    } as const;
    mine.client = createRouterClient(router, {
      context: {
        authorization: undefined,
        language: 'en',
        identify: async () => caller,
        hold: async () => undefined,
        listInTurn: async () => () => undefined,
        report,
      },
    });
    await parts.start();
  };

  const machine: Machine = {
    hub: () => life?.client ?? null,
    start: async () => {
      if (life !== null) return;
      const mine: Life = {
        over: false,
        path: layOut(image),
        flushedBytes: image.log.length,
        disks: new Set(),
        store: null,
        parts: null,
        client: null,
      };
      life = mine;
      world.say('machine', 'the hub starts');
      try {
        await run(mine);
      } catch (error) {
        if (mine.over) return;
        onBug(error);
      }
    },
    crash: (kind) => {
      if (life === null) return;
      const dying = life;
      life = null;
      crashAfter = null;
      dying.over = true;
      forgetFolders();
      forgetNeeded();
      letGo?.();
      isFull = false;
      world.say('machine', kind === 'kill' ? 'the hub is killed' : 'the power fails');
      world.count(`fault: ${kind}`);
      const whole = kind === 'kill' || world.happens(0.5);
      image = imageOf(dying.path, whole ? undefined : dying.flushedBytes);
      // A disk process notices the end of its hub a moment later.
      const late = kind === 'kill' ? world.random.between(0, 3) : 0;
      for (const process of dying.disks) {
        if (late === 0) endDisk(process);
        else world.after(late, () => endDisk(process));
      }
      if (kind === 'power') {
        disk.own.cutPower(true);
        for (const { volume } of disk.mounts) volume.cutPower(false);
      }
      ghosts.push({ path: dying.path, closed: dying.store?.close().catch(() => undefined) ?? Promise.resolve() });
      world.after(restartMs(), () => void machine.start());
    },
    crashDisk: () => {
      const process = [...(life?.disks ?? [])].at(-1);
      if (process === undefined) return;
      world.say('machine', `the disk process of ${process.label} dies`);
      world.count('fault: disk process killed');
      life?.disks.delete(process);
      endDisk(process);
    },
    crashIn: (effects, kind) => {
      crashAfter = { effects, kind };
    },
    holdRecord: () => {
      if (life === null || letGo !== null) return () => undefined;
      const holder = holdFile(life.path);
      letGo = () => {
        holder();
        letGo = null;
      };
      return () => letGo?.();
    },
    fillRecord: (full) => {
      isFull = full;
    },
    markerOf: async (id) => (await life?.store?.read.hotFolder(id))?.place.markerPath ?? null,
    faultInRecord: () => (life === null ? null : faultIn(life.path)),
    calm: () => {
      crashAfter = null;
      isFull = false;
      letGo?.();
    },
    clean: async () => {
      letGo?.();
      isFull = false;
      if (life !== null) {
        life.over = true;
        for (const process of life.disks) endDisk(process);
        ghosts.push({ path: life.path, closed: life.store?.close().catch(() => undefined) ?? Promise.resolve() });
        life = null;
      }
      let closed = false;
      void Promise.all(ghosts.map((ghost) => ghost.closed)).then(() => {
        closed = true;
      });
      await world.live(world.monotonic() + 5000, () => closed);
      for (const { path } of ghosts) clear(path);
      forgetFolders();
      forgetNeeded();
    },
  };
  workOn({
    clock: { now: world.now, monotonic: world.monotonic },
    timers: {
      after: world.after,
      every: () => () => undefined,
      pause: world.pause,
      turn: () => world.pause(0),
    },
    random: { chance: world.random.next, uuid: () => `simulated-${world.random.between(1e8, 1e9 - 1)}` },
    files: makeFiles({ world, disk, faults, effect, onNamed: (path, inode, asked) => onNamed(path, inode, asked.sentAt), onReplaced }),
  });
  return machine;
}
