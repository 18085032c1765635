/**
 * What people ask of a large record is read in a thread beside the hub, so that it holds up no arrival, no scan and no push: each question has a time limit, is forgotten when its
 * asker leaves, and so many wait and no more. Owns the thread. Nothing breaks off a statement of SQLite: a thread that works on a question nobody waits for any more is left to end
 * with it, and another one answers the rest. A small record is read by the hub itself, in less than a thread costs; so is any while there is no thread.
 */
import { statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { entryPath } from '../../entry.ts';
import { Refusal } from '../../parts.ts';
import type { Clock, Timers } from '../../ports/ports.ts';
import { type Beside, giveTurns, longestQuestionMs, mostQuestions, ThreadLost, unanswered } from '../beside.ts';
import { rawOf } from '../record-trouble.ts';
import type { Asked } from '../store.ts';
import type { FromReadingThread, ToReadingThread } from './reading-thread.ts';

export type BesideOptions = {
  readonly timers: Pick<Timers, 'after' | 'turn'>;
  readonly clock: Pick<Clock, 'monotonic'>;
  /** Bytes of a record that is large. */
  readonly largeFrom?: number;
  readonly longestMs?: number;
  readonly mostWaiting?: number;
  /** So long the thread may work on for an asker who has left. */
  readonly leftMs?: number;
  readonly mostLeft?: number;
  /** The thread ended by itself. */
  readonly onLost?: (why: string) => void;
};

/** Some seven thousand jobs, of which the longest question reads a hundredth of a second. */
const largeRecord = 32 * 1024 * 1024;
const startAgainAfterMs = 60_000;
/** A record does not become large from one question to the next. */
const lookAgainAfterMs = 10_000;
const closeWithinMs = 2000;
/** Most questions are answered by then, and a thread costs more. */
const longestForNobodyMs = 1000;
/** Threads that still work for nobody. With more nothing is asked before one of them has ended: each takes a core and the disk from the others. */
const mostLeftBehind = 2;

type Question = {
  readonly name: keyof Asked;
  readonly args: readonly unknown[];
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
};

function bytesOf(path: string): number {
  return [path, `${path}-wal`].reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);
}

export function startBeside(path: string, options: BesideOptions): Beside {
  const {
    timers,
    clock,
    largeFrom = largeRecord,
    longestMs = longestQuestionMs,
    mostWaiting = mostQuestions,
    leftMs = longestForNobodyMs,
    mostLeft = mostLeftBehind,
    onLost = () => undefined,
  } = options;
  const questions = new Map<number, Question>();
  let thread: Worker | null = null;
  let isClosed = false;
  let lostAt = Number.NEGATIVE_INFINITY;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let nextId = 1;
  /** What the thread works on. */
  let inHand: number | null = null;
  const leftBehind = new Set<Worker>();

  const tell = (message: ToReadingThread): void => thread?.postMessage(message);
  const hear = (message: FromReadingThread): void => {
    if (message.kind === 'begun') {
      inHand = message.id;
      return;
    }
    inHand = null;
    const question = questions.get(message.id);
    switch (message.kind) {
      case 'answer':
        question?.resolve(message.answer);
        return;
      case 'refused':
        question?.reject(new Refusal(message.code, message.said));
        return;
      case 'broke':
        question?.reject(Object.assign(new Error(message.message), { stack: message.stack, code: message.code }));
        return;
      default:
        message satisfies never;
    }
  };
  const lose = (gone: Worker, why: string): void => {
    if (thread !== gone) return;
    thread = null;
    lostAt = clock.monotonic();
    if (!isClosed) onLost(why);
    for (const { reject } of questions.values()) reject(new ThreadLost('the thread that reads ended'));
  };
  const start = (): void => {
    const now = clock.monotonic();
    if (isClosed || now - lostAt < startAgainAfterMs || now - lookedAt < lookAgainAfterMs) return;
    lookedAt = now;
    if (bytesOf(path) >= largeFrom) startThread();
  };
  const startThread = (): void => {
    const started = new Worker(entryPath('store/sqlite/reading-thread'), { workerData: path });
    // Whoever ends the hub does not wait for it.
    started.unref();
    started.on('message', (message: FromReadingThread) => {
      if (thread === started) hear(message);
    });
    started.on('error', (error) => lose(started, rawOf(error)));
    started.on('exit', (code) => {
      // Where none was left to ask: the next question would be the hub's own, which stands still meanwhile.
      if (leftBehind.delete(started) && thread === null && !isClosed) startThread();
      lose(started, `exit ${code}`);
    });
    thread = started;
    inHand = null;
  };
  /** What it works on is nobody's any more; the questions behind that are asked anew, of another one. */
  const leaveBehind = (): void => {
    if (thread === null || isClosed) return;
    leftBehind.add(thread);
    void thread.terminate();
    thread = null;
    inHand = null;
    if (leftBehind.size > mostLeft) for (const { reject } of [...questions.values()]) reject(unanswered.tooMuch());
    else startThread();
    for (const [id, { name, args }] of questions) tell({ kind: 'ask', id, name, args });
  };

  const ask = (name: keyof Asked, args: readonly unknown[], leaves: AbortSignal | undefined): Promise<unknown> => {
    const id = nextId++;
    return new Promise((resolve, reject) => {
      const end = (): void => {
        questions.delete(id);
        callOff();
        leaves?.removeEventListener('abort', forget);
      };
      const giveUp = (why: Refusal): void => {
        tell({ kind: 'forget', id });
        end();
        reject(why);
      };
      const unlessEnded = (): void => {
        if (inHand === id) leaveBehind();
      };
      const forget = (): void => {
        giveUp(unanswered.hasLeft());
        if (inHand === id) timers.after(leftMs, unlessEnded);
      };
      const callOff = timers.after(longestMs, () => {
        giveUp(unanswered.tooLong(longestMs));
        unlessEnded();
      });
      leaves?.addEventListener('abort', forget, { once: true });
      const answered = (how: () => void) => {
        end();
        how();
      };
      questions.set(id, {
        name,
        args,
        resolve: (answer) => answered(() => resolve(answer)),
        reject: (error) => answered(() => reject(error)),
      });
      tell({ kind: 'ask', id, name, args });
    });
  };

  start();
  return {
    ask: (name, args, leaves) => {
      if (leftBehind.size > mostLeft) return Promise.reject(unanswered.tooMuch());
      if (thread === null && leftBehind.size > 0) startThread();
      if (thread === null) start();
      if (thread === null) return null;
      if (leaves?.aborted === true) return Promise.reject(unanswered.hasLeft());
      if (questions.size >= mostWaiting) return Promise.reject(unanswered.tooMuch());
      return ask(name, args, leaves);
    },
    inTurn: giveTurns(timers),
    close: async () => {
      isClosed = true;
      const ending = thread;
      if (ending === null) return;
      const ended = Promise.withResolvers<void>();
      // Nothing else may keep the process until then.
      ending.ref();
      ending.once('exit', () => ended.resolve());
      tell({ kind: 'close' });
      const callOff = timers.after(closeWithinMs, () => void ending.terminate());
      await ended.promise;
      callOff();
    },
  };
}
