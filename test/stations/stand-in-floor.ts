/** What the stand-in hub remembers, and how it changes: all in memory, a job's state derived as the real hub derives it. */
import type { Arrival, Counts, Live, Settings } from '../../shared/api.ts';
import type { JobEvent, NewEvent } from '../../shared/event.ts';
import { type HotFolder, hotFolderSettingsSchema, type ProbeResult, probeStepNames, type Rule } from '../../shared/hot-folder.ts';
import { boardPlaces, placeOnBoard } from '../../shared/job/board.ts';
import { attentionOf, deriveState } from '../../shared/job/state.ts';
import type { Job } from '../../shared/job.ts';
import { statusEntry } from '../../shared/status.ts';
import { alwaysOpen } from '../../shared/work-calendar.ts';

type Question = NonNullable<Arrival['question']>;
export type EventSeed = Omit<NewEvent, 'at'> & { readonly agoMs?: number };
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
    | 'partOf'
    | 'reprintOf'
    | 'reprints'
    | 'missing'
    | 'deliveries'
    | 'startAt'
  >
> & { readonly events?: readonly EventSeed[]; readonly file?: string; readonly moreFiles?: readonly string[] };

/** A probe that went well, or one that stopped at writing. */
export function probeResult(ok = true): ProbeResult {
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

export type StandInFloor = ReturnType<typeof makeFloor>;

export function makeFloor() {
  const jobs = new Map<number, Job>();
  const history = new Map<number, JobEvent[]>();
  const recorded: JobEvent[] = [];
  const folders: HotFolder[] = [];
  const rules: Rule[] = [];
  const arrivals: Arrival[] = [];
  const settings: Settings = {
    shopName: 'Test shop',
    incoming: [{ path: '/srv/printfloor/incoming', location: 'local' }],
    settleMs: 2000,
    incompleteAfterMs: 600_000,
    askAfterHours: 8,
    namePatterns: [],
    calendar: alwaysOpen,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    language: 'en',
    xmlMapping: {},
  };
  const listeners = new Set<() => void>();
  const changedJobs = new Map<number, number>();
  let [seq, nextJob, nextFile, nextFolder, foldersChanged, arrivalsChanged, settingsChanged, resyncAt] = [0, 1, 1, 1, 0, 0, 0, 0];

  const wake = (): void => {
    for (const listener of listeners) listener();
  };
  const counts = (isCounted: (job: Job) => boolean = () => true): Counts => {
    const counted = [...jobs.values()].filter(isCounted);
    const stages: Counts['stages'] = {};
    for (const { stage } of counted) stages[stage] = (stages[stage] ?? 0) + 1;
    const late = (job: Job) => placeOnBoard(job) === boardPlaces.inWork && job.dueAt !== null && Date.parse(job.dueAt) < Date.now();
    return {
      all: counted.length,
      attention: counted.filter((job) => job.attention.length > 0).length,
      stages,
      finished: counted.filter((job) => placeOnBoard(job) === boardPlaces.finished).length,
      late: counted.filter(late).length,
    };
  };

  function record(jobId: number, { agoMs = 0, ...event }: EventSeed, quiet = false): JobEvent {
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
      revision: seq,
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
    const { events, file, moreFiles = [], ...fields } = seed;
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
      dueAtWritten: null,
      dueDayOnly: false,
      startAt: null,
      startAtWritten: null,
      startDayOnly: false,
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
      partOf: null,
      reprintOf: null,
      reprints: [],
      lastSeq: 0,
      revision: 0,
      ...fields,
      files: [file ?? `${order}-${part} Flyer.png`, ...moreFiles].map((name) => ({
        id: nextFile++,
        name,
        version: 1,
        current: true,
        size: 48_213,
        sha256: 'a3f5'.repeat(16),
        type: name.split('.').at(-1) ?? 'pdf',
        arrivedAt: at,
      })),
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
      health: probeResult(),
      queued: 0,
      lying: 0,
      unknownFiles: [],
    };
    folders.push(folder);
    return folder;
  }
  function touchFolders(): void {
    foldersChanged = ++seq;
    wake();
  }

  function changeFolder(id: number, change: Partial<HotFolder>): void {
    const at = folders.findIndex((folder) => folder.id === id);
    const old = folders[at];
    if (old === undefined) throw new Error(`No folder ${id}`);
    folders[at] = { ...old, ...change };
    touchFolders();
  }

  function addArrival(arrival: Partial<Arrival>): void {
    arrivals.push({
      id: arrivals.length + 1,
      name: 'file.pdf',
      folder: '/srv/printfloor/incoming',
      at: new Date().toISOString(),
      outcome: 'rejected',
      jobId: null,
      reasonCode: 'NotWhole',
      detail: null,
      details: null,
      key: 'reasons.NotWhole',
      values: {},
      path: null,
      seen: false,
      question: null,
      answer: null,
      ...arrival,
    });
    touchArrivals();
  }

  /** A file of which two answers are possible, asked about as the real hub asks. */
  function askAbout(name: string, candidates: readonly Job[], change: Partial<Question> = {}): void {
    for (const { id } of candidates) record(id, { code: 'ActionRun', actor: 'system', data: { problem: 'WhoseFile' } });
    const question: Question = {
      about: 'file',
      why: 'severalJobs',
      newNumber: 'PF000009-1',
      size: 48_213,
      ticket: null,
      candidates: candidates.map(({ id, number, title, product, quantity, customer, files }) => ({
        jobId: id,
        number,
        title,
        product,
        quantity,
        customer,
        files: files.map((file) => ({ id: file.id, name: file.name, size: file.size })),
        evidence: ['number'],
      })),
      ...change,
    };
    addArrival({ name, outcome: 'asked', reasonCode: 'WhoseFile', question });
  }

  /** As long as nobody is told. */
  function changeSettingsQuietly(change: Partial<Settings>): void {
    Object.assign(settings, change);
  }

  function changeSettings(change: Partial<Settings>): Settings {
    settingsChanged = ++seq;
    Object.assign(settings, change);
    wake();
    return settings;
  }

  function touchArrivals(): void {
    arrivalsChanged = ++seq;
    wake();
  }

  /** What changed after `since`; `first`: the push a screen begins with; `again`: it comes back after a loss and loads all it shows. */
  function pushSince(since: number, first: boolean, again = false): Live {
    const resync = again || resyncAt > since;
    return {
      seq,
      resync,
      counts: counts(),
      jobs: resync ? [] : [...changedJobs].filter(([, at]) => at > since).flatMap(([id]) => jobs.get(id) ?? []),
      events: resync && !again ? [] : recorded.filter((event) => event.seq > since),
      hotFolders: first || foldersChanged > since ? folders : null,
      arrivals: first || arrivalsChanged > since,
      settings: settingsChanged > since,
    };
  }

  return {
    jobs,
    history,
    recorded,
    folders,
    rules,
    arrivals,
    settings,
    changeSettings,
    changeSettingsQuietly,
    counts,
    record: (jobId: number, event: EventSeed) => record(jobId, event),
    addJob: (seed?: JobSeed) => addJob(seed),
    addFolder,
    touchFolders,
    changeFolder,
    addArrival,
    askAbout,
    touchArrivals,
    pushSince,
    seq: () => seq,
    /** The next push says only that everything must be loaded again. */
    forceResync(): void {
      resyncAt = ++seq;
      wake();
    },
    /** Resolves with the next change, or when `signal` aborts. */
    nextChange: (signal: AbortSignal | undefined): Promise<void> =>
      new Promise((resolve) => {
        const go = (): void => {
          listeners.delete(go);
          resolve();
        };
        listeners.add(go);
        signal?.addEventListener('abort', go, { once: true });
      }),
  };
}
