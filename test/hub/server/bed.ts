/**
 * A real server on a real port over a real record in a temporary folder. The flow, the hot folders and the intake behind it are doubles:
 * they note what they were asked and do as little as the answers need.
 */
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from '../../../electron/hub/disk/look.ts';
import { makeTicketReader } from '../../../electron/hub/intake/tickets/read-ticket.ts';
import type { Wishes } from '../../../electron/hub/jobs/wishes.ts';
import type { KeptFiles } from '../../../electron/hub/kept-files.ts';
import { makeLog } from '../../../electron/hub/log.ts';
import { type Caller, type Flow, type HotFolders, type Intake, Refusal } from '../../../electron/hub/parts.ts';
import { realPorts } from '../../../electron/hub/ports/real.ts';
import { type RunningServer, type ServerParts, startServer } from '../../../electron/hub/server.ts';
import { openStore } from '../../../electron/hub/store/open.ts';
import { record } from '../../../electron/hub/store/record.ts';
import type { Store } from '../../../electron/hub/store/store.ts';
import { hashToken, makeToken } from '../../../electron/hub/tokens.ts';
import type { Settings } from '../../../shared/api.ts';
import type { JobEvent, NewEvent } from '../../../shared/event.ts';
import type { HotFolder, HotFolderSettings, ProbeResult } from '../../../shared/hot-folder.ts';
import { said } from '../../../shared/words/say.ts';

export type Bed = RunningServer & {
  readonly store: Store;
  readonly folder: string;
  readonly adminToken: string;
  readonly stationToken: string;
  /** What the doubles were asked, in order. */
  readonly asked: readonly string[];
  /** The largest seq from which the server has asked the record for events. */
  readonly furthestRead: () => number;
  /** Bugs the server reported. */
  readonly reported: readonly unknown[];
  /** Lines of the log. */
  readonly logged: readonly string[];
  readonly doubles: { readonly hotFolders: HotFolderDouble };
  readonly addJob: (order: string) => Promise<number>;
  readonly record: (jobId: number, ...codes: NewEvent['code'][]) => Promise<JobEvent[]>;
  /** One call over HTTP with the admin token, unless another or none (null) is given. */
  readonly call: (
    method: string,
    route: string,
    body?: unknown,
    token?: string | null,
  ) => Promise<{ status: number; body: unknown; headers: Headers }>;
};

export type HotFolderDouble = HotFolders & { readonly announce: () => void };

/** `kept`: what takes the place of reading the disk; `ask`: of what people ask. */
type BedOptions = Partial<Pick<ServerParts, 'uiPath' | 'now'>> & { readonly kept?: Partial<KeptFiles>; readonly ask?: Store['ask'] };

