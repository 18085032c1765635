/**
 * What screens are told: at once when it is quiet, and when much is going on everything together that changed within a moment; read once for all of them.
 * Promises: a push never says less than its `seq`; a screen too slow to keep up costs one bounded push and is told to load again;
 * a quiet line still speaks every ten seconds, so that a dead one is noticed.
 */
import { setImmediate as turn } from 'node:timers/promises';
import type { Live } from '../../../shared/api.ts';
import type { JobEvent } from '../../../shared/event.ts';
import type { HotFolders } from '../parts.ts';
import type { Change, Store } from '../store/store.ts';
import { type Bell, makeBell } from './bell.ts';
import { countNow } from './count-now.ts';
import { type Hours, neverClosed, withReadyBy } from './hours.ts';
import { after, emptyPush, mergePushes, mostEvents, mostJobs, type Weighed, weigh } from './live-push.ts';

/** A change that comes within this time of the push before waits for its end, with all others that come meanwhile. */
const gatherMs = 20;
/** What could not be read is asked again after that. */
const afterFaultMs = 1000;
/** From here on a push is no small matter. */
const largeBytes = 16 * 1024;
/** A screen that must load everything again is left alone for a while. */
const afterResyncMs = 1000;

export type LiveFeed = {
  /** One full push, then changes, until `signal` aborts; `stillWelcome` is asked at times and ends it by throwing. */
  follow(since: number | undefined, signal: AbortSignal, stillWelcome: () => Promise<unknown>): AsyncGenerator<Live>;
  stop(): void;
};

type Screen = { pending: Weighed | null; readonly bell: Bell };
type Dirty = { jobIds: Set<number>; events: JobEvent[]; tooMany: boolean; hotFolders: boolean; arrivals: boolean; settings: boolean };

function clean(): Dirty {
  return { jobIds: new Set(), events: [], tooMany: false, hotFolders: false, arrivals: false, settings: false };
}

export function startLive(
  store: Store,
  hotFolders: HotFolders,
  report: (error: unknown) => void,
  heartbeatMs = 10_000,
  now: () => number = Date.now,
  hours: Hours = neverClosed,
): LiveFeed {
  const screens = new Set<Screen>();
  let dirty = clean();
  let telling = false;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let toldAt = Number.NEGATIVE_INFINITY;
  let toldSeq = 0;

  const soon = (): void => {
    if (telling || stopped) return;
    telling = true;
    const waitMs = toldAt + gatherMs - performance.now();
    // What is written in the same turn is told together
    if (waitMs <= 0) setImmediate(() => void tell());
    else timer = setTimeout(() => void tell(), waitMs);
  };
  const gather = async (taken: Dirty): Promise<Live> => {
    const listed = taken.tooMany ? [] : [...taken.jobIds];
    // By another calendar others are late.
    if (taken.settings) await hours.current();
    const [jobs, counts, folders] = await Promise.all([
      listed.length > 0 ? store.read.jobsByIds(listed) : [],
      taken.tooMany || taken.settings || listed.length > 0 ? countNow(store.read, hours, now()) : null,
      taken.hotFolders ? hotFolders.list() : null,
    ]);
    const events = taken.tooMany ? [] : taken.events;
    const { tooMany: resync, arrivals, settings } = taken;
    const told = jobs.map((job) => withReadyBy(job, hours.now()));
    return { seq: toldSeq, resync, jobs: told, events, hotFolders: folders, counts, arrivals, settings };
  };
  const tell = async (): Promise<void> => {
    const taken = dirty;
    dirty = clean();
    toldAt = performance.now();
    toldSeq = taken.events.at(-1)?.seq ?? toldSeq;
    try {
      const push = weigh(await gather(taken));
      for (const screen of screens) screen.pending = screen.pending === null ? push : mergePushes(screen.pending, push);
      for (const screen of [...screens]) {
        screen.bell.ring();
        // Each is made and sent for its screen alone: fifty large ones in one go would keep everybody else waiting.
        if (push.bytes > largeBytes) await turn();
      }
    } catch (error) {
      if (!stopped) report(error);
      dirty = { ...clean(), tooMany: true, hotFolders: true, arrivals: true, settings: true };
      toldAt = performance.now() + afterFaultMs;
    } finally {
      telling = false;
      if (hasChanges(dirty)) soon();
    }
  };
  const note = (change: Partial<Pick<Change, 'jobIds' | 'events' | 'hotFolders' | 'arrivals' | 'settings'>>): void => {
    if (screens.size === 0) return;
    for (const id of change.jobIds ?? []) if (dirty.jobIds.size <= mostJobs) dirty.jobIds.add(id);
    dirty.events = [...dirty.events, ...(change.events ?? [])].slice(-mostEvents - 1);
    dirty.tooMany ||= dirty.jobIds.size > mostJobs || dirty.events.length > mostEvents;
    dirty.hotFolders ||= change.hotFolders ?? false;
    dirty.arrivals ||= change.arrivals ?? false;
    dirty.settings ||= change.settings ?? false;
    if (hasChanges(dirty)) soon();
  };
  const silence = [store.onChange(note), hotFolders.onChange(() => note({ hotFolders: true }))];

  /**
   * The first push has everything that is small. A screen that comes back learns the events it missed, and loads again what it shows:
   * not every change of a job is an event.
   */
  const firstPush = async (since: number | undefined): Promise<Live> => {
    const seq = await store.read.lastSeq();
    const missed = since === undefined ? null : await store.read.eventsPage(since, mostEvents);
    return {
      ...emptyPush(Math.max(seq, missed?.items.at(-1)?.seq ?? 0)),
      resync: since !== undefined,
      events: missed === null || missed.next !== null ? [] : [...missed.items],
      hotFolders: await hotFolders.list(),
      counts: await countNow(store.read, hours, now()),
      arrivals: true,
    };
  };

  async function* follow(since: number | undefined, signal: AbortSignal, stillWelcome: () => Promise<unknown>): AsyncGenerator<Live> {
    const screen: Screen = { pending: null, bell: makeBell() };
    screens.add(screen);
    try {
      const first = await firstPush(since);
      yield first;
      let { seq } = first;
      let checkedAt = performance.now();
      while (!signal.aborted) {
        await screen.bell.heard(signal, heartbeatMs);
        if (signal.aborted) return;
        if (performance.now() - checkedAt >= heartbeatMs) {
          await stillWelcome();
          checkedAt = performance.now();
        }
        const push = after(seq, screen.pending?.push ?? emptyPush(seq));
        screen.pending = null;
        seq = push.seq;
        yield push;
        if (push.resync) await makeBell().heard(signal, afterResyncMs);
      }
    } finally {
      screens.delete(screen);
    }
  }

  return {
    follow,
    stop() {
      stopped = true;
      clearTimeout(timer);
      for (const end of silence) end();
    },
  };
}

function hasChanges(dirty: Dirty): boolean {
  return dirty.tooMany || dirty.hotFolders || dirty.arrivals || dirty.settings || dirty.jobIds.size > 0 || dirty.events.length > 0;
}
