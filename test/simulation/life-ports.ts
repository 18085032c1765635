/** The ports of one life of the hub: what it asks of clock, disk and other processes is heard only as long as it lives. */
import { answerRequest } from '../../electron/hub/disk/answer.ts';
import type { DiskRequest } from '../../electron/hub/disk/protocol.ts';
import { readTicketFile } from '../../electron/hub/intake/tickets/parse.ts';
import type { JoinedParts } from '../../electron/hub/join.ts';
import type { Ports } from '../../electron/hub/ports/ports.ts';
import type { Store } from '../../electron/hub/store/store.ts';
import type { SimulatedDisk } from './disk.ts';
import { asking, type CallFaults, type DiskProcess } from './files.ts';
import type { HubClient } from './machine.ts';
import { logBytes } from './record-file.ts';
import type { World } from './world.ts';

export type MachineFaults = CallFaults & {
  /** Chance that a flush of the record takes time, and the most, ms. */
  readonly slowFlush: { readonly chance: number; readonly mostMs: number };
  readonly hintLost: number;
};

export type Life = {
  over: boolean;
  path: string;
  flushedBytes: number;
  readonly disks: Set<DiskProcess>;
  store: Store | null;
  parts: JoinedParts | null;
  client: HubClient | null;
};

type Options = {
  readonly world: World;
  readonly disk: SimulatedDisk;
  readonly faults: () => MachineFaults;
  /** The hub gives its disk the order to hand a file over. */
  readonly onHandOver: () => void;
  /** The hub asks its disk to read this file whole. */
  readonly onRead: (path: string) => void;
  /** Something is about to have its effect: the machine may die here. */
  readonly effect: (what: string) => void;
  /** The disk of the database has no room. */
  readonly isFull: () => boolean;
};

export function endDisk(process: DiskProcess): void {
  process.dead = true;
  for (const die of [...process.waiting]) die();
  process.waiting.clear();
}

function describe(message: unknown): string {
  const { call, args } = message as DiskRequest;
  return `${call} ${args.map((arg) => (typeof arg === 'string' ? arg : Array.isArray(arg) ? arg.join(' | ') : '')).join(' ')}`.trimEnd();
}

export function makePortsOf(options: Options): (life: Life) => Ports {
  const { world, disk, faults, onHandOver, onRead, effect, isFull } = options;
  return (mine) => ({
    clock: { now: world.now, monotonic: world.monotonic },
    timers: {
      after: (ms, call) =>
        world.after(ms, () => {
          if (!mine.over) call();
        }),
      every: (ms, call) => {
        let callOff = (): void => undefined;
        const next = (): void => {
          callOff = world.after(ms, () => {
            if (mine.over) return;
            next();
            call();
          });
        };
        next();
        return () => callOff();
      },
      pause: (ms) =>
        new Promise((resolve) => {
          world.after(ms, () => {
            if (!mine.over) resolve();
          });
        }),
      turn: () => {
        if (mine.over) return Promise.resolve();
        effect('a write');
        return mine.over ? Promise.resolve() : world.pause(0);
      },
    },
    random: { chance: world.random.next, uuid: () => `simulated-${world.random.between(1e8, 1e9 - 1)}` },
    startHints: (path, onHint) => {
      let stopped = false;
      disk.onChange((folder) => {
        if (stopped || mine.over || disk.at(path) !== folder) return;
        if (world.happens(faults().hintLost)) {
          world.count('fault: a hint lost');
          return;
        }
        world.after(1 + world.random.between(0, 20), () => {
          if (!stopped && !mine.over) onHint();
        });
      });
      return {
        stop: async () => {
          stopped = true;
        },
      };
    },
    forkDisk: (label) => {
      const process: DiskProcess = { label, dead: false, waiting: new Set() };
      let listen: (message: unknown) => void = () => undefined;
      let exit = (): void => undefined;
      mine.disks.add(process);
      const tell = (answer: unknown): void => {
        effect(`an answer of ${label}`);
        world.after(0, () => {
          if (!process.dead && !mine.over) listen(answer);
        });
      };
      return {
        send: (message) => {
          if (mine.over || process.dead) return;
          const sentAt = world.monotonic();
          const { call, args } = message as DiskRequest;
          if (call === 'publish' || call === 'copyVerified') onHandOver();
          if (call === 'inspect') onRead(String(args[0]));
          world.after(0, () => {
            if (process.dead) return;
            world.say(`disk ${label}`, describe(message));
            asking.run({ process, sentAt }, () => void answerRequest(message as DiskRequest, tell));
          });
        },
        onMessage: (listener) => {
          listen = listener;
        },
        onExit: (listener) => {
          exit = listener;
          process.waiting.add(() => world.after(0, () => !mine.over && exit()));
        },
        kill: () => {
          mine.disks.delete(process);
          endDisk(process);
        },
      };
    },
    readTicket: async (name, bytes, options) => readTicketFile(name, bytes, options),
    readBeside: () => null,
    openLog: (path) => ({
      flush: async () => {
        if (mine.over) return;
        effect('a flush of the record');
        const { slowFlush } = faults();
        if (world.happens(slowFlush.chance)) {
          world.count('fault: a slow flush');
          await world.pause(world.random.between(1, slowFlush.mostMs));
        }
        if (mine.over) return;
        if (isFull()) throw Object.assign(new Error('ENOSPC: simulated'), { code: 'ENOSPC' });
        mine.flushedBytes = logBytes(path.replace(/-wal$/, ''));
        effect('the record flushed');
      },
      close: async () => undefined,
    }),
  });
}
