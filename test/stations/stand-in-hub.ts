/**
 * A test double of the hub: the same contract over HTTP and WebSocket, with everything in memory and nothing on disk. It can
 * make any number of jobs, put folders into trouble, refuse, and cut its connections. It derives a job's state as the real hub does.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { implement, ORPCError } from '@orpc/server';
import { RequestHeadersPlugin, type RequestHeadersPluginContext } from '@orpc/server/plugins';
import { RPCHandler } from '@orpc/server/ws';
import sirv from 'sirv';
import { WebSocketServer } from 'ws';
import { type Arrival, contract, type Live } from '../../shared/api.ts';
import type { JobEvent, NewEvent } from '../../shared/event.ts';
import { type HotFolder, hotFolderSettingsSchema, type ProbeResult, probeStepNames, type Rule } from '../../shared/hot-folder.ts';
import type { Job } from '../../shared/job.ts';
import { attentionOf, deriveState } from '../../shared/state.ts';
import { statusEntry } from '../../shared/status.ts';
import { onePagePdf } from './one-page-pdf.ts';

export const token = 'floor-key-for-tests';
export const csp =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; img-src 'self' blob: data:; font-src 'self'; connect-src 'self' ws:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export type JobSeed = Partial<
  Pick<
    Job,
    | 'order'
    | 'job'
    | 'title'
    | 'product'
    | 'quantity'
    | 'customer'
    | 'dueAt'
    | 'fulfilment'
    | 'priority'
    | 'notes'
    | 'attributes'
    | 'hotFolderId'
    | 'missing'
    | 'deliveries'
    | 'startAt'
  >
> & { readonly events?: readonly (Omit<NewEvent, 'at'> & { readonly agoMs?: number })[]; readonly file?: string };

export type StandIn = {
  readonly url: string;
  readonly jobs: Map<number, Job>;
  readonly folders: HotFolder[];
  /** Every change of a status that was recorded, in order. */
  readonly recorded: JobEvent[];
  addJob(seed?: JobSeed): Job;
  record(jobId: number, event: Omit<NewEvent, 'at'> & { readonly agoMs?: number }): JobEvent;
  changeFolder(id: number, change: Partial<HotFolder>): void;
  reject(arrival: Partial<Arrival>): void;
  /** Cuts all connections and refuses new ones until `comeBack`. */
  goAway(): void;
  comeBack(): void;
  /** Cuts the connection after the next change is recorded and before it is answered. */
  loseNextAnswer(): void;
  /** The next status change is refused with this sentence. */
  refuseNext(message: string, whatToDo: string): void;
  stop(): Promise<void>;
};

const word = /[^\p{L}\p{N}]+/u;

function fits(job: Job, q: string): boolean {
  const own = [job.number, job.title, job.product, job.customer?.name, job.customer?.company].join(' ').toLowerCase().split(word);
  return q
    .toLowerCase()
    .split(word)
    .filter(Boolean)
    .every((part) => own.some((candidate) => candidate.startsWith(part)));
}

function goodProbe(ok = true): ProbeResult {
  return {
    ok,
    at: new Date().toISOString(),
    freeBytes: 812_000_000_000,
    clockDifferenceMs: 400,
    roundTripMs: 3.4,
    reasonCode: ok ? null : 'NoPermission',
    steps: probeStepNames.slice(0, ok ? 9 : 3).map((step, at) => ({
      step,
      ok: ok || at < 2,
      raw: ok || at < 2 ? null : "EACCES: permission denied, open '/mnt/press/.printfloor-probe'",
    })),
  };
}

