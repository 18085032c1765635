/** The headers that keep a browser strict: what the page may load, who may read an answer. Pure but for setting them. */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { safetyHeaders } from '../../../shared/page-policy.ts';
import { desktopOrigin } from './gate.ts';

/** The same for an answer that is written by hand, each line with its end. */
export const safetyLines = Object.entries(safetyHeaders)
  .map(([name, value]) => `${name}: ${value}\r\n`)
  .join('');

/** On every answer, before anything else is decided. */
export function setSafetyHeaders(response: ServerResponse): void {
  for (const [name, value] of Object.entries(safetyHeaders)) response.setHeader(name, value);
}

/** Lets the desktop window, and no other origin, read answers under /api. */
export function setDesktopAccess(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Vary', 'Origin');
  if (request.headers.origin !== desktopOrigin) return;
  response.setHeader('Access-Control-Allow-Origin', desktopOrigin);
  response.setHeader('Access-Control-Expose-Headers', 'Content-Disposition, Content-Range, ETag');
}

/** Answers the question a browser asks before a call from another origin. */
export function answerPreflight(request: IncomingMessage, response: ServerResponse): void {
  if (request.headers.origin === desktopOrigin) {
    response.setHeader('Access-Control-Allow-Methods', 'GET, POST, PATCH, DELETE');
    response.setHeader('Access-Control-Allow-Headers', 'Authorization, Content-Type, Content-Disposition, Range, If-Range, Last-Event-ID');
    response.setHeader('Access-Control-Max-Age', '600');
    // The window is not a page of the local network; Chromium asks for this word before it lets it call loopback
    if (request.headers['access-control-request-private-network'] === 'true')
      response.setHeader('Access-Control-Allow-Private-Network', 'true');
  }
  response.writeHead(204).end();
}

/** For the page that describes the API: plain text with one style sheet, told by its hash. */
export function docsPolicy(style: string): string {
  const hash = createHash('sha256').update(style).digest('base64');
  return `default-src 'none'; style-src 'sha256-${hash}'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`;
}
