/**
 * The history as a stream: every event after `since`, once, in order, and then each new one. It is pulled from the store by seq and only
 * woken by changes, so that a slow reader costs a number and not a queue.
 */

import { withEventMeta } from '@orpc/server';
import type { JobEvent } from '../../../shared/event.ts';
import { said } from '../../../shared/words/say.ts';
import type { Reader, Store } from '../store/store.ts';
import { makeBell } from './bell.ts';
import { problem } from './problem.ts';

const pageSize = 500;

/**
 * Each event carries its seq as the id of the message. Ends when `signal` aborts; `stillWelcome` is asked at times and ends it by throwing.
 */
export async function* streamEvents(
  store: Store,
  since: number,
  signal: AbortSignal,
  stillWelcome: () => Promise<unknown>,
  recheckMs = 10_000,
): AsyncGenerator<JobEvent> {
  const bell = makeBell();
  const silence = store.onChange((change) => {
    if (change.events.length > 0) bell.ring();
  });
  try {
    let seq = since;
    let checkedAt = performance.now();
    while (!signal.aborted) {
      const { items, next } = await store.read.eventsPage(seq, pageSize);
      for (const event of items) {
        if (signal.aborted) return;
        yield withEventMeta({ ...event }, { id: String(event.seq) });
        seq = event.seq;
      }
      if (next === null) await bell.heard(signal, recheckMs);
      if (performance.now() - checkedAt >= recheckMs) {
        await stillWelcome();
        checkedAt = performance.now();
      }
    }
  } finally {
    silence();
  }
}

/**
 * Whoever knows more than the record has is of another record, or of one that came back from an older copy: what came since would pass him by.
 * @throws 409
 */
export async function checkSince(read: Pick<Reader, 'lastSeq'>, since: number): Promise<number> {
  const last = await read.lastSeq();
  if (since <= last) return since;
  throw problem('CONFLICT', said('refusals.otherRecord', { last, since }));
}

/** Where a stream begins: after the last event the reader has seen, else after `since`, else now. */
export async function startOfStream(store: Store, since: number | undefined, lastEventId: string | undefined): Promise<number> {
  if (lastEventId === undefined || lastEventId === '')
    return since === undefined ? await store.read.lastSeq() : await checkSince(store.read, since);
  if (!/^\d{1,15}$/.test(lastEventId)) throw problem('BAD_REQUEST', said('refusals.notASeq'));
  return await checkSince(store.read, Number(lastEventId));
}
