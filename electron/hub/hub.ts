/**
 * The hub: joins the parts, goes on with unfinished work, and ends in order. Plain Node: the same under Electron, headless and in tests.
 */
import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { reasonWords } from '../../shared/reason.ts';
import { closeDataFolder } from './close-data-folder.ts';
import type { ForkDisk } from './disk/fork.ts';
import { setUpFloor } from './first-run.ts';
import { makeTicketReader } from './intake/tickets/read-ticket.ts';
import { joinParts } from './join.ts';
import { makeLog } from './log.ts';
import { isOnServer, keepToOneRecord, noteOnServer } from './one-record.ts';
import { realPorts } from './ports/real.ts';
import { makeRecordCheck } from './record-check.ts';
import { rememberLines } from './remember-lines.ts';
import { startServer } from './server.ts';
import { openStore } from './store/open.ts';
import { lockData, lockPath } from './store/sqlite/lock.ts';
import type { Store } from './store/store.ts';
import { hashToken, readOrMakeAdminToken, readOrMakeHubId } from './tokens.ts';
import { renewRecord, tellWasOpen } from './was-open.ts';
import { makeWindowKeys, type WindowKeys } from './window-keys.ts';

export type HubOptions = {
  readonly dataPath: string;
  /** 0: any free port. */
  readonly port: number;
  readonly host?: string;
  readonly demo?: boolean;
  /** A window of the desktop belongs to this hub, and gets keys of its own. */
  readonly window?: boolean;
  /** Of a PostgreSQL database that has the record; null or left out: it is a file in the data folder. Never to be logged. */
  readonly databaseUrl?: string | null;
  /** Folder of the built page; null or left out: no page. */
  readonly uiPath?: string | null;
  readonly forkDisk?: ForkDisk;
  /** Gets whole lines, each with its instant. */
  readonly log?: (line: string) => void;
};

export type RunningHub = {
  readonly url: string;
  /** The admin token. Never to be logged. */
  readonly token: string;
  /** Null where no window belongs to it. */
  readonly window: WindowKeys | null;
  /** Finishes or safely leaves the work in hand, within about four seconds. */
  stop(): Promise<void>;
};

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

const adminRole = { field: 'role', before: null, after: 'admin' };

/** What was opened, to be let go in the opposite order; what cannot be let go keeps nothing else. */
type Opened = (() => unknown)[];

/** Whatever touches a disk by what the record says waits for this; where nothing is ever to be recorded, for nothing. */
async function endOfCheck(store: Store): Promise<void> {
  await store.write(async () => undefined).catch(() => undefined);
}

async function letGo(opened: Opened): Promise<void> {
  for (const close of opened.splice(0).reverse())
    try {
      await close();
    } catch {
      // The fault that ended the start is told, not what came of it.
    }
}

/** Starts the hub on a data folder; a fresh one becomes a working floor. @throws Error with a sentence when it cannot: then nothing is held any more */
export async function startHub(options: HubOptions): Promise<RunningHub> {
  const opened: Opened = [];
  try {
    return await open(options, opened);
  } catch (error) {
    await letGo(opened);
    throw error;
  }
}

async function open(options: HubOptions, opened: Opened): Promise<RunningHub> {
  const { dataPath, demo = false, databaseUrl = null } = options;
  const places = dataPlaces(dataPath);
  const ports = options.forkDisk === undefined ? realPorts : { ...realPorts, forkDisk: options.forkDisk };
  const { now } = ports.clock;
  const { log, last: lastLines } = rememberLines(
    makeLog((line) => options.log?.(`${new Date(now()).toISOString()} ${line}`)),
    now,
  );
  const { incoming, hotFolders: hot, archive, rejected, work, database } = places;
  const inFolder = {
    own: [archive, rejected, work],
    shared: [incoming, hot],
    files: [...(databaseUrl === null ? [database] : []), lockPath(dataPath)],
  };
  closeDataFolder(dataPath, inFolder, log);
  const unlock = lockData(dataPath);
  opened.push(unlock);
  keepToOneRecord(dataPath, database, databaseUrl !== null);
  renewRecord(dataPath, database, log);
  /** Nothing is taken in or sent out any more; what is on record can still be read. */
  let rest = async (): Promise<void> => undefined;
  const store = await openStore({
    path: places.database,
    url: databaseUrl,
    isFirst: !isOnServer(dataPath),
    ports,
    checkRecord: makeRecordCheck(ports, log),
    log,
    onTrouble: (trouble) => {
      if (trouble === null) log`The record works again.`;
      else log`${trouble.code}: ${reasonWords('en', trouble.code).what} (${trouble.raw})`;
      if (trouble?.code === 'RecordDamaged') void rest();
    },
  });
  opened.push(() => store.close());
  // Before anybody is answered: until then keys that others may have put there would open everything. So where that record must also be checked, the start waits for the check.
  if (store.recordId !== null) noteOnServer(dataPath, store.recordId);
  await tellWasOpen(store, dataPath, now, log);
  const token = await readOrMakeAdminToken(dataPath, () =>
    store.write((tx) =>
      tx.noteSecurity({ kind: 'tokenMade', actor: 'system', address: null, about: 'admin-token', changes: [adminRole] }, now()),
    ),
  );
  const hubId = await readOrMakeHubId(dataPath);
  const { flow, hotFolders, intake, wishes, ...parts } = await joinParts({
    store,
    ports,
    places,
    log,
    hub: { id: hubId, computer: hostname() },
  });
  opened.push(() => parts.stop());
  rest = async () => await parts.rest().catch((error: unknown) => log`Not all work came to rest: ${error}`);
  const isNew = await setUpFloor(store, hotFolders, places, now);
  const windowKeys = options.window === true ? makeWindowKeys(token, hostname(), isNew, now()) : null;
  const server = await startServer({
    store,
    flow,
    hotFolders,
    intake,
    readTicket: makeTicketReader(ports.timers),
    wishes,
    dataPath,
    demo,
    now,
    workPath: places.work,
    uiPath: options.uiPath !== undefined && options.uiPath !== null && existsSync(options.uiPath) ? options.uiPath : null,
    version: packageJson.version,
    hubId,
    startedAt: now(),
    adminTokenHash: hashToken(token),
    windowKeys,
    log,
    lastLines,
    ...(options.host === undefined ? {} : { host: options.host }),
    port: options.port,
  });
  opened.push(() => server.stop());
  let stopped = false;
  let stopDemo: (() => Promise<void>) | null = null;
  const begin = async (): Promise<void> => {
    await parts.start();
    if (demo) stopDemo = await (await import('./demo/demo.ts')).startDemo({ url: server.url, token, dataPath, log });
  };
  const isDamaged = (): boolean => store.trouble()?.code === 'RecordDamaged';
  if (store.trouble()?.code === 'RecordUnchecked')
    void endOfCheck(store).then(async () => {
      if (stopped || isDamaged()) return;
      await begin().catch((error: unknown) => {
        if (!isDamaged()) throw error;
      });
    });
  else await begin();

  return {
    url: server.url,
    token,
    window: windowKeys,
    stop: async () => {
      stopped = true;
      await stopDemo?.();
      await Promise.all([parts.stop(), server.stop()]);
      await store.close();
      unlock();
    },
  };
}
