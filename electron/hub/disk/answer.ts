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
  const report = (bytes: number): void => {
    const now = system.clock.monotonic();
    if (now - toldAt < progressEveryMs) return;
    toldAt = now;
    send({ id: request.id, kind: 'progress', bytes });
  };
  workForHub(request.hub ?? null);
  try {
    send({ id: request.id, kind: 'done', result: await runOperation(request.call, request.args, report) });
  } catch (error) {
    const { code, message, path } = asDiskFault(error);
    send({ id: request.id, kind: 'failed', code, message, path });
  }
}
