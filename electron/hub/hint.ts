/**
 * Hints that something changed in a folder. Only a hint: events get lost, so whoever listens also looks by himself now and then.
 *
 * chokidar watches the folder alone, never its files: one handle a folder, however many files lie in it. Since it reads the whole folder again on
 * events, it rests during a burst: hints then come from a timer, and watching begins anew when the burst is over.
 */
import { type FSWatcher, watch } from 'chokidar';
import type { StartHints } from './ports/ports.ts';

/** So many events within `burstMs` are a burst. */
const burstEvents = 40;
const burstMs = 1000;
const hintWhileRestingMs = 200;
/** Watching begins with a look at every file that lies there: after a moment the same burst would only stop it again. */
const shortestRestMs = 10_000;
const longestRestMs = 30_000;

export const startHints: StartHints = (path, onHint, onLost) => {
  let watcher: FSWatcher | null = null;
  let timer: NodeJS.Timeout | undefined;
  let closing: Promise<void> = Promise.resolve();
  let events = 0;
  let countedFrom = 0;
  let restMs = shortestRestMs;
  let lost = false;
  let stopped = false;

  const close = (): void => {
    const old = watcher;
    watcher = null;
    if (old !== null) closing = closing.then(() => old.close());
  };
  const rest = (): void => {
    close();
    const until = performance.now() + restMs;
    restMs = Math.min(restMs * 2, longestRestMs);
    const tick = (): void => {
      if (stopped) return;
      onHint();
      if (performance.now() < until) timer = setTimeout(tick, hintWhileRestingMs);
      else listen();
    };
    timer = setTimeout(tick, hintWhileRestingMs);
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
  const listen = (): void => {
    watcher = watch(path, { depth: 0, ignoreInitial: true, ignored: (candidate: string) => candidate !== path });
    watcher.on('raw', onEvent);
    watcher.on('all', onEvent);
    // What changed before it listened is told by one hint more.
    watcher.on('ready', onHint);
    watcher.on('error', (error) => {
      if (lost) return;
      lost = true;
      onLost(error instanceof Error ? error.message : String(error));
    });
  };
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
