/**
 * Reads ticket files, all but the small ones in a thread beside the hub, one after another: however much somebody puts into one, and however odd it is, the hub goes on. Each has
 * a limit of time and of memory; a file that needs more is refused like any other that is no good. Owns the thread, which is started when it is needed
 * and ended when nothing came for a while.
 */

import { Worker } from 'node:worker_threads';
import type { Ticket } from '../../../../shared/ticket.ts';
import { said } from '../../../../shared/words/say.ts';
import { entryPath } from '../../entry.ts';
import type { Timers } from '../../ports/ports.ts';
import { type Listed, type TicketOptions, tooLarge } from './limits.ts';
import type { FromThread, ToThread } from './ticket-thread.ts';

/** Rejects only by a fault of the reader itself. */
export type ReadTicket = (name: string, bytes: Uint8Array, options: TicketOptions) => Promise<Listed>;

/** A list of 20,000 rows takes a tenth of it. */
const longestMs = 20_000;
const idleMs = 60_000;
const megabytes = 512;
/** Whatever stands in so few, it is read within some milliseconds: less than a thread costs. Most tickets of a shop are no larger. */
const fewBytes = 4096;

type Reading = { readonly told: (message: FromThread) => void; readonly failed: (error: Error & { readonly code?: string }) => void };

export function makeTicketReader(timers: Pick<Timers, 'after'>): ReadTicket {
  let thread: Worker | null = null;
  let reading: Reading | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let callOffEnd = (): void => undefined;

  const end = (): void => {
    void thread?.terminate();
    thread = null;
  };
  const start = (): Worker => {
    const started = new Worker(entryPath('intake/tickets/ticket-thread'), { resourceLimits: { maxOldGenerationSizeMb: megabytes } });
    // Whoever ends the hub does not wait for it.
    started.unref();
    const isMine = (): boolean => thread === started;
    started.on('message', (message: FromThread) => isMine() && reading?.told(message));
    started.on('error', (error) => isMine() && reading?.failed(error));
    started.on('exit', () => {
      if (!isMine()) return;
      thread = null;
      reading?.failed(new Error('the thread that reads tickets ended'));
    });
    return started;
  };

  const read = async (name: string, bytes: Uint8Array, options: TicketOptions): Promise<Listed> => {
    callOffEnd();
    thread ??= start();
    const { promise, resolve, reject } = Promise.withResolvers<Listed>();
    const tickets: Ticket[] = [];
    const ask = (message: ToThread): void => thread?.postMessage(message);
    reading = {
      told: (message) => {
        if (message.kind === 'refused') resolve(message.why);
        else if (message.kind === 'broke') reject(new Error(message.message));
        else {
          tickets.push(...message.tickets);
          const [first, ...others] = tickets;
          if (message.more) ask({ kind: 'next' });
          else if (first === undefined) reject(new Error('the thread that reads tickets told of none'));
          else {
            const { readAs, namedTwice, gaps } = message;
            resolve({ ok: true, tickets: [first, ...others], readAs, namedTwice, ...(gaps !== undefined && { gaps }) });
          }
        }
      },
      failed: (error) => {
        end();
        if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve(tooLarge(said('tickets.readsTooMuch', { megabytes })));
        else reject(error);
      },
    };
    const callOff = timers.after(longestMs, () => {
      end();
      resolve(tooLarge(said('tickets.readsTooLong', { seconds: longestMs / 1000 })));
    });
    const { xmlMapping, timeZone } = options;
    ask({ kind: 'read', name, bytes, options: { xmlMapping, timeZone } });
    try {
      return await promise;
    } finally {
      callOff();
      reading = null;
      callOffEnd = timers.after(idleMs, end);
    }
  };

  return async (name, bytes, options) => {
    // The formats are loaded when the first ticket comes: a hub that only gets files needs none of them.
    if (bytes.length <= fewBytes) return (await import('./parse.ts')).readTicketFile(name, bytes, options);
    const mine = last.then(() => read(name, bytes, options));
    last = mine.catch(() => undefined);
    return await mine;
  };
}
