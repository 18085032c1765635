/** Makes disk processes for the hub, each with a line straight to it, and ends them with it. Never hears what is said on these lines. */
import { join } from 'node:path';
import { MessageChannelMain, type UtilityProcess, utilityProcess } from 'electron';
import { memoryFor, threadsFor } from './hub/disk/fork.ts';
import type { ToHub } from './hub-messages.ts';

const entryPath = join(import.meta.dirname, 'disk-process.js');

export type DiskKeeper = { open(id: number, label: string): void; kill(id: number): void; killAll(): void };

export function keepDisks(hub: UtilityProcess): DiskKeeper {
  const processes = new Map<number, UtilityProcess>();
  const tell = (message: ToHub, ports: Electron.MessagePortMain[] = []): void => hub.postMessage(message, ports);
  return {
    open(id, label) {
      const child = utilityProcess.fork(entryPath, [label], {
        serviceName: `Printfloor disk ${label}`,
        stdio: 'inherit',
        env: { ...process.env, ...memoryFor(), UV_THREADPOOL_SIZE: threadsFor(label) },
      });
      processes.set(id, child);
      const { port1, port2 } = new MessageChannelMain();
      child.postMessage(null, [port1]);
      tell({ kind: 'diskOpened', id }, [port2]);
      child.once('exit', () => {
        processes.delete(id);
        tell({ kind: 'diskEnded', id });
      });
    },
    kill: (id) => void processes.get(id)?.kill(),
    killAll: () => {
      for (const child of processes.values()) child.kill();
    },
  };
}
