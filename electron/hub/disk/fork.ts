/**
 * How the hub gets a process for disk work. In plain Node it forks one; under Electron the main process makes a utility process
 * and hands over a port. A dead share then hangs that process and nothing else.
 */
import { fork } from 'node:child_process';
import { entryPath } from '../entry.ts';
import { roomForYoung } from '../small-heap.ts';
import { localLabel } from './files.ts';
import { inOneGo } from './in-one-go.ts';

export type DiskPort = {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: () => void): void;
  /** At once, without asking. */
  kill(): void;
};

/** `label` names the share, for process lists and logs. */
export type ForkDisk = (label: string) => DiskPort;

/** Threads for waiting on disks: flushes of several local files then share one journal commit; on a server several folders wait beside each other. */
export function threadsFor(label: string): string {
  return label === localLabel ? '24' : '64';
}

/** Else glibc gives every thread a heap of its own, and each keeps what it once needed. */
export function memoryFor(): NodeJS.ProcessEnv {
  return process.platform === 'linux' ? { MALLOC_ARENA_MAX: '2' } : {};
}

export const forkDiskProcess: ForkDisk = (label) => {
  const child = fork(entryPath('disk/disk-process'), [label], {
    execArgv: [...process.execArgv, roomForYoung],
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ...memoryFor(), UV_THREADPOOL_SIZE: threadsFor(label), PRINTFLOOR_HUB_PID: String(process.pid) },
  });
  return {
    send: inOneGo((messages) => {
      // A send to a process that just died is answered by its exit, not here.
      if (child.connected) child.send([...messages], () => undefined);
    }),
    onMessage: (listener) =>
      child.on('message', (messages) => {
        for (const message of messages as readonly unknown[]) listener(message);
      }),
    onExit: (listener) => child.on('exit', listener),
    kill: () => child.kill('SIGKILL'),
  };
};
