/**
 * Requests of one connection that are sent before the answers to the ones before: each is read and answered whether anybody takes the answer or not, and a thousand
 * of them fit into one packet. No browser and no client library does so by itself; whoever has more than a few unanswered loses his connection.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Tally } from './tally.ts';

const mostUnanswered = 4;

/** False: this request is not to be answered, its connection is cut. */
export type MayAnswer = (request: IncomingMessage, response: ServerResponse) => boolean;

export function limitPipelines(tally: Tally): MayAnswer {
  const unanswered = new WeakMap<Duplex, number>();
  return ({ socket }, response) => {
    // What came with the one too many in the same packet may be handed on all the same
    if (socket.destroyed) return false;
    const now = (unanswered.get(socket) ?? 0) + 1;
    if (now > mostUnanswered) {
      tally.count('a connection that sent many requests without taking the answers');
      leaveTheRest(socket);
      socket.destroy();
      return false;
    }
    unanswered.set(socket, now);
    response.once('close', () => unanswered.set(socket, (unanswered.get(socket) ?? 1) - 1));
    return true;
  };
}

/** What the parser takes for "something else follows" (llhttp, on_headers_complete). */
const endOfMessages = 2;

/**
 * Node reads to its end what came in one packet, thousands of requests, though their connection is gone. Its parser stops when it is told that something else
 * than HTTP follows. There is no documented way to tell it; where this one is gone, the packet is read as before and nothing of it answered.
 */
function leaveTheRest(socket: Duplex): void {
  const { parser } = socket as Duplex & { readonly parser?: { onIncoming?: () => number } | null };
  if (parser !== undefined && parser !== null) parser.onIncoming = () => endOfMessages;
}
