/**
 * Keeps the hub running in a process of its own: starts it, ends it when it hangs, starts it again with growing pauses when it dies, and stops it in an orderly way.
 * Never gives up, and never tells a token to anybody but `access`; the admin's own stays in the hub.
 */
import { join } from 'node:path';
import { type UtilityProcess, utilityProcess } from 'electron';
import type { HubAccess } from '../shared/desktop.ts';
import { keepDisks } from './disk-keeper.ts';
import { type Heartbeat, watchHeart } from './heartbeat.ts';
import { fromHubSchema, type ToHub } from './hub-messages.ts';
import { countDeaths, restartPauseMs } from './restart-pause.ts';
import { say } from './say.ts';

const entryPath = join(import.meta.dirname, 'hub-process.js');

export type HubKeeper = {
  /** Waits until the hub is ready; again after it was restarted. */
  access(): Promise<HubAccess>;
  /** Where the hub is or will be, such as `http://127.0.0.1:4710`. Waits only where it may take any free port, which it then keeps. */
  address(): Promise<string>;
  /** Orderly; gives it `patienceMs`, then ends it hard (it goes on from there at the next start). */
  stop(patienceMs: number): Promise<void>;
};

export type HubStart = { readonly dataPath: string; readonly port: number; readonly demo: boolean; readonly pagePath: string };

/** What is recorded is recorded whole, whenever it is killed; a process that hangs hears nothing gentler. */
function endHung({ pid }: UtilityProcess): void {
  say`the hub has not answered for a minute and is ended.`;
  if (pid !== undefined) process.kill(pid, 'SIGKILL');
}

/** `env`: of the hub beside ours, and of no other process. `onTrouble` hears why the hub could not start, once for each new reason. */
export function keepHub(start: HubStart, env: NodeJS.ProcessEnv, onTrouble: (sentence: string) => void): HubKeeper {
  let { port } = start;
  let ready = Promise.withResolvers<HubAccess>();
  let isReady = false;
  let hub: UtilityProcess | null = null;
  let restart: NodeJS.Timeout | null = null;
  let heart: Heartbeat | null = null;
  let deaths = 0;
  let stopping = false;
  let toldTrouble = '';
  let onStopped = (): void => undefined;

  const tell = (message: ToHub): void => hub?.postMessage(message);

  const onExit = (startedAt: number): void => {
    hub = null;
    heart?.stop();
    heart = null;
    if (isReady) ready = Promise.withResolvers<HubAccess>();
    isReady = false;
    if (stopping) {
      onStopped();
      return;
    }
    deaths = countDeaths(deaths, Date.now() - startedAt);
    const pauseMs = restartPauseMs(deaths);
    say`the hub ended; it is started again in ${pauseMs} ms.`;
    restart = setTimeout(run, pauseMs);
  };

  const run = (): void => {
    const child = utilityProcess.fork(entryPath, [], { serviceName: 'Printfloor hub', stdio: 'inherit', env: { ...process.env, ...env } });
    const disks = keepDisks(child);
    const startedAt = Date.now();
    hub = child;
    child.on('message', (data: unknown) => {
      const message = fromHubSchema.parse(data);
      switch (message.kind) {
        case 'ready':
          isReady = true;
          port = Number(new URL(message.access.url).port);
          toldTrouble = '';
          ready.resolve(message.access);
          // Not before: a record that is brought to a newer shape may hold up the start for long.
          heart ??= watchHeart(
            () => tell({ kind: 'beat' }),
            () => endHung(child),
          );
          return;
        case 'alive':
          heart?.heard();
          return;
        case 'notStarted':
          if (message.sentence !== toldTrouble) onTrouble(message.sentence);
          toldTrouble = message.sentence;
          return;
        case 'openDisk':
          disks.open(message.id, message.label);
          return;
        case 'killDisk':
          disks.kill(message.id);
      }
    });
    child.once('exit', () => {
      disks.killAll();
      onExit(startedAt);
    });
    tell({ kind: 'start', ...start, port });
  };

  run();
  return {
    access: () => ready.promise,
    address: async () => (port === 0 ? new URL((await ready.promise).url).origin : `http://127.0.0.1:${port}`),
    async stop(patienceMs) {
      stopping = true;
      if (restart !== null) clearTimeout(restart);
      if (hub === null) return;
      heart?.stop();
      const stopped = new Promise<void>((done) => (onStopped = done));
      tell({ kind: 'stop' });
      const hardEnd = setTimeout(() => hub?.kill(), patienceMs);
      await stopped;
      clearTimeout(hardEnd);
    },
  };
}
