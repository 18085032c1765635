/** The contract, answered from the memory of the stand-in hub. */
import { implement, ORPCError } from '@orpc/server';
import type { RequestHeadersPluginContext } from '@orpc/server/plugins';
import { readTicketFile } from '../../electron/hub/intake/tickets/parse.ts';
import { matches, noFilter } from '../../renderer/floor/filter.ts';
import { contract, type Health, type JobQuery, type Live, type TriedTicket } from '../../shared/api.ts';
import type { JobEvent } from '../../shared/event.ts';
import { checkPattern } from '../../shared/file-name.ts';
import type { HotFolder, Rule } from '../../shared/hot-folder.ts';
import { boardPlaces, compareSpots, isReversed, placeOnBoard, type Spot, sortKey } from '../../shared/job/board.ts';
import { countedUnder } from '../../shared/job/counted.ts';
import type { Job } from '../../shared/job.ts';
import { numberRank, ordersTyped } from '../../shared/job-number.ts';
import { sayOtherHub } from '../../shared/other-hub.ts';
import { statusCodes, statusEntry } from '../../shared/status.ts';
import { alwaysOpen } from '../../shared/work-calendar.ts';
import { probeResult, type StandInFloor } from './stand-in-floor.ts';
import { securityTold, stationsAtFirst } from './stand-in-security.ts';

export const token = 'floor-key-for-tests';
/** Of the station Press 2. */
export const otherToken = 'other-key-for-tests';
const actors = new Map([
  [`Bearer ${token}`, 'admin'],
  [`Bearer ${otherToken}`, 'station Press 2'],
]);

/** What a test may do to the next status change. */
export type Told = { readonly rule?: string; readonly mayInsist?: boolean; readonly by?: string; readonly at?: string };
export type Mischief = {
  refusal: ({ readonly message: string; readonly whatToDo: string } & Told) | null;
  /** The next changes fail with these, one each. */
  failures: number[];
  /** The key opens nothing any more. */
  revoked: boolean;
  /** The next status change is recorded and never answered. */
  silent: boolean;
  /** Nothing can be recorded at present. */
  record: Health['record'];
  /** So many files wait for the hot folders. */
  waiting: number;
  waitingAnswer: string | null;
  /** What is watched, where it is not just the usual folder. */
  watching: Health['watching'] | null;
  /** Which page is handed out. */
  page: Health['page'];
  /** What settings were saved with, latest last. */
  readonly saved: unknown[];
  /** The next change stood already: this one said it. */
  already: string | null;
  /** Lists are answered when this is over. */
  lists: Promise<void> | null;
  /** How many were read and are on their way. */
  held: number;
  /** Since when the hub says that all is well. */
  wellSince: string | null;
  /** Runs once the change is recorded and before it is answered. */
  beforeAnswer: (() => void) | null;
};

function fits(job: Job, q: string): boolean {
  return q.trim() === '' || matches(job, { ...noFilter, q });
}

type Narrowed = Pick<JobQuery, 'stage' | 'status' | 'hotFolder' | 'attention' | 'q' | 'finished' | 'orderNumber'>;

function isAskedFor(job: Job, { stage, status, hotFolder, attention, q, finished, orderNumber }: Narrowed): boolean {
  return (
    (finished === undefined || finished === (placeOnBoard(job) === boardPlaces.finished)) &&
    (stage === undefined || job.stage === stage) &&
    (status === undefined || job.status === status) &&
    (hotFolder === undefined || job.hotFolderId === hotFolder) &&
    (attention !== true || job.attention.length > 0) &&
    (q === undefined || fits(job, q)) &&
    (orderNumber === undefined || ordersTyped(orderNumber).includes(job.order))
  );
}

const emptyTried = {
  ...{ jobId: null, title: null, product: null, quantity: null, customer: null, dueAt: null, dueDayOnly: false, startAt: null },
  ...{ startDayOnly: false, submitted: null, approval: null, fulfilment: null, priority: null, notes: null },
};
const defaultsForTests = {
  calendar: alwaysOpen,
  shopName: '',
  settleMs: 1000,
  incompleteAfterMs: 30_000,
  askAfterHours: 8,
  namePatterns: ['{order}-{job} {rest}', '{order}_{job}'],
  xmlMapping: {},
};

function missing(what: string) {
  return new ORPCError('NOT_FOUND', { status: 404, message: `There is no such ${what}.`, data: { whatToDo: 'Look at the list.' } });
}

