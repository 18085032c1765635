/**
 * Who may come in. Owns the rules for host names, origins and tokens; both transports ask here and nowhere else.
 * Promises: nobody without a token gets past `identify`; a token is never kept, echoed or logged.
 */
import type { IncomingMessage } from 'node:http';
import type { Caller } from '../parts.ts';
import type { Reader } from '../store/store.ts';
import { hashToken, sameHash } from '../tokens.ts';
import { problem } from './problem.ts';

/** The page inside the desktop window; the only foreign origin. */
export const desktopOrigin = 'app://printfloor';

/** Wrong tokens an address may try in a minute before it is told to wait. */
const wrongTokensAMinute = 20;
const minuteMs = 60_000;

export type Gate = {
  /** Throws 421 for a host name that is not ours (DNS rebinding) and 403 for a foreign page. */
  checkSource(request: IncomingMessage): void;
  /** Whose token this is. `authorization` is the header of the request or of one WebSocket message. Throws 401 or 429. */
  identify(authorization: string | undefined, address: string): Promise<Caller>;
};

export type GateOptions = {
  readonly read: Pick<Reader, 'stationByTokenHash'>;
  readonly adminTokenHash: string;
  /** Host names we answer to besides the loopback ones. */
  readonly host: string;
  readonly port: () => number;
  readonly now: () => number;
};

export function makeGate(options: GateOptions): Gate {
  const wrongTokens = new Map<string, { count: number; since: number }>();

  const countWrong = (address: string): number => {
    const now = options.now();
    for (const [other, entry] of wrongTokens) if (now - entry.since >= minuteMs) wrongTokens.delete(other);
    const entry = wrongTokens.get(address) ?? { count: 0, since: now };
    entry.count += 1;
    wrongTokens.set(address, entry);
    return entry.count;
  };

  return {
    checkSource(request) {
      const host = request.headers.host ?? '';
      if (!isOwnHost(host, options.host, options.port())) {
        throw problem('MISDIRECTED_REQUEST', 'This hub does not go by that host name.', 'Use the address the hub prints when it starts.');
      }
      if (!isOwnOrigin(request.headers.origin, host)) {
        throw problem(
          'FORBIDDEN',
          'A page of another site may not talk to this hub.',
          'Open the page of the hub itself, or send no Origin header.',
        );
      }
    },
    async identify(authorization, address) {
      const token = /^Bearer +([A-Za-z0-9_-]{1,200})$/i.exec(authorization ?? '')?.[1];
      if (token === undefined)
        throw problem(
          'UNAUTHORIZED',
          'A token is needed.',
          'Send the header "Authorization: Bearer TOKEN" with the token of the admin or of a station.',
        );
      const hash = hashToken(token);
      if (sameHash(hash, options.adminTokenHash)) return { role: 'admin', actor: 'admin', station: null };
      const station = await options.read.stationByTokenHash(hash);
      if (station !== null) return { role: station.role, actor: `station ${station.name}`, station: station.name };
      // A right token always passes, so that somebody guessing on this machine cannot lock the floor out.
      if (countWrong(address) > wrongTokensAMinute)
        throw problem('TOO_MANY_REQUESTS', 'Too many wrong tokens from this address.', 'Wait a minute, then use the right token.');
      throw problem(
        'UNAUTHORIZED',
        'This token is not known here.',
        'Use the token in the file admin-token of the data folder, or ask the admin for a new one for this station.',
      );
    },
  };
}

const loopbackNames = ['127.0.0.1', 'localhost', '[::1]'];

/** Is this Host header one of ours? Pure. */
export function isOwnHost(host: string, ownName: string, port: number): boolean {
  const names = [...loopbackNames, ownName.includes(':') ? `[${ownName}]` : ownName.toLowerCase()];
  const asked = port === 80 && !/:\d+$/.test(host) ? `${host}:80` : host;
  return names.some((name) => asked.toLowerCase() === `${name}:${port}`);
}

/** No origin (not a browser, or a plain visit), our own page, or the desktop window. `null` is foreign. Pure. */
export function isOwnOrigin(origin: string | undefined, host: string): boolean {
  return origin === undefined || origin === desktopOrigin || origin.toLowerCase() === `http://${host.toLowerCase()}`;
}