export async function startBed(options: BedOptions = {}): Promise<Bed> {
  const folder = await mkdtemp(path.join(tmpdir(), 'printfloor-server-'));
  const workPath = path.join(folder, 'work');
  await mkdir(workPath);
  const now = options.now ?? Date.now;
  const store = await openStore({ path: path.join(folder, 'record.db') });
  const adminToken = makeToken();
  const stationToken = makeToken();
  await store.write((tx) => tx.addStation('Press 1', 'station', hashToken(stationToken), now()));
  const asked: string[] = [];
  const reported: unknown[] = [];
  const logged: string[] = [];
  const hotFolders = hotFoldersDouble(asked);
  let furthest = 0;
  const watched: Store = {
    ...store,
    ...(options.ask !== undefined && { ask: options.ask }),
    read: {
      ...store.read,
      eventsPage: (seq, limit) => {
        furthest = Math.max(furthest, seq);
        return store.read.eventsPage(seq, limit);
      },
    },
  };
  const server = await startServer({
    store: watched,
    wishes: wishesDouble(store, now),
    flow: flowDouble(store, asked, now, options.kept),
    hotFolders,
    intake: intakeDouble(asked),
    readTicket: makeTicketReader(realPorts.timers),
    dataPath: folder,
    workPath,
    uiPath: options.uiPath ?? null,
    version: '0.0.0-test',
    demo: false,
    startedAt: now(),
    now,
    adminTokenHash: hashToken(adminToken),
    hubId: 'hub-of-the-bed',
    log: makeLog((line) => logged.push(line)),
    lastLines: () => [],
    port: 0,
    report: (error) => reported.push(error),
  });

  return {
    ...server,
    store,
    folder,
    adminToken,
    stationToken,
    asked,
    furthestRead: () => furthest,
    reported,
    logged,
    doubles: { hotFolders },
    addJob: (order) =>
      store.write((tx) => tx.addJob({ order, job: '1', title: `Flyer ${order}`, named: true, ticket: null, letter: null }, now())),
    record: (jobId, ...codes) =>
      store.write((tx) =>
        record(
          tx,
          jobId,
          codes.map((code) => ({ code, at: now(), actor: 'system' })),
        ),
      ),
    async call(method, route, body, token = adminToken) {
      const answer = await fetch(server.url + route, {
        method,
        headers: {
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      return { status: answer.status, headers: answer.headers, body: text === '' ? null : JSON.parse(text) };
    },
    async stop() {
      await server.stop();
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** Double of the wishes: records the status and remembers what it answered for an action id. */
function wishesDouble(store: Store, now: () => number): Wishes {
  const act = async (jobId: number, actionId: string, event: NewEvent, caller: Caller) => {
    const text = await store.write(async (tx) => {
      const before = await tx.action(actionId);
      if (before !== null) return before.answer;
      if ((await tx.job(jobId)) === null) throw new Refusal('NOT_FOUND', said('refusals.jobToChange'));
      const [recorded] = await record(tx, jobId, [{ ...event, actor: caller.actor, station: caller.station }]);
      const answer = JSON.stringify({ job: await tx.toldJob(jobId), event: recorded });
      await tx.keepAction(actionId, '', answer, now());
      return answer;
    });
    return JSON.parse(text);
  };
  return {
    setStatus: (jobId, input, caller) => {
      if (input.code === 'Shipped') throw new Refusal('NOT_NOW', said('rules.notPrinted'));
      if (input.code === 'Nothing') throw new Error('a bug with a secret inside');
      return act(jobId, input.actionId, { code: input.code, at: now(), actor: caller.actor, reason: input.reason ?? null }, caller);
    },
    undo: (jobId, input, caller) =>
      act(jobId, input.actionId, { code: 'Printed', at: now(), actor: caller.actor, undoes: input.seq }, caller),
  };
}

/** Double of the flow: a ticket makes a job, a file is added as it is. */
function flowDouble(store: Store, asked: string[], now: () => number, kept: Partial<KeptFiles> = {}): Flow {
  return {
    acceptTicket: async (ticket, caller) => {
      asked.push(`acceptTicket ${ticket.order} by ${caller.actor}`);
      return store.write((tx) =>
        tx.addJob({ order: ticket.order, job: ticket.job, title: ticket.title ?? '', named: true, ticket, letter: null }, now()),
      );
    },
    acceptFile: async (jobId, name, landed, caller) => {
      asked.push(`acceptFile ${name} by ${caller.actor}`);
      if (name === 'refuse.pdf') throw new Refusal('NOT_NOW', said('rules.blocked'));
      const { size, sha256 } = await fingerprint(landed);
      await store.write((tx) =>
        tx.addFile({
          jobId,
          name,
          size,
          sha256,
          type: path.extname(name).slice(1),
          sourcePath: landed,
          archivePath: `${landed}.kept`,
          arrivedAt: now(),
          replaces: null,
        }),
      );
    },
    kept: { contentOf: (place) => inspect(place, Number.MAX_SAFE_INTEGER), away: async () => null, ...kept },
    requestDelivery: async (jobId, request, caller) => void asked.push(`requestDelivery ${jobId} ${request.reason} by ${caller.actor}`),
    requestReprint: async (jobId, request, caller) => {
      asked.push(`requestReprint ${jobId} ${request.quantity} by ${caller.actor}`);
      return jobId;
    },
    answerArrival: () => Promise.reject(new Refusal('NOT_NOW', said('refusals.nothingAsked'))),
  };
}

async function fingerprint(filePath: string): Promise<{ size: number; sha256: string }> {
  const content = await readFile(filePath);
  const { createHash } = await import('node:crypto');
  return { size: content.length, sha256: createHash('sha256').update(content).digest('hex') };
}

const goodProbe: ProbeResult = {
  ok: true,
  at: new Date(0).toISOString(),
  steps: [],
  freeBytes: 1,
  clockDifferenceMs: 0,
  roundTripMs: 1,
  reasonCode: null,
};

/** Double of the hot folders: a list in memory. */
function hotFoldersDouble(asked: string[]): HotFolderDouble {
  const folders: HotFolder[] = [];
  const listeners = new Set<() => void>();
  const replace = (id: number, change: Partial<HotFolderSettings>): HotFolder => {
    const at = folders.findIndex((folder) => folder.id === id);
    const before = folders[at];
    if (before === undefined) throw new Error('asked for a folder that is not there');
    const changed = { ...before, ...change };
    folders[at] = changed;
    return changed;
  };
  return {
    list: async () => [...folders],
    tryOut: async () => goodProbe,
    create: async (settings) => {
      const folder: HotFolder = {
        ...settings,
        id: folders.length + 1,
        state: 'ready',
        reasonCode: null,
        raw: null,
        troubleSince: null,
        health: goodProbe,
        queued: 0,
        lying: 0,
        unknownFiles: [],
      };
      folders.push(folder);
      return folder;
    },
    update: async (id, change) => {
      asked.push(`update ${id} ${JSON.stringify(change)}`);
      return replace(id, change);
    },
    remove: async (id) => {
      folders.splice(
        folders.findIndex((folder) => folder.id === id),
        1,
      );
      return { lying: 0, unseen: 0, rules: 0 };
    },
    probe: async (id) => replace(id, {}),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    announce: () => {
      for (const listener of listeners) listener();
    },
  };
}

/** Double of the intake: keeps the folders it was told to watch. */
function intakeDouble(asked: string[]): Intake {
  let folders: Settings['incoming'] = [];
  return {
    watching: () => folders.map(({ path: folderPath }) => ({ path: folderPath, state: 'watching', reason: null })),
    inTurn: (work) => work(),
    check: async (wanted) => [...wanted],
    watch: async (wanted) => {
      folders = wanted;
      asked.push(`watch ${wanted.map((folder) => folder.path).join(' ')}`);
    },
  };
}
