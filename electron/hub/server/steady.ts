/**
 * A line as its handler sees it. Sending is done when the bytes have left, so that streams go at the pace of their reader; a line with too much unsent, or with
 * too many calls in hand, is not listened to; one whose reader takes nothing for long is told as such.
 */
import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';

/** Unsent beyond this, and no more questions are taken on that line. */
const mostWaitingBytes = 4 * 1024 * 1024;
/** Calls of one line whose answers are not taken yet, streams left out. */
const mostCalls = 32;

export type Steady = {
  readonly send: (data: string | Buffer) => Promise<void>;
  /** One text in two parts, of which the second is not copied: it may be on its way to many. */
  readonly sendParts: (first: string, rest: Buffer) => Promise<void>;
  /** A call was taken from the line; its answer has left, or it is a stream and counts no more. */
  readonly begun: () => void;
  readonly ended: () => void;
  /** For how long its reader has taken nothing of what is there for him, in ms. */
  readonly stalledMs: () => number;
};

/** @param socket what the line runs over */
export function steady(line: WebSocket, socket: Pick<Duplex, 'cork' | 'uncork'>): Steady {
  let calls = 0;
  let sending = 0;
  let movedAt = 0;
  const listenOrNot = (): void => {
    const full = calls >= mostCalls || line.bufferedAmount > mostWaitingBytes;
    if (full) line.pause();
    else if (line.isPaused) line.resume();
  };
  const leave = (send: (done: () => void) => void): Promise<void> =>
    new Promise((resolve) => {
      if (line.readyState !== WebSocket.OPEN) return resolve();
      if (sending === 0) movedAt = performance.now();
      sending += 1;
      send(() => {
        sending -= 1;
        movedAt = performance.now();
        listenOrNot();
        resolve();
      });
      listenOrNot();
    });
  return {
    send: (data) => leave((done) => line.send(data, done)),
    sendParts: (first, rest) =>
      leave((done) => {
        // Both leave with one call of the system
        socket.cork();
        line.send(first, { fin: false });
        line.send(rest, { binary: false, fin: true }, done);
        socket.uncork();
      }),
    begun: () => {
      calls += 1;
      listenOrNot();
    },
    ended: () => {
      calls -= 1;
      listenOrNot();
    },
    stalledMs: () => (sending === 0 ? 0 : performance.now() - movedAt),
  };
}
