/**
 * One disk process from the hub's side: calls with time limits. A process that falls silent is killed and every call it had fails with
 * `ShareHangs`; the next call starts a new one, so a dead share costs one process and never the hub.
 */

import type { Ports } from '../ports/ports.ts';
import { DiskFault, found } from './fault.ts';
import type { DiskPort } from './fork.ts';
import type { Hub } from './live.ts';
import { type Disk, type OperationName, operationNames, silenceLimitMs } from './operations.ts';
import type { DiskAnswer, DiskRequest } from './protocol.ts';

type Waiting = {
  readonly call: OperationName;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
  heardAt: number;
};

/** `hub`: for whom the work is done; left out, nobody asks whose a folder is. */
export type DiskPorts = Pick<Ports, 'clock' | 'timers' | 'forkDisk'> & { readonly hub?: Hub | null };
export type OpenDisk = Disk & { /** Ends the process; calls still waiting fail. */ readonly stop: () => void };

/** How often silence is looked for. */
const checkEveryMs = 1000;

/** `limitScale` shortens the silence limits in tests. */
export function openDisk(label: string, { clock, timers, forkDisk, hub = null }: DiskPorts, limitScale = 1): OpenDisk {
  const waiting = new Map<number, Waiting>();
  let port: DiskPort | null = null;
  let endWatch: (() => void) | null = null;
  let lastId = 0;
  let stopped = false;

  const failAll = (error: () => Error): void => {
    const all = [...waiting.values()];
    waiting.clear();
    for (const one of all) one.reject(error());
  };
  const drop = (why: () => Error): void => {
    const dead = port;
    port = null;
    endWatch?.();
    endWatch = null;
    dead?.kill();
    failAll(why);
  };
  const lookForSilence = (): void => {
    const now = clock.monotonic();
    for (const one of waiting.values()) {
      if (now - one.heardAt > silenceLimitMs[one.call] * limitScale) {
        drop(() => found('ShareHangs', `no answer to ${one.call} from ${label}`, label));
        return;
      }
    }
  };
  const onAnswer = (answer: DiskAnswer): void => {
    const one = waiting.get(answer.id);
    if (one === undefined) return;
    if (answer.kind === 'progress') {
      one.heardAt = clock.monotonic();
      return;
    }
    waiting.delete(answer.id);
    if (answer.kind === 'done') one.resolve(answer.result);
    else one.reject(new DiskFault(answer.code, answer.message, answer.path));
  };
  const start = (): DiskPort => {
    const fresh = forkDisk(label);
    fresh.onMessage((message) => onAnswer(message as DiskAnswer));
    fresh.onExit(() => {
      if (port === fresh) drop(() => found('ShareHangs', `the disk process of ${label} ended`, label));
    });
    endWatch = timers.every(checkEveryMs * Math.min(limitScale, 1), lookForSilence);
    return fresh;
  };
  const call = (name: OperationName, args: readonly unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (stopped) {
        reject(found('ShareHangs', 'the program is closing', label));
        return;
      }
      port ??= start();
      const request: DiskRequest = { id: ++lastId, call: name, args, hub };
      waiting.set(request.id, { call: name, resolve, reject, heardAt: clock.monotonic() });
      port.send(request);
    });

  const calls = Object.fromEntries(
    operationNames.map((name) => [name, (...args: readonly unknown[]) => call(name, args)]),
  ) as unknown as Disk;
  return {
    ...calls,
    stop: () => {
      stopped = true;
      drop(() => found('ShareHangs', 'the program is closing', label));
    },
  };
}
