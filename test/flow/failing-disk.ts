/** A disk process whose chosen calls fail as the test says, at once or when it lets them, or hang, and never reach the disk. */
import { type ForkDisk, forkDiskProcess } from '../../electron/hub/disk/fork.ts';
import type { DiskRequest } from '../../electron/hub/disk/protocol.ts';

/** The errno a call fails with; `hang`: no answer; null: it goes through. */
export type Failing = (request: DiskRequest) => string | null | Promise<string | null>;

export function failWhere(failing: () => Failing): ForkDisk {
  return (label) => {
    const port = forkDiskProcess(label);
    let answer: (message: unknown) => void = () => undefined;
    return {
      ...port,
      send: (message) => {
        const request = message as DiskRequest;
        const fail = (code: string): void =>
          answer({ id: request.id, kind: 'failed', code, message: `${request.call} failed`, path: null });
        const end = (code: string | null): void => {
          if (code === null) port.send(message);
          else if (code !== 'hang') fail(code);
        };
        const code = failing()(request);
        if (code instanceof Promise) void code.then(end);
        else end(code);
      },
      onMessage: (listener) => {
        answer = listener;
        port.onMessage(listener);
      },
    };
  };
}
