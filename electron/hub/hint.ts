/**
 * Hints that something changed in a folder. Only a hint: events get lost, so whoever listens also looks by himself now and then.
 *
 * The folder alone is watched, never its files: one handle a folder, and nothing is read, however many files lie in it. Listening rests during a burst,
 * whose every file makes several events: hints then come from a timer, and listening begins anew when the burst is over.
 */
import { type FSWatcher, watch } from 'node:fs';
import { errnoOf } from './disk/fault.ts';
import type { StartHints } from './ports/ports.ts';

/** So many events within `burstMs` are a burst. */
const burstEvents = 40;
const burstMs = 1000;
const hintWhileRestingMs = 200;
const shortestRestMs = 2000;
const longestRestMs = 30_000;
/** A folder that went away: whoever looks at it finds that out, and it may be back before. */
const listenAgainMs = 2000;
const wentAway: ReadonlySet<string | null> = new Set(['ENOENT', 'ENOTDIR', 'EPERM']);

export const startHints: StartHints = (path, onHint, onLost) => {
  let watcher: FSWatcher | null = null;
  let timer: NodeJS.Timeout | undefined;
  let events = 0;
  let countedFrom = 0;
  let restMs = shortestRestMs;
  let lost = false;
  let stopped = false;

  const close = (): void => {
    watcher?.close();
    watcher = null;
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
  const fail = (error: unknown): void => {
    close();
    if (stopped || lost) return;
    if (wentAway.has(errnoOf(error))) {
      timer = setTimeout(listen, listenAgainMs);
      return;
    }
    lost = true;
    onLost(error instanceof Error ? error.message : String(error));
  };
  const listen = (): void => {
    try {
      watcher = watch(path, onEvent);
      watcher.on('error', fail);
      // What changed before it listened is told by one hint more.
      onHint();
    } catch (error) {
      fail(error);
    }
  };
  listen();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      close();
    },
  };
};
