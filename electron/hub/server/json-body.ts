/** Reads the JSON body of a call: only JSON, only so much of it, only within a time. Never trusts a length it was told. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tooMuchJson } from '../../../shared/json-size.ts';
import { findKeyTwice } from '../../../shared/key-twice.ts';
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
    throw problem('UNSUPPORTED_MEDIA_TYPE', 'This call takes JSON only.', 'Send the body as UTF-8 with "Content-Type: application/json".');
  }
  if (Number(headers['content-length'] ?? 0) > mostJsonBytes) throw tooLarge();
  letBodyCome(request, response);
  return parse(await readWhole(request));
}

async function readWhole(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  const timer = setTimeout(() => request.destroy(problem('REQUEST_TIMEOUT', 'The body did not come in time.', 'Try again.')), mostMs);
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
    throw problem(
      'BAD_REQUEST',
      `The body is nested more than ${mostJson.levels} levels deep, or says more than ${mostJson.values} things.`,
      'Nothing the hub takes is so large; send less at a time.',
    );
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw problem('BAD_REQUEST', 'The body is not JSON.', 'Look for a missing quote, comma or bracket, and send it again.');
  }
  const twice = findKeyTwice(text);
  if (twice !== null)
    throw problem(
      'BAD_REQUEST',
      `The body says ${JSON.stringify(twice.key.slice(0, 60))} twice.`,
      'Leave one of them out, and send it again.',
    );
  return body;
}

function tooLarge() {
  return problem(
    'PAYLOAD_TOO_LARGE',
    'The body is larger than 1 MB.',
    'Send files to POST /api/jobs/{id}/files, and long notes in fewer words.',
  );
}