/** Starts on a free port and serves dist/renderer. `empty`: a first run without jobs. */
export async function startStandInHub({ watching = true }: { readonly watching?: boolean } = {}): Promise<StandIn> {
  const jobs = new Map<number, Job>();
  const history = new Map<number, JobEvent[]>();
  const recorded: JobEvent[] = [];
  const folders: HotFolder[] = [];
  const rules: Rule[] = [];
  const arrivals: Arrival[] = [];
  const answers = new Map<string, { job: Job; event: JobEvent }>();
  const listeners = new Set<() => void>();
  const settings = {
    shopName: 'Test shop',
    incoming: [{ path: '/srv/printfloor/incoming', location: 'local' as const }],
    settleMs: 2000,
    incompleteAfterMs: 600_000,
    namePatterns: [],
    xmlMapping: {},
  };
  let [seq, nextJob, nextFile, nextRule, nextFolder] = [0, 1, 1, 1, 1];
  let away = false;
  let loseAnswer = false;
  let refusal: { message: string; whatToDo: string } | null = null;
  const changedJobs = new Map<number, number>();
  let [foldersChanged, arrivalsChanged] = [0, 0];
  let version = 0;

  const wake = (): void => {
    version++;
    for (const listener of listeners) listener();
  };
  const counts = () => {
    const stages: Live['counts'] & object = { all: jobs.size, attention: 0, stages: {} };
    for (const job of jobs.values()) {
      stages.stages[job.stage] = (stages.stages[job.stage] ?? 0) + 1;
      if (job.attention.length > 0) stages.attention++;
    }
    return stages;
  };

  function record(jobId: number, { agoMs = 0, ...event }: Parameters<StandIn['record']>[1], quiet = false): JobEvent {
    const full: JobEvent = {
      custom: null,
      station: null,
      reason: null,
      data: {},
      undoes: null,
      ...event,
      seq: ++seq,
      jobId,
      track: statusEntry(event.code).track,
      at: new Date(Date.now() - agoMs).toISOString(),
    };
    const mine = history.get(jobId) ?? [];
    mine.push(full);
    history.set(jobId, mine);
    const job = jobs.get(jobId);
    if (job === undefined) throw new Error(`No job ${jobId}`);
    const state = deriveState(mine);
    jobs.set(jobId, {
      ...job,
      status: state.status,
      custom: state.custom,
      statusAt: state.statusAt,
      stage: state.stage,
      tracks: state.tracks,
      attention: attentionOf(state),
      updatedAt: full.at,
      lastSeq: seq,
    });
    if (!quiet) {
      recorded.push(full);
      changedJobs.set(jobId, seq);
      wake();
    }
    return full;
  }

  function addJob(seed: JobSeed = {}, quiet = false): Job {
    const id = nextJob++;
    const { events, file, ...fields } = seed;
    const order = fields.order ?? String(1000 + id);
    const part = fields.job ?? '1';
    const folder = folders.find((candidate) => candidate.id === fields.hotFolderId);
    const at = new Date(Date.now() - 5 * 60_000).toISOString();
    jobs.set(id, {
      id,
      number: `${order}-${part}`,
      order,
      job: part,
      title: `Job ${id}`,
      product: 'Flyer',
      quantity: 500,
      customer: { name: 'Ada Berg', company: 'Berg & Söhne' },
      dueAt: null,
      startAt: null,
      fulfilment: 'collection',
      priority: 0,
      notes: null,
      attributes: {},
      status: 'Nothing',
      custom: null,
      statusAt: null,
      stage: 'intake',
      tracks: {},
      attention: [],
      hotFolder: folder?.name ?? null,
      hotFolderId: null,
      missing: [],
      deliveries: [],
      createdAt: at,
      updatedAt: at,
      lastSeq: 0,
      ...fields,
      files: [
        {
          id: nextFile++,
          name: file ?? `${order}-${part} Flyer.pdf`,
          version: 1,
          current: true,
          size: 48_213,
          sha256: 'a3f5'.repeat(16),
          type: (file ?? 'x.pdf').split('.').at(-1) ?? 'pdf',
          arrivedAt: at,
        },
      ],
    });
    for (const event of events ?? [{ code: 'Ordered' as const, actor: 'system' }]) record(id, event, quiet);
    return jobs.get(id) as Job;
  }

  function addFolder(name: string, path: string): HotFolder {
    const folder: HotFolder = {
      ...hotFolderSettingsSchema.parse({ name, path }),
      id: nextFolder++,
      state: 'ready',
      reasonCode: null,
      raw: null,
      troubleSince: null,
      health: goodProbe(),
      queued: 0,
      lying: 0,
      unknownFiles: [],
    };
    folders.push(folder);
    return folder;
  }
  const touchFolders = (): void => {
    foldersChanged = ++seq;
    wake();
  };

  const os = implement(contract).$context<RequestHeadersPluginContext>();
  const guarded = os.use(({ context, next }) => {
    if (context.reqHeaders?.get('authorization') !== `Bearer ${token}`)
      throw new ORPCError('UNAUTHORIZED', {
        status: 401,
        message: 'This token is not known.',
        data: { whatToDo: 'Use the one in the file admin-token.' },
      });
    return next();
  });
  const missing = (what: string) =>
    new ORPCError('NOT_FOUND', { status: 404, message: `There is no such ${what}.`, data: { whatToDo: 'Look at the list.' } });
  const jobOf = (id: number): Job => {
    const job = jobs.get(id);
    if (job === undefined) throw missing('job');
    return job;
  };
  const once = (actionId: string, work: () => { job: Job; event: JobEvent }) => {
    const before = answers.get(actionId);
    if (before !== undefined) return before;
    if (refusal !== null) {
      const { message, whatToDo } = refusal;
      refusal = null;
      throw new ORPCError('NOT_NOW', { status: 422, message, data: { whatToDo } });
    }
    const answer = work();
    answers.set(actionId, answer);
    if (loseAnswer) {
      loseAnswer = false;
      for (const socket of sockets.clients) socket.terminate();
    }
    return answer;
  };

  const router = guarded.router({
    health: guarded.health.handler(() => ({
      ok: true,
      version: '0.1.0',
      startedAt: new Date().toISOString(),
      seq,
      demo: false,
      data: '/srv/printfloor',
      jobs: jobs.size,
      troubledFolders: 0,
      watching: watching ? [{ path: '/srv/printfloor/incoming', state: 'watching' as const, reason: null }] : [],
    })),
    jobs: {
      list: guarded.jobs.list.handler(({ input }) => {
        const before = input.cursor === undefined ? Number.POSITIVE_INFINITY : Number(input.cursor);
        const items: Job[] = [];
        for (const id of [...jobs.keys()].reverse()) {
          const job = jobOf(id);
          if (
            id >= before ||
            (input.stage !== undefined && job.stage !== input.stage) ||
            (input.hotFolder !== undefined && job.hotFolderId !== input.hotFolder) ||
            (input.attention === true && job.attention.length === 0) ||
            (input.q !== undefined && !fits(job, input.q))
          )
            continue;
          if (items.length === input.limit) return { items, next: String(items.at(-1)?.id) };
          items.push(job);
        }
        return { items, next: null };
      }),
      counts: guarded.jobs.counts.handler(counts),
      get: guarded.jobs.get.handler(({ input }) => jobOf(input.id)),
      history: guarded.jobs.history.handler(({ input }) => ({ items: history.get(input.id) ?? [] })),
      create: guarded.jobs.create.handler(({ input }) => addJob({ order: input.order, job: input.job })),
      setStatus: guarded.jobs.setStatus.handler(({ input }) =>
        once(input.actionId, () => {
          const event = record(input.id, { code: input.code, actor: 'admin', custom: input.custom ?? null, reason: input.reason ?? null });
          return { job: jobOf(input.id), event };
        }),
      ),
      undo: guarded.jobs.undo.handler(({ input }) =>
        once(input.actionId, () => {
          const undone = history.get(input.id)?.find((event) => event.seq === input.seq);
          if (undone === undefined) throw missing('event');
          const event = record(input.id, { code: undone.code, actor: 'admin', undoes: undone.seq, reason: input.reason ?? null });
          return { job: jobOf(input.id), event };
        }),
      ),
      deliver: guarded.jobs.deliver.handler(
        ({ input }) =>
          once(input.actionId, () => {
            const event = record(input.id, { code: 'InHotFolder', actor: 'admin', reason: input.reason });
            return { job: jobOf(input.id), event };
          }).job,
      ),
    },
    hotFolders: {
      list: guarded.hotFolders.list.handler(() => ({ items: folders })),
      create: guarded.hotFolders.create.handler(({ input }) => {
        const folder = Object.assign(addFolder(input.name, input.path), input);
        touchFolders();
        return folder;
      }),
      get: guarded.hotFolders.get.handler(
        ({ input }) => folders.find((folder) => folder.id === input.id) ?? Promise.reject(missing('hot folder')),
      ),
      update: guarded.hotFolders.update.handler(({ input }) => {
        const at = folders.findIndex((folder) => folder.id === input.id);
        const old = folders[at];
        if (old === undefined) throw missing('hot folder');
        const changed = { ...old, ...(JSON.parse(JSON.stringify(input)) as Partial<HotFolder>) };
        folders[at] = { ...changed, state: changed.paused ? 'paused' : 'ready' };
        touchFolders();
        return folders[at] as HotFolder;
      }),
      remove: guarded.hotFolders.remove.handler(({ input }) => {
        folders.splice(
          folders.findIndex((folder) => folder.id === input.id),
          1,
        );
        touchFolders();
        return { ok: true as const };
      }),
      probe: guarded.hotFolders.probe.handler(({ input }) => {
        changeFolder(input.id, { health: goodProbe(), state: 'ready', reasonCode: null, raw: null, troubleSince: null });
        return folders.find((folder) => folder.id === input.id) as HotFolder;
      }),
      tryOut: guarded.hotFolders.tryOut.handler(({ input }) => goodProbe(!input.path.includes('locked'))),
    },
    rules: {
      list: guarded.rules.list.handler(() => ({ items: rules })),
      create: guarded.rules.create.handler(({ input }) => {
        const rule: Rule = { ...input, id: nextRule, position: input.position ?? nextRule };
        nextRule++;
        rules.push(rule);
        return rule;
      }),
      get: guarded.rules.get.handler(({ input }) => rules.find((rule) => rule.id === input.id) ?? Promise.reject(missing('rule'))),
      update: guarded.rules.update.handler(({ input }) => {
        const at = rules.findIndex((rule) => rule.id === input.id);
        rules[at] = { ...rules[at], ...(JSON.parse(JSON.stringify(input)) as Rule) };
        return rules[at] as Rule;
      }),
      remove: guarded.rules.remove.handler(({ input }) => {
        rules.splice(
          rules.findIndex((rule) => rule.id === input.id),
          1,
        );
        return { ok: true as const };
      }),
    },
    arrivals: {
      list: guarded.arrivals.list.handler(({ input }) => ({
        items: arrivals
          .filter(
            (arrival) => (input.outcome === undefined || arrival.outcome === input.outcome) && (input.unseen !== true || !arrival.seen),
          )
          .toReversed(),
        next: null,
      })),
      markSeen: guarded.arrivals.markSeen.handler(({ input }) => {
        const at = arrivals.findIndex((arrival) => arrival.id === input.id);
        const old = arrivals[at];
        if (old === undefined) throw missing('arrival');
        arrivals[at] = { ...old, seen: true };
        return { ...old, seen: true };
      }),
    },
    settings: {
      get: guarded.settings.get.handler(() => settings),
      update: guarded.settings.update.handler(({ input }) => Object.assign(settings, JSON.parse(JSON.stringify(input)))),
    },
    stations: {
      list: guarded.stations.list.handler(() => ({ items: [] })),
      create: guarded.stations.create.handler(() => {
        throw missing('station');
      }),
      remove: guarded.stations.remove.handler(() => ({ ok: true as const })),
    },
    events: {
      list: guarded.events.list.handler(() => ({ items: recorded, seq })),
      stream: guarded.events.stream.handler(async function* () {
        yield* recorded;
      }),
    },
    live: guarded.live.handler(async function* ({ input, signal }): AsyncGenerator<Live, void, void> {
      let since = input.since ?? seq;
      let seen = version;
      let first = true;
      while (signal?.aborted !== true) {
        const from = since;
        since = seq;
        seen = version;
        const all = first && input.since === undefined;
        yield {
          seq,
          resync: false,
          counts: counts(),
          jobs: [...changedJobs].filter(([, at]) => at > from).map(([id]) => jobOf(id)),
          events: recorded.filter((event) => event.seq > from),
          hotFolders: all || first || foldersChanged > from ? folders : null,
          arrivals: first || arrivalsChanged > from,
        };
        first = false;
        await new Promise<void>((resolve) => {
          if (seen !== version) return resolve();
          const go = (): void => {
            listeners.delete(go);
            resolve();
          };
          listeners.add(go);
          signal?.addEventListener('abort', go, { once: true });
        });
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
    }),
  });

  function changeFolder(id: number, change: Partial<HotFolder>): void {
    const at = folders.findIndex((folder) => folder.id === id);
    const old = folders[at];
    if (old === undefined) throw new Error(`No folder ${id}`);
    folders[at] = { ...old, ...change };
    touchFolders();
  }

  const page = sirv(join(import.meta.dirname, '../../dist/renderer'), {
    dev: true,
    setHeaders: (response) => response.setHeader('content-security-policy', csp),
  });
  const pdf = onePagePdf();
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    if (!/^\/api\/jobs\/\d+\/files\/\d+$/.test(request.url ?? '')) return page(request, response);
    if (request.headers.authorization !== `Bearer ${token}`) return response.writeHead(401).end();
    response.writeHead(200, { 'content-type': 'application/pdf', 'content-length': pdf.length }).end(pdf);
  });
  const sockets = new WebSocketServer({ noServer: true });
  const handler = new RPCHandler(router, { plugins: [new RequestHeadersPlugin()] });
  server.on('upgrade', (request, socket, head) => {
    if (away) return socket.destroy();
    sockets.handleUpgrade(request, socket, head, (webSocket) => void handler.upgrade(webSocket, { context: {} }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  addFolder('Press 1', '/srv/printfloor/hotfolders/press-1');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    jobs,
    folders,
    recorded,
    addJob: (seed) => addJob(seed),
    record,
    changeFolder,
    reject(arrival) {
      arrivals.push({
        id: arrivals.length + 1,
        name: 'file.pdf',
        folder: '/srv/printfloor/incoming',
        at: new Date().toISOString(),
        outcome: 'rejected',
        jobId: null,
        reasonCode: 'NotWhole',
        detail: null,
        path: null,
        seen: false,
        ...arrival,
      });
      arrivalsChanged = ++seq;
      wake();
    },
    goAway() {
      away = true;
      for (const socket of sockets.clients) socket.terminate();
    },
    comeBack() {
      away = false;
    },
    loseNextAnswer() {
      loseAnswer = true;
    },
    refuseNext(message, whatToDo) {
      refusal = { message, whatToDo };
    },
    async stop() {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
