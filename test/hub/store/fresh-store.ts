/** A real store in a folder of its own, and the short ways to fill it. Everything is closed and removed after the test. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { realPorts } from '../../../electron/hub/ports/real.ts';
import { openStore } from '../../../electron/hub/store/open.ts';
import { record } from '../../../electron/hub/store/record.ts';
import type { NewDelivery, NewFile, NewJob, Store } from '../../../electron/hub/store/store.ts';
import { type HotFolderSettings, hotFolderSettingsSchema } from '../../../shared/hot-folder.ts';

export const noon = Date.UTC(2026, 10, 24, 12);

export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'printfloor-store-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const ports = { ...realPorts, clock: { ...realPorts.clock, now: () => noon } };

/** Opens the record of a folder, on whatever engine. `oneSession`: a reader waits there for whoever writes. */
type Engine = { readonly open: (folder: string, at: typeof ports) => Promise<Store>; readonly oneSession: boolean };

const inFile: Engine = { open: (folder, at) => openStore({ path: join(folder, 'record.db'), ports: at }), oneSession: false };
let engine = inFile;

/** From here on this file's tests run on another engine: said before they are loaded. */
export function runOn(other: Engine): void {
  engine = other;
}

export function hasOneSession(): boolean {
  return engine.oneSession;
}

export async function openFresh(folder?: string): Promise<Store> {
  const store = await engine.open(folder ?? (await makeFolder()), ports);
  onTestFinished(() => store.close());
  return store;
}

export function newJob(order: string, job = '1', more: Partial<NewJob> = {}): NewJob {
  return { order, job, title: `Job ${order}-${job}`, named: true, ticket: null, letter: null, ...more };
}

export function addJob(store: Store, order: string, job = '1', more: Partial<NewJob> = {}): Promise<number> {
  return store.write((tx) => tx.addJob(newJob(order, job, more), noon));
}

/** A job that belongs to production. */
export function addOrdered(store: Store, order: string, job = '1'): Promise<number> {
  return store.write(async (tx) => {
    const id = await tx.addJob(newJob(order, job), noon);
    await record(tx, id, [{ code: 'Ordered', at: noon, actor: 'system' }]);
    return id;
  });
}

export function newFile(jobId: number, name: string, more: Partial<NewFile> = {}): NewFile {
  const content = { size: 10, sha256: 'a'.repeat(64), type: 'pdf', arrivedAt: noon, replaces: null };
  return { jobId, name, sourcePath: `/incoming/${name}`, archivePath: `/archive/${name}`, ...content, ...more };
}

export function addFolder(store: Store, name: string, more: Partial<HotFolderSettings> = {}): Promise<{ id: number }> {
  const settings = hotFolderSettingsSchema.parse({ name, path: `/hot/${name}`, ...more });
  return store.write((tx) =>
    tx.addHotFolder(settings, { stagingPath: `/hot/.${name}`, markerPath: `/hot/${name}/.marker`, marker: 'm', health: null }),
  );
}

export function newDelivery(jobId: number, hotFolderId: number, name: string, more: Partial<NewDelivery> = {}): NewDelivery {
  // The first place of the first hot folder, and so on: nothing here moves.
  return {
    jobId,
    fileId: null,
    hotFolderId,
    placeId: hotFolderId,
    name,
    size: 10,
    sha256: 'a'.repeat(64),
    state: 'waiting',
    send: 1,
    priority: 0,
    ...more,
  };
}

/** Takes back what a record has had since reprints: it is as it was before them. For both engines; the number of that change is theirs. */
export const undoReprints = `drop index file_in_archive; alter table file drop column same_as; create unique index file_in_archive on file (archive_path);
  alter table job drop column reprint_of; alter table job drop column reprints; delete from migration where name = 'reprints'`;
