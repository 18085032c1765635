/** Gathers what the oracle judges: the hub's whole record over its API, the disk, and the database itself. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { type Arrival, arrivalSchema } from '../../shared/api.ts';
import { eventSchema, type JobEvent } from '../../shared/event.ts';
import { type Job, jobSchema } from '../../shared/job.ts';
import type { TestHub } from '../hub-client.ts';
import type { RipLine } from './fake-rip.ts';
import type { ManifestEntry } from './manifest.ts';
import type { Observations } from './oracle.ts';

const pageOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), next: z.string().nullable() });

async function allPages<Item extends z.ZodType>(hub: TestHub, path: string, item: Item): Promise<z.output<Item>[]> {
  const items: z.output<Item>[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: { items: z.output<Item>[]; next: string | null } = await hub.ask(
      pageOf(item),
      'GET',
      `${path}?limit=500${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    items.push(...page.items);
    cursor = page.next;
  }
  return items;
}

export async function allJobs(hub: TestHub): Promise<Job[]> {
  return allPages(hub, '/jobs', jobSchema);
}

export async function allArrivals(hub: TestHub): Promise<Arrival[]> {
  return allPages(hub, '/arrivals', arrivalSchema);
}

export async function allEvents(hub: TestHub): Promise<JobEvent[]> {
  const events: JobEvent[] = [];
  for (;;) {
    const since = events.at(-1)?.seq ?? 0;
    const { items } = await hub.ask(z.object({ items: z.array(eventSchema) }), 'GET', `/events?since=${since}&limit=5000`);
    if (items.length === 0) return events;
    events.push(...items);
  }
}

/** Plain files below a folder, as full paths; none when it is not there. */
export async function filesBelow(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Null for a file that is gone meanwhile, or has a name that is no text. */
async function hashFile(path: string): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  return hash.digest('hex');
}

async function hashAll(paths: readonly string[]): Promise<string[]> {
  const hashes: string[] = [];
  for (const path of paths) {
    const hash = await hashFile(path);
    if (hash !== null) hashes.push(hash);
  }
  return hashes;
}

/** Opens the hub's database for reading, beside the running hub, and has SQLite check every page. */
export async function checkDatabase(data: string): Promise<string> {
  const isDatabase = async (path: string) => (await readFile(path)).subarray(0, 15).toString() === 'SQLite format 3';
  const paths: string[] = [];
  for (const path of (await readdir(data, { withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(data, entry.name))) {
    if (await isDatabase(path)) paths.push(path);
  }
  if (paths.length === 0) return 'no database';
  const answers = paths.map((path) => {
    const database = new Database(path, { readonly: true });
    try {
      return String(database.pragma('integrity_check', { simple: true }));
    } finally {
      database.close();
    }
  });
  return answers.find((answer) => answer !== 'ok') ?? 'ok';
}

/** `hotFolders`: the folders' full paths, in which what still lies and what is left over is looked for. */
export async function observe(
  hub: TestHub,
  manifest: readonly ManifestEntry[],
  rip: readonly RipLine[],
  hotFolders: readonly string[],
): Promise<Observations> {
  const kept = (await Promise.all(['incoming', 'archive', 'rejected'].map((name) => filesBelow(join(hub.data, name))))).flat();
  const isTemp = (path: string) => path.endsWith('.part') || /\/\.(probe|tmp)-/.test(path);
  const around = (
    await Promise.all(
      [join(hub.data, 'work'), ...hotFolders, ...hotFolders.map((path) => join(path, '..', '.printfloor-staging'))].map(filesBelow),
    )
  ).flat();
  // One after the other: a flood is more files than a process may hold open.
  const lying: { name: string; sha256: string }[] = [];
  for (const folder of hotFolders)
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const { name } = entry;
      if (!entry.isFile() || name.startsWith('.') || name.endsWith('.part')) continue;
      lying.push({ name, sha256: (await hashFile(join(folder, name))) ?? '' });
    }
  return {
    manifest,
    rip,
    jobs: await allJobs(hub),
    events: await allEvents(hub),
    arrivals: await allArrivals(hub),
    keptHashes: new Set(await hashAll(kept)),
    leftovers: [...new Set(around.filter((path) => isTemp(path) || path.startsWith(join(hub.data, 'work'))))],
    lying,
    integrity: await checkDatabase(hub.data),
    longestStopMs: await hub.longestStopMs(),
  };
}
