/** A disk process with somebody at its elbow: does something at the very moment before or after a chosen call, once. */
import { type ForkDisk, forkDiskProcess } from '../../electron/hub/disk/fork.ts';
import type { DiskAnswer, DiskRequest } from '../../electron/hub/disk/protocol.ts';

export type Moment = { readonly when: 'before' | 'after'; readonly is: (request: DiskRequest) => boolean; readonly act: () => void };

/** `act` runs synchronously: nothing of the hub happens meanwhile. */
export function meddleAt(moment: () => Moment | null): { readonly fork: ForkDisk; readonly done: () => boolean } {
  let done = false;
  const act = (chosen: Moment): void => {
    done = true;
    chosen.act();
  };
  const fork: ForkDisk = (label) => {
    const port = forkDiskProcess(label);
    let awaited: number | null = null;
    return {
      ...port,
      send: (message) => {
        const request = message as DiskRequest;
        const chosen = moment();
        if (!done && chosen?.is(request) === true) {
          if (chosen.when === 'before') act(chosen);
          else awaited = request.id;
        }
        port.send(message);
      },
      onMessage: (listener) =>
        port.onMessage((message) => {
          const answer = message as DiskAnswer;
          const chosen = moment();
          if (!done && chosen !== null && answer.id === awaited && answer.kind === 'done') act(chosen);
          listener(message);
        }),
    };
  };
  return { fork, done: () => done };
}
