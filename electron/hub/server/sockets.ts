/**
 * The line of the screens: the contract over WebSocket. Each message brings its own token and is judged like an HTTP call.
 * Promises: a reader that is too slow makes its own line wait and nothing else; a dead line is cut; nobody stays who shows no token; what is no
 * frame of ours ends its line, is counted, and nothing of it is printed.
 */

import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { RPCHandler } from '@orpc/server/websocket';
import { WebSocket, WebSocketServer } from 'ws';
import type { Live } from '../../../shared/api.ts';
import { languageIn, said } from '../../../shared/words/say.ts';
import { type Connections, refuseSocket } from './connections.ts';
import { type Frame, readFrame } from './frame.ts';
import type { Gate, Visitor } from './gate.ts';
import type { HandKind, Hands } from './hands.ts';
import { beginPush, encodePush, tellPushes } from './live-wire.ts';
import { bug, expectedProblem, problem, problemBody } from './problem.ts';
import type { HubRouter } from './router.ts';
import { inLanguage, type Speech } from './speech.ts';
import { type Steady, steady } from './steady.ts';
import type { Tally } from './tally.ts';

const mostMessageBytes = 1024 * 1024;
/** A question needs no more. */
const mostReadBytes = 64 * 1024;
/** What a line may send before it has shown a token. */
const mostStrangerBytes = 16 * 1024;
const mostStrangerFrames = 20;
/** A line without a token is cut after this time; a line that does not answer pings after twice the ping time. */
const strangerMs = 5000;
const pingEveryMs = 10_000;
/** A line whose reader takes nothing for that long of what is there for him is cut. */
export const slowReaderMs = 30_000;
/** What a line that is closed gets to say goodbye; then it is cut. */
const closeMs = 1000;
/** What lines get to say goodbye when the hub stops, or their token ends. */
const goodbyeMs = 300;

export type Sockets = { stop(): Promise<void> };

type Given = {
  readonly router: HubRouter;
  readonly gate: Gate;
  readonly connections: Connections;
  readonly hands: Hands;
  readonly report: (error: unknown) => void;
  readonly tally: Tally;
  readonly speech: Speech;
};

/** Each message says the language of its page, and mostly the same one as the message before. */
function rememberLast<Answer>(read: (asked: string | undefined) => Answer): (asked: string | undefined) => Answer {
  let last = { asked: undefined as string | undefined, answer: read(undefined) };
  return (asked) => {
    if (asked !== last.asked) last = { asked, answer: read(asked) };
    return last.answer;
  };
}

