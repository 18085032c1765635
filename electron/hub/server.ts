/**
 * Opens the hub to the outside: shared/api.ts over HTTP under /api and over WebSocket at /ws, its description, and the page.
 * Owns the listening socket and everything on it. Promises: nothing is answered without a token but the page and the description;
 * after `stop` nothing of it is left, within a second.
 */

import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ForeignRequest } from '../../shared/security.ts';
import { said } from '../../shared/words/say.ts';
import { framesOf } from './log.ts';
import { guardConnections, refuseSocket } from './server/connections.ts';
import { makeGate } from './server/gate.ts';
import { makeHands } from './server/hands.ts';
import { setSafetyHeaders } from './server/headers.ts';
import { startHours } from './server/hours.ts';
import { makeAnswerRequest } from './server/http.ts';
import { startLive } from './server/live.ts';
import { gatherMisuses } from './server/misuse.ts';
import { listenOnOther } from './server/other-loopback.ts';
import { nameOfPage } from './server/page.ts';
import { limitPipelines } from './server/pipelines.ts';
import { problem, problemBody } from './server/problem.ts';
import { sendProblem } from './server/reply.ts';
import { makeRouter, type RouterParts } from './server/router.ts';
import type { ServerParts } from './server/server-parts.ts';
import { openSockets, slowReaderMs } from './server/sockets.ts';
import { inLanguage, type Speech, startSpeech } from './server/speech.ts';
import { makeTally } from './server/tally.ts';
import { toldReader } from './server/told-reader.ts';
import { sweepUploads } from './server/uploads.ts';
import { noteUses } from './server/uses.ts';
import { makeWelcomes } from './server/welcome.ts';

export type { ServerParts } from './server/server-parts.ts';

/** Not by an import: that reads every name of the module at once, and so loads the client of the web that is behind one of them: a tenth of the start, and memory for good. */
const { createServer } = process.getBuiltinModule('node:http');

/** A connection that has not said what it wants by then is let go. */
const headersMs = 5000;
/** What requests in hand get to finish when the hub stops. */
const finishMs = 500;

export type RunningServer = { readonly url: string; readonly port: number; stop(): Promise<void> };

const foreignWords: Readonly<Record<ForeignRequest, string>> = {
  twoHosts: 'a request that names two hosts',
  otherHost: 'a request for another host name',
  otherSite: 'a request by a page of another site',
};

/** Listens and answers. Throws when the port is taken. */
export async function startServer(asked: ServerParts): Promise<RunningServer> {
  const given = { ...asked, store: { ...asked.store, ...toldReader(asked.store) } };
  const { log } = given;
  const report = given.report ?? ((error: unknown): void => log`A mistake of the hub's own: ${error} at ${framesOf(error)}`);
  const host = given.host ?? '127.0.0.1';
  const stopping = new AbortController();
  const hours = await startHours(given.store);
  const live = startLive(given.store, given.hotFolders, report, undefined, given.now, hours);
  const welcomes = makeWelcomes(given.now);
  const speech = await startSpeech(given.store);
  const parts: RouterParts = {
    ...given,
    live,
    page: nameOfPage(given.uiPath),
    report,
    speech,
    hours,
    sendAway: welcomes.sendAway,
    stopping: stopping.signal,
  };
  const router = makeRouter(parts);
  // Uploads may take hours, so only the headers have a time limit here; bodies have their own
  const server = createServer({
    headersTimeout: headersMs,
    connectionsCheckingInterval: 1000,
    requestTimeout: 0,
    keepAliveTimeout: 5000,
    requireHostHeader: false,
  });
  const tally = makeTally(log);
  const misuses = gatherMisuses(asked.store, given.now);
  // Asked also while the server stops, when it has no address any more and what is open is still answered.
  let port = given.port;
  const gate = makeGate({
    read: asked.store.read,
    welcomes,
    // What cannot be recorded at present is told elsewhere, and this is said again in a minute.
    onMisuse: misuses.note,
    onUsed: noteUses((entry) => asked.store.write((tx) => tx.noteSecurity(entry, given.now())), given.now),
    onForeign: (what, address) => {
      tally.count(foreignWords[what]);
      misuses.note({ kind: 'foreignRequest', actor: null, address, about: what });
    },
    onSeen: (id, from) => void given.store.write((tx) => tx.seeStation(id, given.now(), from)).catch(() => undefined),
    adminTokenHash: given.adminTokenHash,
    windowKeys: given.windowKeys ?? null,
    host,
    port: () => port,
    now: given.now,
  });
  const connections = guardConnections(server, tally);
  const hands = makeHands(() => tally.count('a call with a token that asks for too much at once'));
  const answer = makeAnswerRequest(parts, router, { gate, connections, hands });
  // A connection on which nothing moves is told of after one such time, or two
  server.setTimeout(slowReaderMs / 2);
  const mayAnswer = limitPipelines(tally);
  for (const occasion of ['request', 'checkContinue'] as const)
    server.on(occasion, (request, response) => {
      if (mayAnswer(request, response)) void answer(request, response);
    });
  server.on('checkExpectation', (request, response) => {
    if (!mayAnswer(request, response)) return;
    setSafetyHeaders(response);
    sendProblem(request, response, problem('EXPECTATION_FAILED', said('refusals.expectsUnknown')), parts);
  });
  server.on('clientError', (error, socket) => refuseGarbage(error, socket, speech));
  const sockets = openSockets(server, { router, gate, connections, hands, report, tally, speech });
  try {
    await sweepUploads(given);
    await listen(server, host, given.port);
  } catch (error) {
    live.stop();
    speech.stop();
    hours.stop();
    connections.stop();
    await sockets.stop();
    throw error;
  }
  port = portOf(server);
  const other = host === '127.0.0.1' ? await listenOnOther(server, port, log) : null;

  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    async stop() {
      stopping.abort();
      live.stop();
      speech.stop();
      hours.stop();
      tally.stop();
      welcomes.stop();
      connections.stop();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      other?.close();
      server.closeIdleConnections();
      const cut = setTimeout(() => server.closeAllConnections(), finishMs);
      await Promise.all([sockets.stop(), closed, misuses.stop()]);
      clearTimeout(cut);
    },
  };
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** What is no HTTP at all still gets the one shape. */
function refuseGarbage(error: Error & { code?: string }, socket: Duplex, speech: Speech): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, told] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? (['431 Request Header Fields Too Large', problem('HEADERS_TOO_LARGE', said('refusals.headersTooLarge'))] as const)
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? (['408 Request Timeout', problem('REQUEST_TIMEOUT', said('refusals.requestLate'))] as const)
        : (['400 Bad Request', problem('BAD_REQUEST', said('refusals.noHttp'))] as const);
  refuseSocket(socket, status, JSON.stringify(problemBody(inLanguage(told, speech.of(undefined)))));
}
