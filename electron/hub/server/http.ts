/** Where an HTTP request goes: the description, the files, the contract, or the page. Checks the gate first, whatever is asked. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { OpenAPIHandler } from '@orpc/openapi/node';
import { rightsOf } from '../../../shared/api.ts';
import { jobSchema } from '../../../shared/job.ts';
import { said } from '../../../shared/words/say.ts';
import type { Caller } from '../parts.ts';
import type { Connections } from './connections.ts';
import { makeContentCheck } from './content-check.ts';
import { fileRoutes, findFileRoute } from './file-routes.ts';
import { type FilesOut, sendAsked, sendFile } from './files-out.ts';
import type { Gate, Visitor } from './gate.ts';
import type { HandKind, Hands } from './hands.ts';
import { answerPreflight, docsPolicy, setDesktopAccess, setSafetyHeaders } from './headers.ts';
import { withReadyBy } from './hours.ts';
import { readJsonBody } from './json-body.ts';
import { makePage } from './page.ts';
import { expectedProblem, problem, problemBody } from './problem.ts';
import { checkRight } from './procedures.ts';
import { jsonType, sendBody, sendJson, sendProblem } from './reply.ts';
import { freeBytes, makeRoom } from './room.ts';
import type { HubRouter, RouterParts } from './router.ts';
import { showProblem } from './shown.ts';
import { showJob } from './shown-job.ts';
import { takeUpload } from './uploads.ts';

type Doorway = { readonly gate: Gate; readonly connections: Connections; readonly hands: Hands };

export type AnswerRequest = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export function makeAnswerRequest(parts: RouterParts, router: HubRouter, { gate, connections, hands }: Doorway): AnswerRequest {
  const handler = new OpenAPIHandler(router, { customErrorResponseBodyEncoder: problemBody });
  const sendPage = makePage(parts.uiPath);
  // Loaded and made once, when somebody asks first: strangers may ask for them
  const described = once(async () => {
    const [{ describeApi }, { renderDocsPage }] = await Promise.all([import('./openapi.ts'), import('./docs-page.ts')]);
    const document = await describeApi(parts.version);
    const { html, style } = renderDocsPage(document);
    return { document: Buffer.from(JSON.stringify(document)), page: Buffer.from(html), policy: docsPolicy(style) };
  });

  /** Until the answer has left, or nobody is there to take it. */
  const hold = async ({ stationId }: Visitor, kind: HandKind, response: ServerResponse): Promise<void> => {
    const letGo = await hands.take(stationId, kind);
    if (!response.closed && !response.destroyed) return void response.once('close', letGo);
    letGo();
    throw nobodyThere();
  };

  const files: FilesOut = {
    store: parts.store,
    log: parts.log,
    kept: parts.flow.kept,
    holds: makeContentCheck(parts.flow.kept.contentOf, parts.now),
  };
  const room = makeRoom(() => freeBytes(parts.workPath));

  const answerFiles = async (request: IncomingMessage, response: ServerResponse, url: URL, caller: Visitor): Promise<boolean> => {
    const found = findFileRoute(request.method, url.pathname);
    if (found === null) return false;
    const { name, ids } = found;
    const { right, hand } = fileRoutes[name];
    checkRight(caller, right, name);
    await hold(caller, hand, response);
    const [first = 0, second = 0] = ids;
    const exchange = { request, response, asker: { token: caller.stationId, leaves: leaving(response) } };
    if (name === 'jobs.getFile') await sendFile(files, exchange, first, second);
    else if (name === 'arrivals.getFile') await sendAsked(files, exchange, first);
    else {
      const job = await takeUpload({ ...parts, room }, request, response, first, url.searchParams.get('name'), caller);
      sendJson(response, 201, showJob(withReadyBy(jobSchema.parse(job), parts.hours.now()), rightsOf[caller.role]));
    }
    return true;
  };

  const answerApi = async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    setDesktopAccess(request, response);
    if (request.method === 'OPTIONS') return answerPreflight(request, response);
    const { authorization } = request.headers;
    const identify = async (token: string | undefined): Promise<Visitor> => {
      const visitor = await gate.identify(token, request.socket.remoteAddress ?? '');
      connections.welcome(request.socket, visitor);
      return visitor;
    };
    // Asked before anything is read or found, so that a stranger learns nothing and cannot make the hub work
    const caller = await identify(authorization);
    endWithWelcome(caller, request, response);
    if (await answerFiles(request, response, url, caller).catch((error: unknown) => refuseAs(caller, error))) return;
    const reads = request.method === 'GET';
    // Before its body is read, which may be a megabyte
    if (!reads) await hold(caller, 'act', response);
    const body = reads ? undefined : await readJsonBody(request, response);
    const { matched } = await handler.handle(Object.assign(request, { body }), response, {
      prefix: '/api',
      context: {
        authorization,
        language: parts.speech.of(request.headers['accept-language']),
        identify,
        hold: (visitor, kind) => (reads ? hold(visitor, kind, response) : Promise.resolve()),
        listInTurn: ({ stationId }) => hands.take(stationId, 'list'),
        report: parts.report,
      },
    });
    if (!matched) throw problem('NOT_FOUND', said('refusals.noRoute', { method: request.method ?? '', path: url.pathname }));
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    gate.checkSource(request);
    const url = parseUrl(request.url);
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (url.pathname === '/openapi.json' && reads) return sendBody(response, 200, jsonType, (await described()).document);
    if (url.pathname === '/api/docs' && reads) {
      const { page, policy } = await described();
      response.setHeader('Content-Security-Policy', policy);
      return sendBody(response, 200, 'text/html; charset=utf-8', page);
    }
    if (url.pathname === '/api' || url.pathname.startsWith('/api/')) return answerApi(request, response, url);
    sendPage(request, response, url.pathname);
  };

  return async (request, response) => {
    setSafetyHeaders(response);
    endWithSlowReader(response);
    try {
      await answer(request, response);
    } catch (error) {
      sendProblem(request, response, error, parts);
    }
  };
}

/** The time limit of the server has passed without a byte: cut when that is the reader's fault, not where we are still at work, or a body has a limit of its own. */
function endWithSlowReader(response: ServerResponse): void {
  response.on('timeout', (socket: Socket) => {
    if (socket.writableLength > 0) socket.destroy();
  });
}

function nobodyThere() {
  return problem('SERVICE_UNAVAILABLE', said('refusals.nobodyThere'));
}

/** Aborts when nobody takes the answer any more, or it has left. */
function leaving(response: ServerResponse): AbortSignal {
  const end = new AbortController();
  response.once('close', () => end.abort(nobodyThere()));
  return end.signal;
}

/** Throws the error as this caller may read it; a bug as it is. */
function refuseAs(caller: Caller, error: unknown): never {
  const expected = expectedProblem(error);
  throw expected === null ? error : showProblem(expected, rightsOf[caller.role]);
}

/** Uploads, downloads and streams end when their token does. */
function endWithWelcome({ welcome }: Visitor, request: IncomingMessage, response: ServerResponse): void {
  const end = (): void => void request.socket.destroy();
  if (welcome?.aborted === true) end();
  welcome?.addEventListener('abort', end, { once: true });
  response.once('close', () => welcome?.removeEventListener('abort', end));
}

function once<Made>(make: () => Promise<Made>): () => Promise<Made> {
  let made: Promise<Made> | null = null;
  return () => {
    made ??= make();
    return made;
  };
}

function parseUrl(text: string | undefined): URL {
  const url = URL.parse(text ?? '/', 'http://hub');
  if (url === null) throw problem('BAD_REQUEST', said('refusals.addressUnreadable'));
  return url;
}
