/** What keeps speaking: the history since a number, as a page or a stream, and the live feed of the screens. */
import { checkSince, startOfStream, streamEvents } from './event-stream.ts';
import { guarded, guardedLists } from './procedures.ts';
import type { RouterParts } from './router.ts';

/** On a page, whatever is asked for. */
const mostEvents = 1000;

export function answerStreams({ store, live, stopping }: RouterParts) {
  const { events } = guarded;
  const until = (signal: AbortSignal | undefined): AbortSignal => (signal === undefined ? stopping : AbortSignal.any([signal, stopping]));

  return {
    events: {
      list: guardedLists.events.list.handler(async ({ input, signal }) => {
        const { items } = await store.ask(signal).eventsPage(input.since, Math.min(input.limit, mostEvents));
        return { items: [...items], seq: items.at(-1)?.seq ?? (await checkSince(store.read, input.since)) };
      }),
      stream: events.stream.handler(async ({ input, signal, lastEventId, context }) =>
        streamEvents(store, await startOfStream(store, input.since, lastEventId), until(signal), context.stillWelcome),
      ),
    },
    live: guardedLists.live.handler(async ({ input, signal, context }) => live.follow(input.since, until(signal), context.stillWelcome)),
  };
}
