/**
 * Entry of the thread that reads the record for people: with a connection of its own, one question after another, each of the moment at which it is begun, so that what was
 * acknowledged before it was asked is in its answer. Never writes.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { Said } from '../../../../shared/words/say.ts';
import { Refusal, type RefusedWith } from '../../parts.ts';
import { systemClock, systemTimers } from '../../ports/system.ts';
import { patiently } from '../patiently.ts';
import { makeReader } from '../reader.ts';
import { codeOf } from '../record-trouble.ts';
import type { Asked } from '../store.ts';
import { neverWaitForLocks, openForReading, snapshotsOf } from './connect.ts';

export type ToReadingThread =
  | { readonly kind: 'ask'; readonly id: number; readonly name: keyof Asked; readonly args: readonly unknown[] }
  /** Nobody waits for that answer any more. */
  | { readonly kind: 'forget'; readonly id: number }
  | { readonly kind: 'close' };
export type FromReadingThread =
  /** From now on nothing else is heard before it is answered. */
  | { readonly kind: 'begun'; readonly id: number }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly kind: 'refused'; readonly id: number; readonly code: RefusedWith; readonly said: Said }
  /** `code`: of SQLite, by which damage is told. */
  | { readonly kind: 'broke'; readonly id: number; readonly message: string; readonly stack: string; readonly code: string };

if (parentPort === null) throw new Error('This is the entry of a thread');
const hub = parentPort;
const database = openForReading(String(workerData));
neverWaitForLocks(database);
const snapshot = snapshotsOf(database);
/** Shorter than the limit of a question: who asked is told that another program holds the file, and not that it took long. */
const longestHeldMs = 5000;
const read = makeReader((work) => patiently({ clock: systemClock, timers: systemTimers }, () => snapshot(work), longestHeldMs));
const waiting = new Map<number, Extract<ToReadingThread, { kind: 'ask' }>>();
let isWorking = false;
let isClosing = false;

async function answer({ id, name, args }: Extract<ToReadingThread, { kind: 'ask' }>): Promise<FromReadingThread> {
  try {
    const ask = read[name] as (...asked: readonly unknown[]) => Promise<unknown>;
    return { kind: 'answer', id, answer: await ask(...args) };
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'refused', id, code: error.code, said: error.said };
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    return { kind: 'broke', id, message, stack, code: codeOf(error) };
  }
}

async function workOff(): Promise<void> {
  isWorking = true;
  for (let [next] = waiting.values(); next !== undefined && !isClosing; [next] = waiting.values()) {
    waiting.delete(next.id);
    hub.postMessage({ kind: 'begun', id: next.id } satisfies FromReadingThread);
    hub.postMessage(await answer(next));
    // Who has left meanwhile is heard before the next one.
    await systemTimers.turn();
  }
  isWorking = false;
  if (isClosing) close();
}

function close(): void {
  database.close();
  hub.close();
}

hub.on('message', (message: ToReadingThread) => {
  switch (message.kind) {
    case 'ask':
      waiting.set(message.id, message);
      if (!isWorking) void workOff();
      return;
    case 'forget':
      waiting.delete(message.id);
      return;
    case 'close':
      isClosing = true;
      if (!isWorking) close();
      return;
    default:
      message satisfies never;
  }
});
