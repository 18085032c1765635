/**
 * The hub's process under Electron. Starts the hub when it is told to, says where it is, and ends when it is told to or the main process is
 * gone. Makes no processes itself, so that it goes on where the fuse that lets Electron run as Node is off in a packaged program: it asks the main process for
 * each disk process.
 */

import { join } from 'node:path';
import { prepareDataFolder } from './data-folder.ts';
import { takeDatabaseUrl } from './database-url.ts';
import { startHub } from './hub/hub.ts';
import { keepHeapSmall } from './hub/small-heap.ts';
import { makeDiskForks } from './hub-disks.ts';
import { type FromHub, type ToHub, toHubSchema } from './hub-messages.ts';
import { endOnOwnFault } from './own-fault.ts';
import { keepLines, sayLine } from './say.ts';
import { tellStartTrouble } from './taken-port.ts';

const main = process.parentPort;
const tell = (message: FromHub): void => main.postMessage(message);
const disks = makeDiskForks(tell);

async function start({ dataPath, port, demo, pagePath }: Extract<ToHub, { kind: 'start' }>): Promise<() => Promise<void>> {
  try {
    const databaseUrl = takeDatabaseUrl(process.env);
    prepareDataFolder(dataPath);
    keepLines(dataPath);
    const { url, window, stop } = await startHub({
      dataPath,
      databaseUrl,
      port,
      demo,
      window: true,
      uiPath: pagePath,
      forkDisk: disks.fork,
      log: sayLine,
    });
    if (window === null) throw new Error('The hub made no key for its window');
    const { token, setUp } = window;
    tell({ kind: 'ready', access: { url, token, setUp, keyPath: join(dataPath, 'admin-token') } });
    return stop;
  } catch (error) {
    tell({ kind: 'notStarted', sentence: await tellStartTrouble(error, dataPath, port) });
    // Long enough for the message to leave.
    setTimeout(() => process.exit(1), 200);
    return () => Promise.resolve();
  }
}

let running: Promise<() => Promise<void>> | null = null;

async function stopAndExit(): Promise<void> {
  const stop = await running;
  await stop?.();
  process.exit(0);
}

keepHeapSmall();
endOnOwnFault();
// Ctrl+C in a terminal reaches the whole group; the main process says when to stop.
process.on('SIGINT', () => undefined);
main.on('message', ({ data, ports }) => {
  const message = toHubSchema.parse(data);
  switch (message.kind) {
    case 'start':
      running ??= start(message);
      return;
    case 'diskOpened':
      if (ports[0] !== undefined) disks.opened(message.id, ports[0]);
      return;
    case 'diskEnded':
      disks.ended(message.id);
      return;
    case 'beat':
      tell({ kind: 'alive' });
      return;
    case 'stop':
      void stopAndExit();
  }
});
