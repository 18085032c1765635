/**
 * A line as its handler sees it. Sending is done when the bytes have left, so that streams go at the pace of their reader; a line with too much unsent, or with
 * too many calls in hand, is not listened to; one whose reader takes nothing for long is told as such.
 */
import { WebSocket } from 'ws';

/** Unsent beyond this, and no more questions are taken on that line. */
const mostWaitingBytes = 4 * 1024 * 1024;
/** Calls of one line whose answers are not taken yet, streams left out. */
const mostCalls = 32;

export type Steady = {
  readonly send: (data: string | Buffer) => Promise<void>;
  /** A call was taken from the line; its answer has left, or it is a stream and counts no more. */
  readonly begun: () => void;
  readonly ended: () => void;
  /** For how long its reader has taken nothing of what is there for him, in ms. */
  readonly stalledMs: () => number;
};

export function steady(line: WebSocket): Steady {
  let calls = 0;
  let sending = 0;
  let movedAt = 0;
  const listenOrNot = (): void => {
    const full = calls >= mostCalls || line.bufferedAmount > mostWaitingBytes;
    if (full) line.pause();
    else if (line.isPaused) line.resume();
  };
  return {
    send: (data) =>
      new Promise((resolve) => {
        if (line.readyState !== WebSocket.OPEN) return resolve();
        if (sending === 0) movedAt = performance.now();
        sending += 1;
        line.send(data, () => {
          sending -= 1;
          movedAt = performance.now();
          listenOrNot();
          resolve();
        });
        listenOrNot();
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
