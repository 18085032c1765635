/** Tries everything a delivery needs on a folder, and leaves nothing behind but the marker. */
import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm, stat, statfs, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { HotFolderSettings, ProbeResult } from '../../../shared/hot-folder.ts';
import { writeNote } from './change.ts';
import { asDiskFault, errnoOf, reasonOf } from './fault.ts';
import { checkLive } from './live.ts';

type Step = ProbeResult['steps'][number];
export type Places = { readonly stagingPath: string; readonly markerPath: string };
export type Probed = Places & { readonly marker: string; readonly result: ProbeResult };

/** Our folder beside hot folders, for copies that are not whole yet. */
const besideName = '.printfloor-staging';
const markerName = '.printfloor-marker';
const roundTrips = 5;

/** Where copies and the marker go for these settings. */
export async function findPlaces(settings: Pick<HotFolderSettings, 'path' | 'temp'>): Promise<Places> {
  const { path, temp } = settings;
  const inside: Places = { stagingPath: path, markerPath: join(path, markerName) };
  const parent = dirname(path);
  const beside: Places = { stagingPath: join(parent, besideName), markerPath: join(parent, besideName, `${basename(path)}.marker`) };
  switch (temp.kind) {
    case 'inside':
      return inside;
    case 'staging':
      return { stagingPath: temp.path, markerPath: join(temp.path, `${basename(path)}.marker`) };
    case 'beside':
      return beside;
    case 'auto':
      return (await besideServes(path, parent)) ? beside : inside;
  }
}

/** The folder beside serves only on the same disk: the last step of a delivery is a rename. */
async function besideServes(path: string, parent: string): Promise<boolean> {
  if (parent === path) return false;
  try {
    if ((await stat(path)).dev !== (await stat(parent)).dev) return false;
    await mkdir(join(parent, besideName), { recursive: true });
    const tryPath = join(parent, besideName, `try-${randomUUID()}`);
    await writeNote(tryPath, 'try');
    await unlink(tryPath);
    return true;
  } catch {
    return false;
  }
}

async function takeOverMarker(markerPath: string): Promise<string> {
  try {
    const known = (await readFile(markerPath, 'utf8')).trim();
    if (known !== '') return known;
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
  }
  const marker = randomUUID();
  await writeNote(markerPath, marker);
  return marker;
}

async function median(count: number, act: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < count; turn++) {
    const from = performance.now();
    await act();
    times.push(performance.now() - from);
  }
  return times.sort((a, b) => a - b)[Math.floor(count / 2)] ?? 0;
}

/**
 * Probes a folder for deliveries. `marker` is the text its marker file must have; with null a marker that is there is taken over (another hub may
 * use the folder too) and a missing one is written: only for a folder a person has just named.
 * Never throws for trouble with the folder: the failed step says it.
 */
export async function probe(settings: HotFolderSettings, knownMarker: string | null, now: number): Promise<Probed> {
  const steps: Step[] = [];
  let reasonCode: string | null = null;
  let freeBytes: number | null = null;
  let clockDifferenceMs: number | null = null;
  let roundTripMs: number | null = null;
  let places: Places = { stagingPath: settings.path, markerPath: join(settings.path, markerName) };
  let marker = knownMarker ?? '';
  const token = randomUUID();

  const step = async (name: Step['step'], act: () => Promise<void>, needed = true): Promise<boolean> => {
    if (needed && reasonCode !== null) return false;
    try {
      await act();
      steps.push({ step: name, ok: true, raw: null });
      return true;
    } catch (error) {
      const fault = asDiskFault(error);
      steps.push({ step: name, ok: !needed, raw: `${fault.code}: ${fault.message}` });
      if (needed) reasonCode = reasonOf(fault);
      return false;
    }
  };

  await step('find', async () => {
    if (!(await stat(settings.path)).isDirectory()) throw Object.assign(new Error('this is not a folder'), { code: 'ENOTDIR' });
    places = await findPlaces(settings);
    await mkdir(places.stagingPath, { recursive: true });
  });
  await step('marker', async () => {
    if (knownMarker === null) marker = await takeOverMarker(places.markerPath);
    await checkLive({ folderPath: settings.path, markerPath: places.markerPath, marker });
  });
  const tempPath = join(places.stagingPath, `.probe-${token}.part`);
  const finalPath = join(settings.path, `.probe-${token}.txt`);
  const otherPath = join(settings.path, `.probe-${token}-2.txt`);
  const text = `Printfloor tries this folder ${token}`;
  await step('write', async () => {
    const file = await open(tempPath, 'wx');
    try {
      await file.writeFile(text);
      await file.sync();
      clockDifferenceMs = Math.round((await file.stat()).mtimeMs - now - (Date.now() - now));
    } finally {
      await file.close();
    }
  });
  await step('readBack', async () => {
    if ((await readFile(tempPath, 'utf8')) !== text) throw Object.assign(new Error('read back something else'), { code: 'CopyDiffers' });
  });
  await step('rename', async () => await rename(tempPath, finalPath));
  // Not needed: without hard links the hand-over looks the name up first, which the folder's health tells.
  await step('noReplace', async () => await link(finalPath, otherPath), false);
  await step('delete', async () => {
    await unlink(finalPath);
    await rm(otherPath, { force: true });
  });
  await step(
    'space',
    async () => {
      const disk = await statfs(settings.path);
      freeBytes = disk.bavail * disk.bsize;
    },
    false,
  );
  await step('clock', async () => {
    roundTripMs = await median(roundTrips, async () => {
      await writeNote(tempPath, text);
      await readFile(tempPath);
      await unlink(tempPath);
    });
  });
  if (reasonCode !== null)
    await Promise.all([tempPath, finalPath, otherPath].map((path) => rm(path, { force: true }).catch(() => undefined)));
  const result: ProbeResult = {
    ok: reasonCode === null,
    at: new Date(now).toISOString(),
    steps,
    freeBytes,
    clockDifferenceMs,
    roundTripMs,
    reasonCode,
  };
  return { ...places, marker, result };
}
