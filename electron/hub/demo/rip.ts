/**
 * A simulated RIP: takes the oldest file out of a hot folder, "prints" it for a while and moves it to where this printer puts what is done; now and then it refuses
 * one and writes why beside it. It moves files and never deletes one, and looks at nothing but final names, as real RIPs do.
 */
import { mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { isAbsolute, join, parse, resolve } from 'node:path';
import { setTimeout as printing } from 'node:timers/promises';
import type { HotFolder } from '../../../shared/hot-folder.ts';
import { type Pace, pick, startLoop } from './pace.ts';

const refusals = [
  'Font "Futura-Bold" is neither embedded nor known here.',
  'Page 1 has no bleed: trim box and media box are the same.',
  'Image on page 1 has 96 dpi; this queue wants 200 dpi or more.',
  'Ink limit: 342 % total coverage, 300 % allowed on this material.',
] as const;

type Places = { readonly working: string; readonly done: string; readonly failed: string };

function placesOf(press: HotFolder, ownPath: string): Places {
  const below = (path: string | undefined, otherwise: string) =>
    path === undefined ? join(ownPath, otherwise) : isAbsolute(path) ? path : resolve(press.path, path);
  switch (press.outcome.kind) {
    case 'none':
      return { working: join(ownPath, 'working'), done: join(ownPath, 'done'), failed: join(ownPath, 'failed') };
    case 'kodak':
      return { working: join(press.path, 'Working'), done: join(press.path, 'Input_Success'), failed: join(press.path, 'Input_Error') };
    case 'named':
      return { working: join(ownPath, 'working'), done: below(press.outcome.done, 'done'), failed: below(press.outcome.failed, 'failed') };
  }
}

async function oldestFile(path: string): Promise<string | undefined> {
  const entries = await readdir(path, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && !entry.name.endsWith('.part'))
    .map((entry) => entry.name);
  const aged = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(path, name))).mtimeMs })));
  return aged.sort((a, b) => a.at - b.at)[0]?.name;
}

/** A name that is still free in a folder, so that a second print of the same job never takes the place of the first. */
async function freeName(folder: string, name: string): Promise<string> {
  const taken = new Set(await readdir(folder));
  const { name: stem, ext } = parse(name);
  for (let count = 2, wish = name; ; count += 1) {
    if (!taken.has(wish)) return wish;
    wish = `${stem} (${count})${ext}`;
  }
}

/** `ownPath`: a folder of this RIP's own for what the press's settings name no place for. */
export async function printOne(press: HotFolder, ownPath: string, pace: Pace, stopping: AbortSignal): Promise<void> {
  const places = placesOf(press, ownPath);
  await Promise.all(Object.values(places).map((path) => mkdir(path, { recursive: true })));
  // What a stop left on the press goes first.
  const name = (await oldestFile(places.working)) ?? (await take(press.path, places.working));
  if (name === undefined) return;
  // A stop in the middle leaves the file on the press, where the next start finds it.
  await printing((3000 + pace.random() * 6000) / pace.speed, undefined, { signal: stopping });
  const refused = pace.random() < 0.06;
  const folder = refused ? places.failed : places.done;
  const finalName = await freeName(folder, name);
  if (refused) await writeFile(join(folder, `${finalName}.txt`), `${pick(pace, refusals)}\n`);
  await rename(join(places.working, name), join(folder, finalName));
}

async function take(from: string, working: string): Promise<string | undefined> {
  const name = await oldestFile(from);
  if (name === undefined) return undefined;
  const taken = await freeName(working, name);
  await rename(join(from, name), join(working, taken));
  return taken;
}

/** Starts the RIP of one press; answers how to stop it. */
export function startRip(press: HotFolder, ownPath: string, pace: Pace): () => Promise<void> {
  return startLoop(`RIP of ${press.name}`, 1500, pace, (stopping) => printOne(press, ownPath, pace, stopping));
}
