/**
 * A test double of the hub: the same contract over HTTP and WebSocket, with everything in memory and nothing on disk. It can
 * make any number of jobs, put folders into trouble, refuse, and cut its connections.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ORPCError } from '@orpc/server';
import { RequestHeadersPlugin } from '@orpc/server/plugins';
import { RPCHandler } from '@orpc/server/ws';
import sirv from 'sirv';
import { WebSocketServer } from 'ws';
import { onePagePdf } from './one-page-pdf.ts';
import { onePicture } from './one-picture.ts';
import { makeFloor, type StandInFloor } from './stand-in-floor.ts';
import { type Mischief, makeRouter, type Told, token } from './stand-in-router.ts';

const csp = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "worker-src 'self' blob:",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self' ws:",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

export type StandIn = Pick<
  StandInFloor,
  | 'jobs'
  | 'arrivals'
  | 'folders'
  | 'rules'
  | 'recorded'
  | 'addJob'
  | 'askAbout'
  | 'record'
  | 'addFolder'
  | 'changeFolder'
  | 'changeSettings'
  | 'changeSettingsQuietly'
  | 'forceResync'
> & {
  readonly url: string;
  reject: StandInFloor['addArrival'];
  /** Cuts all connections and refuses new ones until `comeBack`. */
  goAway(): void;
  comeBack(): void;
  /** From the next connection on the key opens nothing, or does so again. */
  revoke(revoked: boolean): void;
  /** Cuts the connection after the next change is recorded and before it is answered. */
  loseNextAnswer(): void;
  /** The next changes are answered with these statuses, one each, and not done. */
  failNext(...statuses: number[]): void;
  /** The next status change is recorded and never answered. */
  silenceNext(): void;
  /** The next status change is refused with this sentence. */
  refuseNext(message: string, whatToDo: string, told?: Told): void;
  /** The next status change stood already: this one said it a moment before. */
  alreadyNext(actor: string): void;
  /** Lists of jobs are not answered until what is given back is called: then they are, or those that wait are refused with this sentence. */
  holdLists(): (refusal?: string) => void;
  /** How many lists were read since and are held. */
  listsHeld(): number;
  /** Nothing can be recorded, or everything can again. */
  setRecord(record: Mischief['record']): void;
  /** Since when all is well, as the hub says. */
  setWellSince(at: string | null): void;
  /** The content of every file from now on; before, each has one that fits its name. */
  handOut(file: Buffer): void;
  /** So many files wait for the hot folders; what was answered about them. */
  letWait(files: number): void;
  waitingAnswer(): string | null;
  /** What the hub says of the incoming folders. */
  watch(watching: Mischief['watching']): void;
  /** Which page the hub says it hands out. */
  sayPage(page: Mischief['page']): void;
  /** What settings were saved with. */
  readonly saved: readonly unknown[];
  stop(): Promise<void>;
};

type StandInOptions = {
  /** Whether an incoming folder is watched. */
  readonly watching?: boolean;
  /** Left out: any free one. */
  readonly port?: number;
  readonly hubId?: string;
};

/** Serves dist/renderer, and has one hot folder. */
export async function startStandInHub({ watching = true, port = 0, hubId = 'hub-1' }: StandInOptions = {}): Promise<StandIn> {
  const floor = makeFloor();
  const mischief: Mischief = {
    refusal: null,
    failures: [],
    revoked: false,
    silent: false,
    beforeAnswer: null,
    already: null,
    lists: null,
    held: 0,
    record: null,
    wellSince: null,
    waiting: 0,
    waitingAnswer: null,
    watching: null,
    page: null,
    saved: [],
  };
  const sockets = new WebSocketServer({ noServer: true });
  const handler = new RPCHandler(makeRouter(floor, watching, mischief, hubId), { plugins: [new RequestHeadersPlugin()] });
  let away = false;
  const cut = (): void => {
    for (const socket of sockets.clients) socket.terminate();
  };
  const page = sirv(join(import.meta.dirname, '../../dist/renderer'), {
    dev: true,
    brotli: true,
    gzip: true,
    setHeaders: (response) => response.setHeader('content-security-policy', csp),
  });
  let content: Buffer | null = null;
  const contentOf = (address: string): Buffer => {
    const [, jobId, fileId] = /^\/api\/jobs\/(\d+)\/files\/(\d+)$/.exec(address) ?? [];
    const file = floor.jobs.get(Number(jobId))?.files.find(({ id }) => id === Number(fileId));
    return content ?? (file?.type === 'png' ? onePicture() : onePagePdf());
  };
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    if (!/^\/api\/(?:jobs\/\d+\/files\/\d+|arrivals\/\d+\/file)$/.test(request.url ?? '')) return page(request, response);
    if (request.headers.authorization !== `Bearer ${token}`) return response.writeHead(401).end();
    const answer = contentOf(request.url ?? '');
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': answer.length }).end(answer);
  });
  server.on('upgrade', (request, socket, head) => {
    if (away) return socket.destroy();
    sockets.handleUpgrade(request, socket, head, (webSocket) => void handler.upgrade(webSocket, { context: {} }));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  floor.addFolder('Press 1', '/srv/printfloor/hotfolders/press-1');
  return {
    ...floor,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    reject: floor.addArrival,
    goAway() {
      away = true;
      cut();
    },
    comeBack() {
      away = false;
    },
    revoke(revoked) {
      mischief.revoked = revoked;
    },
    loseNextAnswer() {
      mischief.beforeAnswer = cut;
    },
    failNext(...statuses) {
      mischief.failures.push(...statuses);
    },
    silenceNext() {
      mischief.silent = true;
    },
    refuseNext(message, whatToDo, told = {}) {
      mischief.refusal = { message, whatToDo, ...told };
    },
    alreadyNext(actor) {
      mischief.already = actor;
    },
    listsHeld: () => mischief.held,
    holdLists() {
      mischief.held = 0;
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      mischief.lists = promise;
      return (message) => {
        if (message === undefined) return resolve();
        mischief.lists = null;
        reject(new ORPCError('NOT_NOW', { status: 422, message, data: { whatToDo: 'Try it again.' } }));
      };
    },
    setRecord(record) {
      mischief.record = record;
    },
    setWellSince(at) {
      mischief.wellSince = at;
    },
    handOut(file) {
      content = file;
    },
    letWait(files) {
      mischief.waiting = files;
    },
    waitingAnswer: () => mischief.waitingAnswer,
    watch(watching) {
      mischief.watching = watching;
    },
    sayPage(page) {
      mischief.page = page;
    },
    saved: mischief.saved,
    async stop() {
      cut();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
