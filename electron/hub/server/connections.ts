/**
 * Every socket that comes in. One over which a right token came is known, and takes a place of its token; any other is a stranger's, and strangers have places
 * of their own. So nobody without a token can take the places of the stations, or the last file handle, and no token those of the others.
 */
import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Visitor } from './gate.ts';
import { safetyLines } from './headers.ts';
import { nextPace, type Pace } from './pace.ts';
import { tooManyConnections, tooManyOfToken } from './problem.ts';
import type { Tally } from './tally.ts';

/**
 * Of strangers' connections, those that have asked for nothing yet, and those that have, such as a page that loads its assets. Places for each, so that neither who
 * only connects pushes out a page, nor who asks and asks keeps out a new one. Far more than the pages of 50 stations open at once before they show their token.
 */
const mostSilent = 150;
const mostAsking = 100;
/** From one address, of either: whoever has more is let go before all others. */
const mostOfAddress = 50;
/** Lines and calls of 50 stations with some pages each. All together leave room for the hub's own files where a process may have 1,024. */
const mostKnown = 500;
/** Of those for one token: what it may ask at once over HTTP (hands.ts), or fifty pages that share one. */
const mostOfToken = 200;
/** Of those kept for admins, who can revoke the token that has taken the rest. */
const keptForAdmins = 50;
/** Who comes meanwhile takes the place of somebody who is just being let go. */
const between = 10;
/** What is refused gets this long to read why, and to leave. */
const refusedMs = 1000;
const paceEveryMs = 5000;

type Token = Pick<Visitor, 'role' | 'stationId' | 'welcome'>;
/** With their addresses, in the order of their last sign of life. */
type Strangers<Key = Duplex> = Map<Key, string>;

export type Connections = {
  /** A right token came over this socket. @throws 429 or 503 when there is no place left: then it is not to be served */
  welcome(socket: Duplex, token: Token): void;
  stop(): void;
};

export function guardConnections(server: Server, tally: Tally): Connections {
  const silent: Strangers = new Map();
  const asking: Strangers = new Map();
  const known = new Map<Duplex, Token>();
  const paces = new Map<Socket, Pace | null>();

  const keepTo = (most: number, strangers: Strangers): void => {
    const socket = strangers.size > most ? quietestOf(strangers) : null;
    if (socket === null) return;
    tally.count('a connection without a token, to make room for another');
    strangers.delete(socket);
    socket.destroy();
  };
  const leave = (socket: Duplex): boolean => silent.delete(socket) || asking.delete(socket);
  const hear = ({ socket }: IncomingMessage): void => {
    if (!leave(socket)) return;
    asking.set(socket, socket.remoteAddress ?? '');
    keepTo(mostAsking, asking);
  };
  const place = (socket: Duplex, token: Token): void => {
    const others = [...known.values()];
    if (others.filter(({ stationId }) => stationId === token.stationId).length >= mostOfToken) throw tooManyOfToken();
    const stations = others.filter(({ role }) => role !== 'admin').length;
    const full = others.length >= mostKnown || (token.role !== 'admin' && stations >= mostKnown - keptForAdmins);
    if (full) throw tooManyConnections();
    if (!leave(socket)) return;
    known.set(socket, token);
    endWithWelcome(socket, token);
  };

  server.maxConnections = mostSilent + mostAsking + mostKnown + between;
  server.on('connection', (socket) => {
    silent.set(socket, socket.remoteAddress ?? '');
    paces.set(socket, null);
    socket.once('close', () => {
      leave(socket);
      known.delete(socket);
      paces.delete(socket);
    });
    keepTo(mostSilent, silent);
  });
  for (const occasion of ['request', 'checkContinue', 'upgrade'] as const) server.on(occasion, hear);

  const pacing = setInterval(() => {
    for (const [socket, pace] of paces) {
      const next = nextPace(pace, { sent: socket.bytesWritten, waiting: socket.writableLength }, performance.now());
      if (next !== 'slow') paces.set(socket, next);
      else {
        tally.count('a reader that is too slow');
        socket.destroy();
      }
    }
  }, paceEveryMs).unref();

  return {
    welcome(socket, token) {
      if (!known.has(socket)) place(socket, token);
    },
    stop: () => {
      clearInterval(pacing);
      server.off('upgrade', hear);
    },
  };
}

/** One whose token opens nothing any more keeps no place of it, though it asks for something now and then. */
function endWithWelcome(socket: Duplex, { welcome }: Token): void {
  const end = (): void => void setTimeout(() => socket.destroy(), refusedMs).unref();
  welcome?.addEventListener('abort', end, { once: true });
  socket.once('close', () => welcome?.removeEventListener('abort', end));
  if (welcome?.aborted === true) end();
}

/** Who is let go, so that another may come in: first somebody of an address from which very many come, and of these the one that has been quiet longest. Pure. */
export function quietestOf<Key>(strangers: ReadonlyMap<Key, string>): Key | null {
  const all = [...strangers];
  const counts = new Map<string, number>();
  for (const [, address] of all) counts.set(address, (counts.get(address) ?? 0) + 1);
  const most = Math.max(...counts.values());
  const [key] = (most > mostOfAddress ? all.find(([, address]) => counts.get(address) === most) : all[0]) ?? [null];
  return key;
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
