/** Clients as screens and other systems have them: the contract over WebSocket, server-sent events, and raw requests a browser would not send. */
import { request } from 'node:http';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import WebSocket from 'ws';
import type { RunningServer } from '../../../electron/hub/server.ts';
import type { Contract } from '../../../shared/api.ts';

export type Client = ContractRouterClient<Contract>;

/** A line with its client; `line` is open. */
export async function connect(
  server: RunningServer,
  token: string | null,
  options: WebSocket.ClientOptions = {},
): Promise<{ line: WebSocket; client: Client }> {
  const line = new WebSocket(`${server.url.replace('http', 'ws')}/ws`, options);
  await new Promise((resolve, reject) => {
    line.once('open', resolve);
    line.once('error', reject);
  });
  const link = new RPCLink({
    websocket: line as unknown as globalThis.WebSocket,
    headers: () => (token === null ? {} : { authorization: `Bearer ${token}` }),
  });
  return { line, client: createORPCClient(link) };
}

/** A request with exactly these headers, Host and Origin included. */
export function ask(
  server: RunningServer,
  route: string,
  headers: Record<string, string>,
  method = 'GET',
): Promise<{ status: number; headers: Record<string, unknown>; body: string }> {
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port: server.port, path: route, method, headers }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (part) => (body += part));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }));
      answer.on('error', reject);
    });
    call.on('error', reject).end();
  });
}

/** Status of a WebSocket upgrade that is refused; 101 when it is not. */
export function upgradeStatus(server: RunningServer, route: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const line = new WebSocket(`${server.url.replace('http', 'ws')}${route}`, { headers });
    line.once('open', () => {
      line.terminate();
      resolve(101);
    });
    line.once('unexpected-response', (_call, answer) => {
      resolve(answer.statusCode ?? 0);
      line.terminate();
    });
    line.on('error', (error) => reject(error));
  });
}

export type Sse = { readonly next: () => Promise<{ id: string; data: unknown }>; readonly close: () => void };

/** Reads server-sent events one by one, at the pace they are asked for. */
export async function openSse(server: RunningServer, route: string, token: string, headers: Record<string, string> = {}): Promise<Sse> {
  const stop = new AbortController();
  const answer = await fetch(server.url + route, { signal: stop.signal, headers: { authorization: `Bearer ${token}`, ...headers } });
  if (answer.status !== 200 || answer.body === null) throw new Error(`SSE refused: ${answer.status} ${await answer.text()}`);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    async next() {
      for (;;) {
        const end = text.indexOf('\n\n');
        if (end >= 0) {
          const block = text.slice(0, end);
          text = text.slice(end + 2);
          const data = /^data: (.*)$/m.exec(block)?.[1];
          if (data !== undefined) return { id: /^id: (.*)$/m.exec(block)?.[1] ?? '', data: JSON.parse(data) };
          continue;
        }
        const { done, value } = await reader.read();
        if (done) throw new Error('The stream ended');
        text += value;
      }
    },
    close: () => stop.abort(),
  };
}
