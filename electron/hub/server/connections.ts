/**
 * Every socket that comes in. One over which a right token came is known; any other is a stranger's, and strangers have places of their own: when these
 * are full the one that has been quiet longest is let go. So nobody without a token can take the places of the stations, or the last file handle.
 */
import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { safetyLines } from './headers.ts';
import type { Tally } from './tally.ts';

/** Far more than the pages of 50 stations open at once before they have shown their token. */
const mostStrangers = 200;
/** Lines and calls of 50 stations with some pages each. Both together leave room for the hub's own files where a process may have 1,024. */
const mostKnown = 500;
/** What is refused gets this long to read why, and to leave. */
const refusedMs = 1000;

export type Connections = {
  /** A right token came over this socket. False when there is no place left: then it is not to be served. */
  welcome(socket: Duplex): boolean;
};

export function guardConnections(server: Server, tally: Tally): Connections {
  /** In the order of their last sign of life. */
  const strangers = new Set<Duplex>();
  const known = new Set<Duplex>();
  server.maxConnections = mostStrangers + mostKnown;
  server.on('connection', (socket) => {
    strangers.add(socket);
    socket.once('close', () => {
      strangers.delete(socket);
      known.delete(socket);
    });
    const [quietest] = strangers;
    if (strangers.size <= mostStrangers || quietest === undefined) return;
    tally.count('a connection without a token, to make room for another');
    strangers.delete(quietest);
    quietest.destroy();
  });
  server.on('request', ({ socket }) => {
    if (strangers.delete(socket)) strangers.add(socket);
  });

  return {
    welcome(socket) {
      if (known.has(socket)) return true;
      if (known.size >= mostKnown) return false;
      if (strangers.delete(socket)) known.add(socket);
      return true;
    },
  };
}

/** Says the last words on a socket that is no HTTP any more, and lets go of it, whether the other side does or not. */
export function refuseSocket(socket: Duplex, status: string, body: string): void {
  socket.on('error', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n${safetyLines}\r\n${body}`,
  );
  // What it still sends is read and thrown away: unread, it would tear the answer out of its hands
  socket.resume();
  setTimeout(() => socket.destroy(), refusedMs).unref();
}
