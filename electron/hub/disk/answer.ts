/** Answers disk requests on any line of messages: a forked process or a port of Electron. */
import { asDiskFault } from './fault.ts';
import { system } from './files.ts';
import { workForHub } from './live.ts';
import { runOperation } from './operations.ts';
import type { DiskAnswer, DiskRequest } from './protocol.ts';

/** Progress is told at most this often. */
const progressEveryMs = 500;

export async function answerRequest(request: DiskRequest, send: (answer: DiskAnswer) => void): Promise<void> {
  let toldAt = system.clock.monotonic();
  let flushed = 0;
  const report = (bytes: number, flushing = 0): void => {
    const now = system.clock.monotonic();
    // A flush is told as it begins and ends: nobody hears anything in between.
    if (now - toldAt < progressEveryMs && flushing === flushed) return;
    toldAt = now;
    flushed = flushing;
    send({ id: request.id, kind: 'progress', bytes, flushing });
  };
  workForHub(request.hub ?? null);
  try {
    send({ id: request.id, kind: 'done', result: await runOperation(request.call, request.args, report) });
  } catch (error) {
    const { code, message, path } = asDiskFault(error);
    send({ id: request.id, kind: 'failed', code, message, path });
  }
}
