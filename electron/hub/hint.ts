/**
 * Hints that something changed in a folder. Only a hint: events get lost, so whoever listens also looks by himself now and then.
 *
 * chokidar watches the folder alone, never its files: one handle a folder, however many files lie in it. Since it reads the whole folder again on
 * events, it rests during a burst: hints then come from a timer, and watching begins anew when the burst is over, which the folder's own time tells.
 */
import { stat } from 'node:fs/promises';
import { type FSWatcher, watch } from 'chokidar';
import { say } from '../../shared/words/say.ts';
import type { StartHints } from './ports/ports.ts';
import { makeLanes } from './wake.ts';

/** Watching begins with a look at every file that lies there: one folder after the other, or all of it would be in memory at once. */
const beginnings = makeLanes(1);
/** A folder that does not say by then that it is watched holds up no other. */
const longestBeginningMs = 2000;

/** So many events within `burstMs` are a burst. */
const burstEvents = 40;
const burstMs = 1000;
const hintWhileRestingMs = 200;
/** After a moment the same burst would only stop it again. */
const shortestRestMs = 10_000;
const longestRestMs = 30_000;
/** A folder that has not changed for so long is at rest: beginning anew looks at every file in it. */
const stillMs = 1000;

/** The folder's own time; null where nobody can tell. */
function timeOf(path: string): Promise<number | null> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => null,
  );
}

/** Each costs some 19 kB and a handle of the system: with more the others are looked through, and say so. */
const mostWatched = 1000;

/** `most`: so many folders are watched at once. */
export function makeStartHints(most: number): StartHints {
  let watched = 0;
  return (path, onHint, onLost) => {
    if (watched >= most) {
      onLost(say('en', 'found.tooManyWatched', { most }));
      return { stop: async () => undefined };
    }
    watched += 1;
    const hints = watchOne(path, onHint, onLost);
    let isOver = false;
    return {
      stop: async () => {
        if (!isOver) watched -= 1;
        isOver = true;
        await hints.stop();
      },
    };
  };
}

export const startHints = makeStartHints(mostWatched);

const watchOne: StartHints = (path, onHint, onLost) => {
  let watcher: FSWatcher | null = null;
  let timer: NodeJS.Timeout | undefined;
  let closing: Promise<void> = Promise.resolve();
  let events = 0;
  let countedFrom = 0;
  let restMs = shortestRestMs;
  let lost = false;
  let stopped = false;
  let whenClosed = (): void => undefined;

  const close = (): void => {
    const old = watcher;
    watcher = null;
    whenClosed();
    if (old !== null) closing = closing.then(() => old.close());
  };
  const rest = (): void => {
    close();
    const until = performance.now() + restMs;
    restMs = Math.min(restMs * 2, longestRestMs);
    let [time, changedAt]: [number | null, number] = [null, performance.now()];
    const tick = async (): Promise<void> => {
      onHint();
      const timeNow = await timeOf(path);
      if (stopped) return;
      const now = performance.now();
      if (timeNow !== time) [time, changedAt] = [timeNow, now];
      if (now < until || now - changedAt < stillMs) timer = setTimeout(() => void tick(), hintWhileRestingMs);
      else listen();
    };
    timer = setTimeout(() => void tick(), hintWhileRestingMs);
  };
  const onEvent = (): void => {
    onHint();
    const now = performance.now();
    if (now - countedFrom > burstMs) {
      if (events < burstEvents / 4) restMs = shortestRestMs;
      events = 0;
      countedFrom = now;
    }
    events++;
    if (events === burstEvents && watcher !== null) rest();
  };
  /** Until the folder is watched, or will not be. */
  const begin = (): Promise<void> => {
    if (stopped) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    const late = setTimeout(resolve, longestBeginningMs);
    const begun = watch(path, { depth: 0, ignoreInitial: true, ignored: (candidate: string) => candidate !== path });
    watcher = begun;
    begun.on('raw', onEvent);
    begun.on('all', onEvent);
    begun.on('ready', () => {
      resolve();
      // What changed before it listened is told by one hint more.
      onHint();
    });
    begun.on('error', (error) => {
      resolve();
      if (lost) return;
      lost = true;
      onLost(error instanceof Error ? error.message : String(error));
    });
    whenClosed = resolve;
    return promise.finally(() => clearTimeout(late));
  };
  const listen = (): void => void beginnings.run(begin);
  listen();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      close();
      await closing;
    },
  };
};