export function openSockets(server: Server, { router, gate, connections, hands, report, tally, speech }: Given): Sockets {
  // Its types do not know `closeTimeout` yet
  const options = { noServer: true, maxPayload: mostMessageBytes, perMessageDeflate: false, closeTimeout: closeMs };
  const lines = new WebSocketServer(options);
  const answering = new WeakSet<WebSocket>();
  const steadied = new WeakMap<WebSocket, Steady>();
  const languageOf = rememberLast(languageIn);
  const handler = new RPCHandler(router, {
    interceptors: [
      ({ next, ...options }) =>
        next({
          ...options,
          context: {
            ...options.context,
            authorization: headerText(options.request.headers['authorization']),
            language: languageOf(headerText(options.request.headers['accept-language'])) ?? options.context.language,
          },
        }),
    ],
    clientInterceptors: [tellPushes],
  });

  /** One call of a line, from its coming until its answer has left. */
  const makeCall = (line: WebSocket, held: Steady, bytes: number) => {
    let letGo: (() => void) | null = null;
    let counted = true;
    const uncount = (): void => {
      if (counted) held.ended();
      counted = false;
    };
    held.begun();
    return {
      hold: async ({ stationId }: Visitor, kind: HandKind): Promise<void> => {
        if (kind === 'read' && bytes > mostReadBytes) throw problem('PAYLOAD_TOO_LARGE', said('refusals.questionTooLong'));
        letGo = await hands.take(stationId, kind);
        if (kind === 'stream') uncount();
        if (line.readyState !== WebSocket.OPEN) throw problem('SERVICE_UNAVAILABLE', said('refusals.lineClosed'));
      },
      end: (): void => {
        letGo?.();
        uncount();
      },
    };
  };

  const serve = (line: WebSocket, { socket, headers }: IncomingMessage): void => {
    const address = socket.remoteAddress ?? '';
    const stranger = setTimeout(() => line.close(4401, 'No token'), strangerMs);
    let known = false;
    let frames = 0;
    answering.add(line);
    line.on('pong', () => answering.add(line));
    line.on('close', () => clearTimeout(stranger));
    line.on('error', () => line.terminate());
    const endWith = endingWith(line);
    const identify = async (authorization: string | undefined) => {
      const visitor = await gate.identify(authorization, address);
      connections.welcome(socket, visitor);
      clearTimeout(stranger);
      known = true;
      endWith(visitor.welcome);
      return visitor;
    };
    const refuseFrame = (code: number, why: string): void => {
      tally.count(`a line that sent ${why}`);
      line.close(code, why);
    };
    const held = steady(line, socket);
    steadied.set(line, held);
    const peer = { send: held.send } as unknown as Peer;
    const answer = async (frame: Frame): Promise<void> => {
      const call = makeCall(line, held, frame.text.length);
      try {
        const tell = (push: Live): Promise<void> => held.sendParts(beginPush(frame.id), encodePush(push));
        await handler.message(peer, frame.text, {
          context: {
            authorization: undefined,
            language: speech.of(headers['accept-language']),
            identify,
            hold: call.hold,
            listInTurn: ({ stationId }) => hands.take(stationId, 'list'),
            report,
            tell,
          },
        });
      } catch (error) {
        // What a stream ends by, its reader was told already
        if (expectedProblem(error) === null && line.readyState === WebSocket.OPEN) report(error);
      } finally {
        call.end();
      }
    };
    const hear = async (data: unknown): Promise<void> => {
      // What still comes behind a frame that was refused is not read
      if (line.readyState !== WebSocket.OPEN) return;
      frames += 1;
      const refusal = known ? null : tooMuchOfStranger(data, frames);
      if (refusal !== null) return refuseFrame(...refusal);
      const frame = readFrame(data);
      if (frame === null) return refuseFrame(1007, 'what is no call');
      await answer(frame);
    };
    line.on('message', (data, isBinary) => void hear(isBinary ? data : String(data)));
    line.on('close', () => handler.close(peer));
  };

  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    try {
      gate.checkSource(request);
      if (request.url?.split('?')[0] !== '/ws') throw problem('NOT_FOUND', said('refusals.noSocketHere'));
      lines.handleUpgrade(request, socket, head, (line) => serve(line, request));
    } catch (error) {
      const told = inLanguage(expectedProblem(error) ?? bug(), speech.of(request.headers['accept-language']));
      refuseSocket(socket, `${told.status} Refused`, JSON.stringify(problemBody(told)));
    }
  };
  server.on('upgrade', onUpgrade);

  const pinging = setInterval(() => {
    for (const line of lines.clients) {
      if ((steadied.get(line)?.stalledMs() ?? 0) > slowReaderMs) {
        tally.count('a line whose reader takes nothing');
        line.terminate();
      } else if (line.isPaused) {
        // Its pong would not be heard
        answering.add(line);
      } else if (answering.delete(line)) line.ping();
      else line.terminate();
    }
  }, pingEveryMs);

  return {
    async stop() {
      clearInterval(pinging);
      server.off('upgrade', onUpgrade);
      for (const line of lines.clients) line.close(1001, 'The hub stops');
      const cut = setTimeout(() => {
        for (const line of lines.clients) line.terminate();
      }, goodbyeMs);
      await new Promise<void>((resolve) => lines.close(() => resolve()));
      clearTimeout(cut);
    },
  };
}

/** Ends the line when one of the tokens it has shown opens nothing any more. */
function endingWith(line: WebSocket): (welcome: AbortSignal | null) => void {
  const heeded = new Set<AbortSignal>();
  const end = (): void => {
    line.close(4401, 'This token opens nothing any more');
    setTimeout(() => line.terminate(), goodbyeMs).unref();
  };
  line.on('close', () => {
    for (const welcome of heeded) welcome.removeEventListener('abort', end);
  });
  return (welcome) => {
    if (welcome === null || heeded.has(welcome)) return;
    heeded.add(welcome);
    welcome.addEventListener('abort', end, { once: true });
    if (welcome.aborted) end();
  };
}

/** Why nobody listens any more to a line that has shown no token: the code it is closed with, and words for it. */
function tooMuchOfStranger(data: unknown, frames: number): readonly [number, string] | null {
  if (String(data).length > mostStrangerBytes) return [1009, 'too much before its token'];
  return frames > mostStrangerFrames ? [4401, 'too many calls without a token'] : null;
}

type Peer = Parameters<RPCHandler<Record<never, never>>['message']>[0];

function headerText(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : undefined;
}
