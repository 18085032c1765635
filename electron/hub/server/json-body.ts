/** Reads the JSON body of a call: only JSON, only so much of it, only within a time. Never trusts a length it was told. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { tooMuchJson } from '../../../shared/json-size.ts';
import { findKeyTwice } from '../../../shared/key-twice.ts';
import { said } from '../../../shared/words/say.ts';
import { problem } from './problem.ts';

const mostJsonBytes = 1024 * 1024;
const mostMs = 30_000;
/** Far more than anything the contract takes. */
export const mostJson = { levels: 50, values: 1500 } as const;

/** Tells a client that asked before it sends (`Expect: 100-continue`) to go ahead. */
export function letBodyCome(request: IncomingMessage, response: ServerResponse): void {
  if (request.headers.expect !== undefined) response.writeContinue();
}

/** The parsed body; an empty one is `{}`. Throws 400, 408, 413 or 415. */
export async function readJsonBody(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
  const { headers } = request;
  if (Number(headers['content-length'] ?? 0) === 0 && headers['transfer-encoding'] === undefined) return {};
  if (
    !/^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(headers['content-type'] ?? '') ||
    headers['content-encoding'] !== undefined
  ) {
    throw problem('UNSUPPORTED_MEDIA_TYPE', said('refusals.jsonOnly'));
  }
  if (Number(headers['content-length'] ?? 0) > mostJsonBytes) throw tooLarge();
  letBodyCome(request, response);
  return parse(await readWhole(request));
}

async function readWhole(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  const timer = setTimeout(() => request.destroy(problem('REQUEST_TIMEOUT', said('refusals.bodyLate'))), mostMs);
  try {
    for await (const part of request.iterator({ destroyOnReturn: false })) {
      size += part.length;
      if (size > mostJsonBytes) throw tooLarge();
      parts.push(part);
    }
  } finally {
    clearTimeout(timer);
  }
  return Buffer.concat(parts).toString('utf8');
}

function parse(text: string): unknown {
  if (text.trim() === '') return {};
  if (tooMuchJson(text, mostJson) !== null)
    throw problem('BAD_REQUEST', said('refusals.bodyNested', { levels: mostJson.levels, most: mostJson.values }));
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw problem('BAD_REQUEST', said('refusals.bodyNoJson'));
  }
  const twice = findKeyTwice(text);
  if (twice !== null) throw problem('BAD_REQUEST', said('refusals.bodyTwice', { name: JSON.stringify(twice.key.slice(0, 60)) }));
  return body;
}

function tooLarge() {
  return problem('PAYLOAD_TOO_LARGE', said('refusals.bodyTooLarge'));
}
