/** The hub's side of disk processes under Electron: the main process makes them and hands over a port to each. */
import type { MessagePortMain } from 'electron';
import type { DiskPort, ForkDisk } from './hub/disk/fork.ts';
import { inOneGo } from './hub/disk/in-one-go.ts';
import type { FromHub } from './hub-messages.ts';

export type DiskForks = {
  readonly fork: ForkDisk;
  /** The process `id` is there, and this is the line to it. */
  opened(id: number, port: MessagePortMain): void;
  /** The process `id` is gone, or never came. */
  ended(id: number): void;
};

type Line = {
  port: MessagePortMain | null;
  waiting: unknown[];
  readonly heard: ((message: unknown) => void)[];
  readonly exited: (() => void)[];
};

export function makeDiskForks(tell: (message: FromHub) => void): DiskForks {
  const lines = new Map<number, Line>();
  let lastId = 0;
  return {
    fork(label): DiskPort {
      lastId += 1;
      const id = lastId;
      const line: Line = { port: null, waiting: [], heard: [], exited: [] };
      lines.set(id, line);
      tell({ kind: 'openDisk', id, label });
      return {
        send: inOneGo((messages) => {
          if (line.port === null) line.waiting.push(...messages);
          else line.port.postMessage(messages);
        }),
        onMessage: (listener) => line.heard.push(listener),
        onExit: (listener) => line.exited.push(listener),
        kill: () => tell({ kind: 'killDisk', id }),
      };
    },
    opened(id, port) {
      const line = lines.get(id);
      if (line === undefined) return;
      line.port = port;
      port.on('message', ({ data }) => {
        for (const message of data as readonly unknown[]) for (const listener of line.heard) listener(message);
      });
      port.start();
      if (line.waiting.length > 0) port.postMessage(line.waiting.splice(0));
    },
    ended(id) {
      const line = lines.get(id);
      lines.delete(id);
      line?.port?.close();
      for (const listener of line?.exited ?? []) listener();
    },
  };
}
