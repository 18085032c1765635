/**
 * Who may come in. Owns the rules for host names, origins and tokens; both transports ask here and nowhere else.
 * Promises: nobody without a token gets past `identify`; a token is never kept, echoed or logged.
 */

import type { IncomingMessage } from 'node:http';
import type { Station } from '../../../shared/api.ts';
import { loopbackNames } from '../../../shared/loopback.ts';
import type { ForeignRequest } from '../../../shared/security.ts';
import { said } from '../../../shared/words/say.ts';
import type { Caller } from '../parts.ts';
import type { Reader } from '../store/store.ts';
import { hashToken, hasTokenForm, sameHash } from '../tokens.ts';
import type { WindowKeys } from '../window-keys.ts';
import type { Misuse } from './misuse.ts';
import { problem } from './problem.ts';
import type { Use } from './uses.ts';
import type { Welcomes } from './welcome.ts';
import { makeWrongTokens, type WrongToken } from './wrong-tokens.ts';

/** The page inside the desktop window; the only foreign origin. */
export const desktopOrigin = 'app://printfloor';

/** No station of the list has it. */
const windowId = 0;
/** Beside it, the window may set up a new floor. */
const firstSetUpId = -1;

/** The use of a token is written down this often, and when it comes from elsewhere. */
const seenEveryMs = 60_000;

/** Whose token it is, and where it came from. */
export type Visitor = Caller & {
  /** Null for the admin's own token; the window's is in no list and has an id of its own. */
  readonly stationId: number | null;
  readonly address: string;
  /** Aborts when the token opens nothing any more; null: the admin's own, which opens as long as the hub runs. */
  readonly welcome: AbortSignal | null;
  /** He asked for what he may not. */
  readonly onRefused: (what: string) => void;
};

export type Gate = {
  /** Throws 400 for two Host headers, 421 for a host name that is not ours (DNS rebinding) and 403 for a foreign page. */
  checkSource(request: IncomingMessage): void;
  /** Whose token this is. `authorization` is the header of the request or of one WebSocket message. Throws 401 or 429. */
  identify(authorization: string | undefined, address: string): Promise<Visitor>;
};

export type GateOptions = {
  readonly read: Pick<Reader, 'stationByTokenHash' | 'endedToken'>;
  readonly welcomes: Welcomes;
  /** A station was heard of. */
  readonly onMisuse: (misuse: Misuse) => void;
  /** A right token was used. */
  readonly onUsed: (use: Use) => void;
  /** Refused by where it comes from. What the sender named is not handed on. */
  readonly onForeign: (what: ForeignRequest, address: string) => void;
  readonly onSeen: (stationId: number, from: string) => void;
  readonly adminTokenHash: string;
  /** Null or left out where no window of the desktop belongs to this hub. */
  readonly windowKeys?: WindowKeys | null;
  /** Host names we answer to besides the loopback ones. */
  readonly host: string;
  readonly port: () => number;
  readonly now: () => number;
};

