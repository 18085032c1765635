/** What keeps speaking: the history since a number, as a page or a stream, and the live feed of the screens. */
import { fitting, mostPageBytes } from '../store/cursor.ts';
import { checkSince, startOfStream, streamEvents } from './event-stream.ts';
import { guarded } from './procedures.ts';
import type { RouterParts } from './router.ts';

export function answerStreams({ store, live, stopping }: RouterParts) {
  const { events } = guarded;
  const until = (signal: AbortSignal | undefined): AbortSignal => (signal === undefined ? stopping : AbortSignal.any([signal, stopping]));

  return {
    events: {
      list: events.list.handler(async ({ input }) => {
        const found = await store.read.eventsSince(input.since, input.limit);
        const items = found.slice(0, Math.max(1, fitting(found, mostPageBytes).count));
        return { items, seq: items.at(-1)?.seq ?? (await checkSince(store.read, input.since)) };
      }),
      stream: events.stream.handler(async ({ input, signal, lastEventId, context }) =>
        streamEvents(store, await startOfStream(store, input.since, lastEventId), until(signal), context.stillWelcome),
      ),
    },
    live: guarded.live.handler(async ({ input, signal, context }) => live.follow(input.since, until(signal), context.stillWelcome)),
  };
}