function refuseSeen(now: object | undefined, seen: object = {}): void {
  const stands = new Map<string, unknown>(Object.entries(now ?? {}));
  const fields = Object.entries(seen).flatMap(([name, value]) =>
    value === undefined || JSON.stringify(value) === JSON.stringify(stands.get(name)) ? [] : [name],
  );
  if (fields.length > 0)
    throw new ORPCError('CONFLICT', { status: 409, message: 'Somebody else has changed it.', data: { whatToDo: 'Look.', fields } });
}

type Answered = { job: Job; event: JobEvent; already?: true };

export function makeRouter(floor: StandInFloor, watching: boolean, mischief: Mischief, hubId: string) {
  const onItsWay = async (): Promise<void> => {
    if (mischief.lists !== null) mischief.held += 1;
    await mischief.lists;
  };
  const { jobs, history, recorded, folders, rules, arrivals, settings } = floor;
  const answers = new Map<string, Answered>();
  let sorted: { readonly same: string; readonly spots: readonly Spot[] } = { same: '', spots: [] };
  let nextRule = 1;
  const stations = [...stationsAtFirst];
  const os = implement(contract).$context<RequestHeadersPluginContext>();
  const guarded = os.use(({ context, next }) => {
    const actor = actors.get(context.reqHeaders?.get('authorization') ?? '');
    if (actor === undefined)
      throw new ORPCError('UNAUTHORIZED', {
        status: 401,
        message: 'This token is not known.',
        data: { whatToDo: 'Use the one in the file admin-token.' },
      });
    if (mischief.revoked)
      throw new ORPCError('UNAUTHORIZED', {
        status: 401,
        message: 'This token was revoked.',
        data: { whatToDo: 'Ask the admin for a new one.', tokenEnded: true },
      });
    return next({ context: { actor } });
  });
  const jobOf = (id: number): Job => {
    const job = jobs.get(id);
    if (job === undefined) throw missing('job');
    return job;
  };
  const once = (actionId: string, work: () => Answered) => {
    const before = answers.get(actionId);
    if (before !== undefined) return before;
    const failure = mischief.failures.shift();
    if (failure !== undefined) throw new ORPCError(failure === 429 ? 'TOO_MANY_REQUESTS' : 'INTERNAL_SERVER_ERROR', { status: failure });
    if (mischief.record !== null)
      throw new ORPCError('NOT_RECORDED', { status: 503, message: mischief.record.message, data: { whatToDo: mischief.record.whatToDo } });
    if (mischief.refusal !== null) {
      const { message, ...data } = mischief.refusal;
      mischief.refusal = null;
      throw new ORPCError('NOT_NOW', { status: 422, message, data });
    }
    const answer = work();
    answers.set(actionId, answer);
    mischief.beforeAnswer?.();
    mischief.beforeAnswer = null;
    return answer;
  };

  return guarded.router({
    health: guarded.health.handler(({ context }) => ({
      ok: true,
      version: '0.1.0',
      hub: hubId,
      startedAt: new Date().toISOString(),
      now: new Date().toISOString(),
      page: mischief.page,
      you: context.actor,
      seq: floor.seq(),
      demo: false,
      timeZone: settings.timeZone,
      calendar: settings.calendar,
      language: settings.language,
      askAfterHours: settings.askAfterHours,
      data: '/srv/printfloor',
      jobs: jobs.size,
      troubledFolders: 0,
      wellSince: mischief.wellSince,
      record: mischief.record,
      watching: mischief.watching ?? (watching ? [{ path: '/srv/printfloor/incoming', state: 'watching' as const, reason: null }] : []),
    })),
    statuses: {
      list: guarded.statuses.list.handler(() => ({
        items: statusCodes.map((code) => ({
          code,
          track: statusEntry(code).track,
          stage: statusEntry(code).stage,
          who: statusEntry(code).who,
          name: code,
          meaning: code,
          next: [],
          jobs: [...jobs.values()].filter((job) => countedUnder(job).has(code)).length,
        })),
      })),
    },
    jobs: {
      list: guarded.jobs.list.handler(async ({ input }) => {
        const { order = 'newest' } = input;
        const turned = isReversed(order, input.reverse === true);
        const { cursor: _, ...asked } = input;
        const same = JSON.stringify([asked, floor.seq(), jobs.size]);
        // Page after page of ten thousand jobs is asked for.
        if (sorted.same !== same)
          sorted = {
            same,
            spots: [...jobs.values()]
              .filter((job) => isAskedFor(job, input))
              .map((job) => ({ key: sortKey(job, order), id: job.id, rank: numberRank(input.q ?? '', job.number) }))
              .sort((a, b) => compareSpots(a, b, turned)),
          };
        const { spots } = sorted;
        const last: Spot | null = input.cursor === undefined ? null : JSON.parse(input.cursor);
        const left = last === null ? spots : spots.filter((spot) => compareSpots(spot, last, turned) > 0);
        const shown = left.slice(0, Math.min(input.limit, 500));
        const items = shown.map(({ id }) => jobOf(id));
        // On its way: what changes meanwhile is pushed before it arrives.
        await onItsWay();
        return { items, next: left.length > shown.length ? JSON.stringify(shown.at(-1)) : null, order };
      }),
      counts: guarded.jobs.counts.handler(({ input }) => floor.counts((job) => input?.q === undefined || fits(job, input.q))),
      get: guarded.jobs.get.handler(({ input }) => jobOf(input.id)),
      history: guarded.jobs.history.handler(({ input }) => ({ items: history.get(input.id) ?? [], next: null })),
      create: guarded.jobs.create.handler(({ input }) => floor.addJob({ order: input.order, job: input.job })),
      setStatus: guarded.jobs.setStatus.handler(async ({ input, context }) => {
        const answer = once(input.actionId, () => {
          const first = mischief.already;
          mischief.already = null;
          const event = floor.record(input.id, {
            code: input.code,
            actor: first ?? context.actor,
            custom: input.custom ?? null,
            reason: input.reason ?? null,
            data: input.data ?? {},
          });
          return { job: jobOf(input.id), event, ...(first !== null && { already: true as const }) };
        });
        if (mischief.silent) {
          mischief.silent = false;
          await new Promise<never>(() => undefined);
        }
        return answer;
      }),
      undo: guarded.jobs.undo.handler(({ input }) =>
        once(input.actionId, () => {
          const undone = history.get(input.id)?.find((event) => event.seq === input.seq);
          if (undone === undefined) throw missing('event');
          const event = floor.record(input.id, { code: undone.code, actor: 'admin', undoes: undone.seq, reason: input.reason ?? null });
          return { job: jobOf(input.id), event };
        }),
      ),
      deliver: guarded.jobs.deliver.handler(
        ({ input }) =>
          once(input.actionId, () => {
            const event = floor.record(input.id, {
              code: 'InHotFolder',
              actor: 'admin',
              reason: input.reason,
              data: { fileIds: input.fileIds ?? null },
            });
            return { job: jobOf(input.id), event };
          }).job,
      ),
      reprint: guarded.jobs.reprint.handler(
        ({ input, context }) =>
          once(input.actionId, () => {
            const { id, number, order, job, title, hotFolderId } = jobOf(input.id);
            const made = { order, job: `${job}R1`, title, hotFolderId, quantity: input.quantity, reprintOf: { id, number } };
            const again = floor.addJob(made);
            jobs.set(id, { ...jobOf(id), reprints: [...jobOf(id).reprints, { id: again.id, number: again.number }] });
            const data = { reprint: again.id, fileIds: input.fileIds ?? null, quantity: input.quantity };
            return { job: again, event: floor.record(id, { code: 'ActionRun', actor: context.actor, reason: input.reason, data }) };
          }).job,
      ),
    },
    hotFolders: {
      list: guarded.hotFolders.list.handler(() => ({ items: folders })),
      create: guarded.hotFolders.create.handler(({ input }) => {
        const folder = Object.assign(floor.addFolder(input.name, input.path), input);
        floor.touchFolders();
        return folder;
      }),
      get: guarded.hotFolders.get.handler(
        ({ input }) => folders.find((folder) => folder.id === input.id) ?? Promise.reject(missing('hot folder')),
      ),
      update: guarded.hotFolders.update.handler(({ input }) => {
        const at = folders.findIndex((folder) => folder.id === input.id);
        const old = folders[at];
        if (old === undefined) throw missing('hot folder');
        refuseSeen(old, input.seen);
        const {
          waiting,
          seen: _,
          ...settings
        } = JSON.parse(JSON.stringify(input)) as Partial<HotFolder> & {
          readonly waiting?: string;
          readonly seen?: object;
        };
        if (mischief.waiting > 0 && settings.path !== undefined && settings.path !== old.path && waiting === undefined)
          throw new ORPCError('CONFLICT', {
            status: 409,
            message: 'Files wait for this folder.',
            data: { whatToDo: 'Say what becomes of them.', waiting: mischief.waiting },
          });
        if (waiting !== undefined) mischief.waitingAnswer = waiting;
        const changed = { ...old, ...settings };
        folders[at] = { ...changed, state: changed.paused ? 'paused' : 'ready' };
        floor.touchFolders();
        return folders[at] as HotFolder;
      }),
      remove: guarded.hotFolders.remove.handler(({ input }) => {
        folders.splice(
          folders.findIndex((folder) => folder.id === input.id),
          1,
        );
        floor.touchFolders();
        return { ok: true as const, lying: 0, unseen: 0, rules: 0 };
      }),
      probe: guarded.hotFolders.probe.handler(({ input }) => {
        const before = folders.find((folder) => folder.id === input.id);
        if ((before?.reasonCode === 'OtherHub' || before?.reasonCode === 'OtherFolder') && input.takeOver !== true) return before;
        floor.changeFolder(input.id, { health: probeResult(), state: 'ready', reasonCode: null, raw: null, troubleSince: null });
        return folders.find((folder) => folder.id === input.id) as HotFolder;
      }),
      tryOut: guarded.hotFolders.tryOut.handler(({ input }) => probeResult(!input.path.includes('locked'))),
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
      update: guarded.rules.update.handler(({ input: { seen, ...input } }) => {
        const at = rules.findIndex((rule) => rule.id === input.id);
        refuseSeen(rules[at], seen);
        rules[at] = { ...rules[at], ...(JSON.parse(JSON.stringify(input)) as Rule) };
        return rules[at] as Rule;
      }),
      remove: guarded.rules.remove.handler(({ input }) => {
        refuseSeen(
          rules.find(({ id }) => id === input.id),
          input.seen,
        );
        rules.splice(
          rules.findIndex((rule) => rule.id === input.id),
          1,
        );
        return { ok: true as const };
      }),
    },
    arrivals: {
      list: guarded.arrivals.list.handler(({ input }) => {
        const all = arrivals
          .filter(
            (arrival) => (input.outcome === undefined || arrival.outcome === input.outcome) && (input.unseen !== true || !arrival.seen),
          )
          .toReversed();
        const from = Number(input.cursor ?? 0);
        const to = from + Math.min(input.limit, 500);
        return { items: all.slice(from, to), next: to < all.length ? String(to) : null };
      }),
      markSeen: guarded.arrivals.markSeen.handler(({ input }) => {
        const at = arrivals.findIndex((arrival) => arrival.id === input.id);
        const old = arrivals[at];
        if (old === undefined) throw missing('arrival');
        arrivals[at] = { ...old, seen: true };
        return { ...old, seen: true };
      }),
      answer: guarded.arrivals.answer.handler(({ input }) => {
        const at = arrivals.findIndex((arrival) => arrival.id === input.id);
        const old = arrivals[at];
        if (old === undefined) throw missing('arrival');
        if (old.answer !== null)
          throw new ORPCError('CONFLICT', {
            status: 409,
            message: `${old.answer.by} said that it belongs to another job already.`,
            data: {
              whatToDo: 'Look at that job.',
              by: old.answer.by,
              at: old.answer.at,
              belongsTo: old.answer.jobId === null ? null : jobOf(old.answer.jobId).number,
            },
          });
        const what = typeof input.jobId === 'number' ? 'job' : input.jobId;
        const jobId = typeof input.jobId === 'number' ? input.jobId : null;
        const outcome = what === 'reject' ? 'rejected' : 'accepted';
        const answered = {
          ...old,
          outcome,
          jobId,
          seen: true,
          answer: { what, jobId, by: 'admin', at: new Date().toISOString() },
        } as const;
        arrivals[at] = answered;
        floor.touchArrivals();
        for (const candidate of old.question?.candidates ?? [])
          floor.record(candidate.jobId, { code: 'ActionRun', actor: 'admin', data: { solves: 'WhoseFile' } });
        return answered;
      }),
    },
    settings: {
      get: guarded.settings.get.handler(() => settings),
      defaults: guarded.settings.defaults.handler(() => ({ ...settings, ...defaultsForTests })),
      tryTicket: guarded.settings.tryTicket.handler(({ input }) => {
        mischief.saved.push({ tried: input.name, xmlMapping: input.xmlMapping });
        const { name, content, xmlMapping = {} } = input;
        const { timeZone = settings.timeZone } = input;
        const result = readTicketFile(name, Buffer.from(content, 'base64'), { xmlMapping, timeZone });
        const gaps: { readonly gaps?: NonNullable<TriedTicket['gaps']> } =
          result.gaps === undefined ? {} : JSON.parse(JSON.stringify({ gaps: result.gaps }));
        if (!result.ok)
          return {
            ...{ ok: false, reasonCode: result.code, detail: result.detail, details: result.said },
            ...{ readAs: null, count: 0, tickets: [] },
            ...gaps,
          };
        const tickets = result.tickets.map((ticket) => ({
          ...emptyTried,
          ...JSON.parse(JSON.stringify(ticket)),
          number: `${ticket.order}-${ticket.job}`,
        }));
        return { ok: true, reasonCode: null, detail: null, details: null, readAs: result.readAs, count: tickets.length, ...gaps, tickets };
      }),
      update: guarded.settings.update.handler(({ input }) => {
        mischief.saved.push(input);
        const { takeOver = [], confirm = [], seen = {}, ...change } = input;
        const fields = Object.entries(seen).flatMap(([name, value]) =>
          JSON.stringify(value) === JSON.stringify(settings[name as keyof typeof settings]) ? [] : [name],
        );
        if (fields.length > 0)
          throw new ORPCError('CONFLICT', { status: 409, message: 'Changed since.', data: { whatToDo: 'Look.', fields } });
        if (input.xmlMapping !== undefined && input.xmlMapping['order'] === undefined)
          throw new ORPCError('BAD_REQUEST', {
            ...{ status: 400, message: 'A mapping must say where "order" stands.' },
            data: { whatToDo: 'Correct it and save again.', fields: ['xmlMapping'] },
          });
        const bad = input.namePatterns?.map(checkPattern).find((fault) => fault !== null);
        if (bad != null)
          throw new ORPCError('BAD_REQUEST', {
            ...{ status: 400, message: 'A pattern needs {order} and {job}.' },
            data: { whatToDo: 'Correct it and save again.', fields: ['namePatterns'] },
          });
        const path = input.incoming?.find((folder) => folder.path.startsWith('/theirs'))?.path;
        if (path !== undefined && takeOver !== true && !(Array.isArray(takeOver) && takeOver.includes(path)))
          throw new ORPCError('CONFLICT', {
            status: 409,
            message: 'Another Printfloor works in this folder.',
            data: {
              whatToDo: 'Take it over.',
              reasonCode: 'OtherHub',
              path,
              raw: `${path}: ${sayOtherHub({ id: 'b7', computer: 'PC-2' })}`,
            },
          });
        const full = input.incoming?.find((folder) => folder.path.startsWith('/full'))?.path;
        if (full !== undefined && confirm !== true && !(Array.isArray(confirm) && confirm.includes(full)))
          throw new ORPCError('CONFLICT', {
            status: 409,
            message: `12 files lie in ${full} already.`,
            data: { whatToDo: 'Say so.', reasonCode: 'FilesLieThere', path: full, files: 12 },
          });
        if ([takeOver, confirm].some((said) => Array.isArray(said) && said.length > 0)) mischief.watching = null;
        return floor.changeSettings(JSON.parse(JSON.stringify(change)));
      }),
    },
    security: {
      list: guarded.security.list.handler(({ input }) =>
        input.cursor === undefined ? { items: securityTold.slice(0, 4), next: 'more' } : { items: securityTold.slice(4), next: null },
      ),
    },
    stations: {
      list: guarded.stations.list.handler(() => ({ items: stations })),
      create: guarded.stations.create.handler(({ input: { name, role, endsAt = null } }) => {
        const made = { id: 7, name, role, createdAt: new Date(0).toISOString(), lastSeenAt: null, lastSeenFrom: null, endsAt };
        stations.push(made);
        return { ...made, token: 'a'.repeat(43) };
      }),
      remove: guarded.stations.remove.handler(({ input }) => {
        const at = stations.findIndex(({ id }) => id === input.id);
        if (at < 0) throw missing('key');
        stations.splice(at, 1);
        return { ok: true as const };
      }),
    },
    helpFile: guarded.helpFile.handler(({ input }) => ({
      madeAt: new Date(0).toISOString(),
      program: { version: '0.1.0', page: null, node: 'v24.0.0', system: 'linux x64', cores: 2 },
      memory: { hubMb: 100, freeMb: 1000 },
      record: { engine: 'sqlite', seq: floor.seq(), trouble: null, stages: {} },
      settings,
      incoming: [],
      hotFolders: [],
      rules: [],
      stations: [],
      log: input.job === undefined ? [] : [`asked for job ${input.job}`],
      job: null,
    })),
    events: {
      list: guarded.events.list.handler(() => ({ items: recorded, seq: floor.seq() })),
      stream: guarded.events.stream.handler(async function* () {
        yield* recorded;
      }),
    },
    live: guarded.live.handler(async function* ({ input, signal }): AsyncGenerator<Live, void, void> {
      let since = input.since ?? floor.seq();
      for (let first = true; signal?.aborted !== true; first = false) {
        if (!first && floor.seq() === since) await floor.nextChange(signal);
        const push = floor.pushSince(since, first, first && input.since !== undefined);
        since = push.seq;
        yield push;
      }
    }),
  });
}
