/** How answers leave over HTTP: JSON, problems, and a patient end for callers that are still sending. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setSafetyHeaders } from './headers.ts';
import { bug, expectedProblem, problemBody, retryAfterMs } from './problem.ts';
import { inLanguage, type Speech } from './speech.ts';

/** A caller refused while it sends gets this long to stop and read the answer. */
const lingerMs = 3000;

export const jsonType = 'application/json; charset=utf-8';

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  sendBody(response, status, jsonType, JSON.stringify(body));
}

export function sendBody(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

/** Any error as the one shape. What is no expected trouble is reported and told without its inside. */
export function sendProblem(
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
  { report, speech }: { readonly report: (error: unknown) => void; readonly speech: Speech },
): void {
  const expected = expectedProblem(error);
  if (expected === null && !request.destroyed) report(error);
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const told = inLanguage(expected ?? bug(), speech.of(request.headers['accept-language']));
  setSafetyHeaders(response);
  if (told.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
  if (told.status === 429) response.setHeader('Retry-After', String(retryAfterMs / 1000));
  sendJson(response, told.status, problemBody(told));
  linger(request);
}

/** Closing at once would tear the answer out of the hands of a caller that is still sending. */
function linger(request: IncomingMessage): void {
  if (request.complete) return;
  request.resume();
  const timer = setTimeout(() => request.destroy(), lingerMs);
  request.once('close', () => clearTimeout(timer));
}