export function makeGate(options: GateOptions): Gate {
  const { read, welcomes, now } = options;
  const wrongTokens = makeWrongTokens(now);
  /** By their welcome: a station made after another was removed may get its id. */
  const seen = new WeakMap<AbortSignal, { readonly at: number; readonly from: string }>();

  const see = (stationId: number, welcome: AbortSignal, from: string): void => {
    const last = seen.get(welcome);
    if (last !== undefined && last.from === from && Math.abs(now() - last.at) < seenEveryMs) return;
    seen.set(welcome, { at: now(), from });
    options.onSeen(stationId, from);
  };
  /** Read again when somebody was sent away meanwhile: it may have been this one, and nobody else would notice. */
  const stationOf = async (hash: string): Promise<Station | null> => {
    for (;;) {
      const before = welcomes.sentAway();
      const station = await read.stationByTokenHash(hash);
      if (welcomes.sentAway() === before) return station;
    }
  };
  // A right token always passes, so that somebody guessing cannot lock the floor out.
  const refuse = (kind: WrongToken, address: string, station = ''): never => {
    options.onMisuse(
      kind === 'ended'
        ? { kind: 'tokenEnded', actor: null, address, about: station }
        : { kind: 'tokenWrong', actor: null, address, about: kind },
    );
    if (wrongTokens.count(kind, address)) throw problem('TOO_MANY_REQUESTS', said('refusals.tooManyTokens'));
    if (kind === 'ended')
      throw problem('UNAUTHORIZED', said('refusals.tokenEnded'), {
        tokenEnded: true,
      });
    throw problem('UNAUTHORIZED', said('refusals.tokenUnknown'));
  };

  const { windowKeys: keys = null } = options;
  const windowHashes = keys === null ? null : hashesOf(keys);
  /** The window of this hub, by one of its keys; null: it is another's. */
  const windowBy = (hash: string, address: string): Visitor | null => {
    if (keys === null || windowHashes === null) return null;
    if (sameHash(hash, windowHashes.token)) {
      const actor = `station ${keys.station}`;
      options.onUsed({ key: hash, actor, address, about: 'window' });
      const onRefused = (what: string): void => options.onMisuse({ kind: 'rightRefused', actor, address, about: what });
      return { role: 'station', actor, station: keys.station, stationId: windowId, address, welcome: null, onRefused };
    }
    if (keys.setUp === null || windowHashes.setUp === null || !sameHash(hash, windowHashes.setUp)) return null;
    if (keys.setUp.endsAt <= now()) return refuse('ended', address, 'first-set-up');
    options.onUsed({ key: hash, actor: 'admin', address, about: 'first-set-up' });
    const welcome = welcomes.of(firstSetUpId, keys.setUp.endsAt);
    return { role: 'admin', actor: 'admin', station: null, stationId: firstSetUpId, address, welcome, onRefused: () => undefined };
  };

  return {
    checkSource(request) {
      const foreign = (what: ForeignRequest): void => options.onForeign(what, request.socket.remoteAddress ?? '');
      if (headersNamed(request, 'host') > 1) {
        foreign('twoHosts');
        throw problem('BAD_REQUEST', said('refusals.twoHosts'));
      }
      const host = request.headers.host ?? '';
      if (!isOwnHost(host, options.host, options.port())) {
        foreign('otherHost');
        throw problem('MISDIRECTED_REQUEST', said('refusals.otherHost'));
      }
      if (!isOwnOrigin(request.headers.origin, host)) {
        foreign('otherSite');
        throw problem('FORBIDDEN', said('refusals.otherSite'));
      }
    },
    async identify(authorization, address) {
      const [, token] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? [];
      if (token === undefined) throw problem('UNAUTHORIZED', said('refusals.noToken'));
      if (!hasTokenForm(token)) return refuse('unreadable', address);
      const hash = hashToken(token);
      if (sameHash(hash, options.adminTokenHash)) {
        options.onUsed({ key: hash, actor: 'admin', address, about: 'admin-token' });
        return { role: 'admin', actor: 'admin', station: null, stationId: null, address, welcome: null, onRefused: () => undefined };
      }
      const window = windowBy(hash, address);
      if (window !== null) return window;
      const station = await stationOf(hash);
      if (station === null) {
        const was = await read.endedToken(hash);
        return was === null ? refuse('unknown', address) : refuse('ended', address, was);
      }
      const { id, role, name } = station;
      const endsAt = station.endsAt === null ? null : Date.parse(station.endsAt);
      if (endsAt !== null && endsAt <= now()) return refuse('ended', address, name);
      const welcome = welcomes.of(id, endsAt);
      see(id, welcome, address);
      const actor = `station ${name}`;
      options.onUsed({ key: hash, actor, address, about: name });
      const onRefused = (what: string): void => options.onMisuse({ kind: 'rightRefused', actor, address, about: what });
      return { role, actor, station: name, stationId: id, address, welcome, onRefused };
    },
  };
}

function hashesOf({ token, setUp }: WindowKeys): { readonly token: string; readonly setUp: string | null } {
  return { token: hashToken(token), setUp: setUp === null ? null : hashToken(setUp.token) };
}

/** How often a header was sent: what Node hands on is only the first one. */
function headersNamed({ rawHeaders }: IncomingMessage, name: string): number {
  return rawHeaders.filter((text, at) => at % 2 === 0 && text.toLowerCase() === name).length;
}

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
