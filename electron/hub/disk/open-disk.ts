/**
 * One disk process from the hub's side: calls with time limits. A process that falls silent is killed and every call it had fails with
 * `ShareHangs`; once it has ended the next call starts a new one. Promises: never a second process beside one that does not end, as those of a hung mount
 * do, so a dead share costs one process and never the hub; and no silence is called a hang while a flush of that size may still be under way.
 */

import { said } from '../../../shared/words/say.ts';
import type { Ports } from '../ports/ports.ts';
import { DiskFault, found } from './fault.ts';
import type { DiskPort } from './fork.ts';
import type { Hub } from './live.ts';
import { type Disk, type OperationName, operationNames, silenceLimitMs, slowestRate } from './operations.ts';
import type { DiskAnswer, DiskRequest } from './protocol.ts';

type Waiting = {
  readonly call: OperationName;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
  heardAt: number;
  /** Bytes of a flush under way. */
  flushing: number;
};

/** `hub`: for whom the work is done; left out, nobody asks whose a folder is. */
export type DiskPorts = Pick<Ports, 'clock' | 'timers' | 'forkDisk'> & {
  readonly hub?: Hub | null;
  /** The folders that somebody named until now: each process learns of them first of all. */
  readonly named?: () => readonly string[];
};
export type OpenDisk = Disk & { /** Ends the process; calls still waiting fail. */ readonly stop: () => void };

/** How often silence is looked for. */
const checkEveryMs = 1000;

/** `limitScale` shortens the silence limits in tests. */
export function openDisk(label: string, { clock, timers, forkDisk, hub = null, named = () => [] }: DiskPorts, limitScale = 1): OpenDisk {
  const waiting = new Map<number, Waiting>();
  let port: DiskPort | null = null;
  /** Killed, and not gone yet. */
  let ending: DiskPort | null = null;
  let endingSince = 0;
  let endWatch: (() => void) | null = null;
  let lastId = 0;
  let stopped = false;

  const failAll = (error: () => Error): void => {
    const all = [...waiting.values()];
    waiting.clear();
    for (const one of all) one.reject(error());
  };
  const drop = (why: () => Error, hasEnded = false): void => {
    const dead = port;
    port = null;
    endWatch?.();
    endWatch = null;
    if (dead !== null && !hasEnded) {
      ending = dead;
      endingSince = clock.monotonic();
      dead.kill();
    }
    failAll(why);
  };
  const lookForSilence = (): void => {
    const now = clock.monotonic();
    for (const one of waiting.values()) {
      const patienceMs = (silenceLimitMs[one.call] + one.flushing / slowestRate) * limitScale;
      if (now - one.heardAt > patienceMs) {
        const silence = { call: one.call, label, seconds: Math.round(patienceMs / 1000) };
        const what =
          one.flushing === 0 ? said('found.noAnswer', silence) : said('found.noAnswerFlushing', { ...silence, bytes: one.flushing });
        drop(() => found('ShareHangs', what, label));
        return;
      }
    }
  };
  const onAnswer = (answer: DiskAnswer): void => {
    const one = waiting.get(answer.id);
    if (one === undefined) return;
    if (answer.kind === 'progress') {
      one.heardAt = clock.monotonic();
      one.flushing = answer.flushing;
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
      if (ending === fresh) ending = null;
      if (port === fresh) drop(() => found('ShareHangs', said('found.diskProcessEnded', { label }), label), true);
    });
    const folders = named();
    // Nobody waits for the answer: what is asked next finds them named.
    if (folders.length > 0) fresh.send({ id: ++lastId, call: 'nameFolders', args: [folders], hub } satisfies DiskRequest);
    endWatch = timers.every(checkEveryMs * Math.min(limitScale, 1), lookForSilence);
    return fresh;
  };
  const call = (name: OperationName, args: readonly unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (stopped) {
        reject(found('ShareHangs', said('found.closing'), label));
        return;
      }
      if (ending !== null) {
        const seconds = Math.round((clock.monotonic() - endingSince) / 1000);
        reject(found('ShareHangs', said('found.stillHangs', { label, seconds }), label));
        return;
      }
      port ??= start();
      const request: DiskRequest = { id: ++lastId, call: name, args, hub };
      waiting.set(request.id, { call: name, resolve, reject, heardAt: clock.monotonic(), flushing: 0 });
      port.send(request);
    });

  const calls = Object.fromEntries(
    operationNames.map((name) => [name, (...args: readonly unknown[]) => call(name, args)]),
  ) as unknown as Disk;
  return {
    ...calls,
    // A process that is not there learns of them when it starts.
    nameFolders: async (paths) => (port === null || stopped ? undefined : await calls.nameFolders(paths)),
    stop: () => {
      stopped = true;
      drop(() => found('ShareHangs', said('found.closing'), label));
    },
  };
}
