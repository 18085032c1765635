/**
 * The hub: joins the parts, goes on with unfinished work, and ends in order. Plain Node: the same under Electron, headless and in tests.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { isHiddenName } from '../../shared/safe-name.ts';
import { makeActions } from './actions.ts';
import { startClock } from './clock.ts';
import { openDisks } from './disk/disks.ts';
import { type ForkDisk, forkDiskProcess } from './disk/fork.ts';
import { setUpFloor } from './first-run.ts';
import { keepFloor } from './floor.ts';
import { sendBackChanged } from './flow/file-original.ts';
import type { FlowParts } from './flow/flow-parts.ts';
import { recordForeign } from './flow/foreign.ts';
import { makeFlow } from './flow.ts';
import { makeHotFolders } from './hot-folders.ts';
import { makeIntake } from './intake.ts';
import { startServer } from './server.ts';
import { lockData } from './store/lock.ts';
import { openStore } from './store/open.ts';
import { hashToken, readOrMakeAdminToken } from './tokens.ts';

export type HubOptions = {
  readonly dataPath: string;
  /** 0: any free port. */
  readonly port: number;
  readonly host?: string;
  readonly demo?: boolean;
  /** Folder of the built page; null or left out: no page. */
  readonly uiPath?: string | null;
  readonly forkDisk?: ForkDisk;
  readonly log?: (line: string) => void;
};

export type RunningHub = {
  readonly url: string;
  /** The admin token. Never to be logged. */
  readonly token: string;
  /** Finishes or safely leaves the work in hand, within about four seconds. */
  stop(): Promise<void>;
};

/** Work in hand has this long to finish; then its disk processes are ended and it is taken up at the next start. */
const finishWithinMs = 2500;

/** Where things lie in a data folder. */
export function dataPlaces(dataPath: string) {
  return {
    incoming: join(dataPath, 'incoming'),
    hotFolders: join(dataPath, 'hotfolders'),
    archive: join(dataPath, 'archive'),
    rejected: join(dataPath, 'rejected'),
    work: join(dataPath, 'work'),
    database: join(dataPath, 'printfloor.sqlite'),
  };
}

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
}

/** Starts the hub on a data folder; a fresh one becomes a working floor. @throws Error with a sentence when it cannot */
export async function startHub(options: HubOptions): Promise<RunningHub> {
  const { dataPath, demo = false, log = () => undefined } = options;
  const places = dataPlaces(dataPath);
  for (const path of [places.incoming, places.hotFolders, places.archive, places.rejected, places.work])
    mkdirSync(path, { recursive: true });
  const unlock = lockData(dataPath);
  const now = Date.now;
  const token = await readOrMakeAdminToken(dataPath);
  const store = await openStore({ path: places.database, now });
  const disks = openDisks(options.forkDisk ?? forkDiskProcess);
  const floor = await keepFloor(store);

  const flowParts: FlowParts = {
    store,
    disks,
    now,
    log,
    floor: floor.current,
    archivePath: places.archive,
    rejectedPath: places.rejected,
    wakeFolder: (id) => hotFolders.wake(id),
  };
  const flow = makeFlow(flowParts);
  const hotFolders = makeHotFolders({
    store,
    disks,
    now,
    isHidden: isHiddenName,
    onForeign: (folder, file) => recordForeign(flowParts, folder, file),
    sourcesOf: async ({ fileId, reasonCode }) => {
      const file = fileId === null ? null : await store.read.file(fileId);
      if (file === null) return [];
      if (reasonCode === 'SourceChanged') await sendBackChanged(flowParts, file);
      return [file.archivePath, file.sourcePath];
    },
  });
  const intake = makeIntake({ disks, flow, settings: () => floor.current().settings, log });

  await setUpFloor(store, hotFolders, places);
  await floor.upToDate();
  await hotFolders.start();
  const server = await startServer({
    store,
    flow,
    hotFolders,
    intake,
    dataPath,
    demo,
    now,
    actions: makeActions({ store, now }),
    workPath: places.work,
    uiPath: options.uiPath !== undefined && options.uiPath !== null && existsSync(options.uiPath) ? options.uiPath : null,
    version: packageJson.version,
    startedAt: now(),
    adminTokenHash: hashToken(token),
    ...(options.host === undefined ? {} : { host: options.host }),
    port: options.port,
  });
  await intake.watch(floor.current().settings.incoming);
  // In the background: a share that hangs must not keep the floor from starting.
  const filing = flow
    .fileLeftovers()
    .catch((error: unknown) => log(`Originals not filed yet: ${error instanceof Error ? error.message : String(error)}`));
  const stopClock = startClock(flow, log);
  const stopDemo = demo ? await (await import('./demo/demo.ts')).startDemo({ url: server.url, token, dataPath, log }) : null;

  return {
    url: server.url,
    token,
    stop: async () => {
      stopClock();
      await stopDemo?.();
      await within(finishWithinMs, Promise.all([intake.stop(), hotFolders.stop(), server.stop(), filing]));
      disks.stop();
      await floor.stop();
      await store.close();
      unlock();
    },
  };
}
