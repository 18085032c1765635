/** A real hub on a fresh data folder, with quick settle times, and what tests ask of it. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import { type ForkDisk, forkDiskProcess } from '../../electron/hub/disk/fork.ts';
import { dataPlaces, type RunningHub, startHub } from '../../electron/hub/hub.ts';
import type { Arrival } from '../../shared/api.ts';
import type { JobEvent } from '../../shared/event.ts';
import type { HotFolder, hotFolderSettingsSchema, Rule } from '../../shared/hot-folder.ts';
import type { Job } from '../../shared/job.ts';
import { until } from '../until.ts';

export type Floor = {
  readonly hub: () => RunningHub;
  readonly dataPath: string;
  readonly places: ReturnType<typeof dataPlaces>;
  readonly press: string;
  /** Puts a whole file into the incoming folder. */
  readonly drop: (name: string, content: string | Uint8Array) => Promise<void>;
  readonly ask: <Answer = unknown>(method: string, path: string, body?: unknown) => Promise<{ status: number; body: Answer }>;
  readonly jobs: () => Promise<Job[]>;
  readonly job: (number: string) => Promise<Job | undefined>;
  readonly history: (id: number) => Promise<JobEvent[]>;
  readonly arrivals: (outcome?: Arrival['outcome']) => Promise<Arrival[]>;
  readonly untilStatus: (number: string, status: string) => Promise<Job>;
  readonly addFolder: (settings: z.input<typeof hotFolderSettingsSchema>) => Promise<HotFolder>;
  readonly rules: () => Promise<Rule[]>;
  /** `between`: done while the hub is off. */
  readonly restart: (between?: () => void) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Every file below a folder, as relative paths with their content; our own hidden files left out. */
export async function filesBelow(path: string): Promise<Record<string, string>> {
  const items = await readdir(path, { recursive: true, withFileTypes: true });
  const files = items.filter((item) => item.isFile() && !item.name.startsWith('.') && !item.parentPath.includes('/.printfloor'));
  return Object.fromEntries(
    await Promise.all(
      files.map(async (item) => {
        const full = join(item.parentPath, item.name);
        return [full.slice(path.length + 1), await readFile(full, 'latin1')] as const;
      }),
    ),
  );
}

/** `databaseUrl`: of a server that has the record. */
export async function openFloor(forkDisk: ForkDisk = forkDiskProcess, databaseUrl: string | null = null): Promise<Floor> {
  const dataPath = await mkdtemp(join(tmpdir(), 'printfloor-flow-'));
  const places = dataPlaces(dataPath);
  let hub = await startHub({ dataPath, port: 0, forkDisk, databaseUrl });
  const ask: Floor['ask'] = async (method, path, body) => {
    const answer = await fetch(`${hub.url}/api${path}`, {
      method,
      headers: { authorization: `Bearer ${hub.token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as never };
  };
  const jobs = async (): Promise<Job[]> => (await ask<{ items: Job[] }>('GET', '/jobs?limit=500')).body.items;
  const job: Floor['job'] = async (number) => (await jobs()).find((candidate) => candidate.number === number);
  await ask('PATCH', '/settings', { settleMs: 150, incompleteAfterMs: 1500 });
  await ask('PATCH', '/hot-folders/1', { takenAfterMs: 200, lyingAfterMs: 3000 });
  return {
    hub: () => hub,
    dataPath,
    places,
    ask,
    jobs,
    job,
    press: join(places.hotFolders, 'press-1'),
    drop: (name, content) => writeFile(join(places.incoming, name), content),
    history: async (id) => (await ask<{ items: JobEvent[] }>('GET', `/jobs/${id}/history`)).body.items,
    arrivals: async (outcome) =>
      (await ask<{ items: Arrival[] }>('GET', `/arrivals${outcome === undefined ? '' : `?outcome=${outcome}`}`)).body.items,
    untilStatus: (number, status) =>
      until(
        async () => {
          const found = await job(number);
          return found?.status === status ? found : null;
        },
        `${number} is ${status}`,
        30_000,
      ),
    addFolder: async (settings) => (await ask<HotFolder>('POST', '/hot-folders', settings)).body,
    rules: async () => (await ask<{ items: Rule[] }>('GET', '/rules')).body.items,
    restart: async (between) => {
      await hub.stop();
      between?.();
      hub = await startHub({ dataPath, port: 0, forkDisk, databaseUrl });
    },
    close: async () => {
      await hub.stop();
      await rm(dataPath, { recursive: true, force: true });
    },
  };
}
