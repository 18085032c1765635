/**
 * The line of the screens: the contract over WebSocket. Each message brings its own token and is judged like an HTTP call.
 * Promises: a reader that is too slow makes its own line wait and nothing else; a dead line is cut; nobody stays who shows no token.
 */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocket, WebSocketServer } from 'ws';
import type { Gate } from './gate.ts';
import { bug, expectedProblem, problem, problemBody } from './problem.ts';
import type { HubRouter } from './router.ts';

const mostMessageBytes = 1024 * 1024;
/** Answers waiting to be sent beyond this stop us from taking more questions on that line. */
const mostWaitingBytes = 4 * 1024 * 1024;
const mostLines = 500;
/** A line without a token is cut after this time; a line that does not answer pings after twice the ping time. */
const strangerMs = 10_000;
const pingEveryMs = 20_000;
/** What lines get to say goodbye when the hub stops. */
const goodbyeMs = 300;

export type Sockets = { stop(): Promise<void> };

export function openSockets(server: Server, router: HubRouter, gate: Gate, report: (error: unknown) => void): Sockets {
  const lines = new WebSocketServer({ noServer: true, maxPayload: mostMessageBytes, perMessageDeflate: false });
  const answering = new WeakSet<WebSocket>();
  const handler = new RPCHandler(router, {
    interceptors: [
      ({ next, ...options }) =>
        next({ ...options, context: { ...options.context, authorization: headerText(options.request.headers['authorization']) } }),
    ],
  });

  const serve = (line: WebSocket, address: string): void => {
    const stranger = setTimeout(() => line.close(4401, 'No token'), strangerMs);
    answering.add(line);
    line.on('pong', () => answering.add(line));
    line.on('close', () => clearTimeout(stranger));
    line.on('error', () => line.terminate());
    const identify = async (authorization: string | undefined) => {
      const caller = await gate.identify(authorization, address);
      clearTimeout(stranger);
      return caller;
    };
    handler.upgrade(steadied(line), { context: { authorization: undefined, identify, report } }).catch(report);
  };

  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    try {
      gate.checkSource(request);
      if (request.url?.split('?')[0] !== '/ws') throw problem('NOT_FOUND', 'There is no WebSocket here.', 'It is at /ws.');
      if (lines.clients.size >= mostLines)
        throw problem('SERVICE_UNAVAILABLE', 'Too many screens are connected.', 'Close some of them, then try again.');
      lines.handleUpgrade(request, socket, head, (line) => serve(line, request.socket.remoteAddress ?? ''));
    } catch (error) {
      refuse(socket, error);
    }
  };
  server.on('upgrade', onUpgrade);

  const pinging = setInterval(() => {
    for (const line of lines.clients) {
      if (!answering.delete(line)) line.terminate();
      else line.ping();
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

type Steadied = Parameters<RPCHandler<Record<never, never>>['upgrade']>[0];

/**
 * The line as the handler sees it. Sending is done when the bytes have left, so that streams go at the pace of their reader; a line with
 * too much unsent is not listened to; what is no JSON ends the line before anything prints it.
 */
function steadied(line: WebSocket): Steadied {
  const send = (data: string | Buffer): Promise<void> =>
    new Promise((resolve) => {
      if (line.readyState !== WebSocket.OPEN) return resolve();
      line.send(data, () => {
        if (line.bufferedAmount <= mostWaitingBytes && line.isPaused) line.resume();
        resolve();
      });
      if (line.bufferedAmount > mostWaitingBytes) line.pause();
    });
  const addEventListener = (name: string, listener: (event: never) => void): void => {
    line.addEventListener(name as 'message', (event) => {
      if (name === 'message' && !isJson(event.data)) line.close(1007, 'Not JSON');
      else listener(event as never);
    });
  };
  return { send, addEventListener } as unknown as Steadied;
}

function isJson(data: unknown): boolean {
  if (typeof data !== 'string') return false;
  try {
    JSON.parse(data);
    return true;
  } catch {
    return false;
  }
}

function headerText(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : undefined;
}

/** Before the upgrade an error is still an HTTP answer. */
function refuse(socket: Duplex, error: unknown): void {
  const told = expectedProblem(error) ?? bug();
  const body = JSON.stringify(problemBody(told));
  socket.on('error', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${told.status} Refused\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
