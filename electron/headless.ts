/**
 * The hub alone, without Electron: `node electron/headless.ts --data DIR --port N`. Prints `Printfloor ready: ADDRESS` when it answers.
 * SIGTERM, SIGINT, a closed terminal or the death of whoever started it: the work in hand is finished or safely left, and it ends with 0
 * within five seconds. A fault of its own ends it with 1. Never prints a token.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { prepareDataFolder } from './data-folder.ts';
import { takeDatabaseUrl } from './database-url.ts';
import { startHub } from './hub/hub.ts';
import { framesOf, oneLine } from './hub/log.ts';
import { keepHeapSmall } from './hub/small-heap.ts';
import { onEnd } from './on-end.ts';
import { defaultDataPath, defaultPort, type Options, readOptions } from './options.ts';
import { endOnOwnFault } from './own-fault.ts';
import { say } from './say.ts';
import { tellStartTrouble } from './taken-port.ts';

/** From the source, and from where it is built. */
const pagePath = join(import.meta.dirname, import.meta.filename.endsWith('.ts') ? '../dist/renderer' : '../renderer');
/** A supervisor expects the end within five seconds. */
const patienceMs = 4500;

/** Runs until it is told to end; ends the process itself. Does not return before the hub is ready. */
export async function runHeadless(options: Options): Promise<void> {
  keepHeapSmall();
  endOnOwnFault();
  const dataPath = options.dataPath ?? defaultDataPath(options.demo);
  const port = options.port ?? defaultPort;
  const hub = (async () => {
    const databaseUrl = takeDatabaseUrl(process.env);
    prepareDataFolder(dataPath);
    return startHub({
      dataPath,
      databaseUrl,
      port,
      demo: options.demo,
      uiPath: existsSync(pagePath) ? pagePath : null,
      log: (line) => console.log(line),
    });
  })();
  onEnd((why) => {
    setTimeout(() => {
      say`ended before all its work was put away; it goes on from there at the next start.`;
      process.exit(0);
    }, patienceMs).unref();
    hub
      .then((running) => running.stop())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          say`stopping (${why}) failed: ${error} at ${framesOf(error)}`;
          process.exit(1);
        },
      );
  });
  try {
    const { url } = await hub;
    console.log(`The admin token is in ${join(dataPath, 'admin-token')}`);
    console.log(`Printfloor ready: http://127.0.0.1:${new URL(url).port}`);
  } catch (error) {
    console.error(`Printfloor: ${oneLine(await tellStartTrouble(error, dataPath, port))}`);
    process.exit(1);
  }
}

if (import.meta.main) await runHeadless(readOptions(process.argv.slice(2), process.env));
