/**
 * Hints that something changed in a folder. Only a hint: events get lost, so whoever listens also looks by himself now and then.
 * chokidar watches the folder alone, never its files: one handle a folder, however many files lie in it.
 */
import { watch } from 'chokidar';

export type Hints = { stop(): Promise<void> };

/** `onLost` is told once when watching this folder failed; the listener then has only his own looks. */
export function startHints(path: string, onHint: () => void, onLost: (message: string) => void): Hints {
  const watcher = watch(path, { depth: 0, ignoreInitial: true, ignored: (candidate: string) => candidate !== path });
  let lost = false;
  watcher.on('raw', onHint);
  watcher.on('all', onHint);
  watcher.on('error', (error) => {
    if (lost) return;
    lost = true;
    onLost(error instanceof Error ? error.message : String(error));
  });
  return { stop: () => watcher.close() };
}
