/** Tries everything a delivery needs on a folder, and leaves nothing behind but the marker. */
import { basename, dirname, join } from 'node:path';
import type { HotFolderSettings, ProbeResult } from '../../../shared/hot-folder.ts';
import { say } from '../../../shared/words/say.ts';
import { asDiskFault, type DiskFault, reasonOf } from './fault.ts';
import { files, system } from './files.ts';
import { flushFolder } from './flush.ts';
import { seeFolder } from './folder-id.ts';
import { checkAndSign, takeMarker } from './marker.ts';
import { clearMoments, forMoment, tryToWrite } from './moments.ts';
import { giveSecondName, removeFile, removeIfThere, renameToFree } from './naming.ts';
import { makeFile } from './own-file.ts';
import { besideName, momentPath } from './own-names.ts';
import { readLittle } from './plain.ts';

type Step = ProbeResult['steps'][number];
export type Places = { readonly stagingPath: string; readonly markerPath: string };
/** Where our own files beside a hot folder on record are, and what its marker says. */
export type KnownPlaces = Places & { readonly marker: string };
/** `folderId`: by what the folder is known again; null where it was not found with its marker. */
export type Probed = Places & { readonly marker: string; readonly folderId: string | null; readonly result: ProbeResult };

const markerName = '.printfloor-marker';
const roundTrips = 5;
/** What is read back of a try, bytes. */
const longestText = 1024;

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
    if ((await files.stat(path)).dev !== (await files.stat(parent)).dev) return false;
    await files.makeFolders(join(parent, besideName));
    await tryToWrite(join(parent, besideName));
    return true;
  } catch {
    return false;
  }
}

/** Where hubs with other settings keep the marker of this folder. */
function otherMarkerPaths(path: string, own: string): string[] {
  const paths = [join(path, markerName), join(dirname(path), besideName, `${basename(path)}.marker`)];
  return paths.filter((other) => other !== own);
}

async function median(count: number, act: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < count; turn++) {
    const from = system.clock.monotonic();
    await act();
    times.push(system.clock.monotonic() - from);
  }
  return times.sort((a, b) => a - b)[Math.floor(count / 2)] ?? 0;
}

/**
 * Probes a folder for deliveries. `known`: what is on record of it, and must be found there; with null a marker that is there is kept
 * and a missing one is written: only for a folder a person has just named. `takeOver`: also when another hub works in it.
 * Never throws for trouble with the folder: the failed step says it.
 */
export async function probe(settings: HotFolderSettings, known: KnownPlaces | null, takeOver: boolean): Promise<Probed> {
  const finalPath = momentPath(settings.path, 'probe', '.txt');
  const otherPath = momentPath(settings.path, 'probe', '.txt');
  return await forMoment([finalPath, otherPath], () => probeWith(settings, known, takeOver, finalPath, otherPath));
}

/** A folder that is there and says of what is to be made in it that there is no such place, as /proc does: nothing can be written in it. */
async function isClosed(fault: DiskFault, path: string): Promise<boolean> {
  if (fault.code !== 'ENOENT') return false;
  return await files.stat(path).then(
    ({ kind }) => kind === 'folder',
    () => false,
  );
}

async function probeWith(
  settings: HotFolderSettings,
  known: KnownPlaces | null,
  takeOver: boolean,
  finalPath: string,
  otherPath: string,
): Promise<Probed> {
  const { now } = system.clock;
  const at = now();
  const steps: Step[] = [];
  let reasonCode: string | null = null;
  let freeBytes: number | null = null;
  let clockDifferenceMs: number | null = null;
  let roundTripMs: number | null = null;
  let places: Places = known ?? { stagingPath: settings.path, markerPath: join(settings.path, markerName) };
  let marker = known?.marker ?? '';
  let folderId: string | null = null;

  // What comes after a step that failed is not tried: its answer would be of another folder, or of none.
  const step = async (name: Step['step'], act: () => Promise<void>, needed = true): Promise<void> => {
    if (reasonCode !== null) return;
    try {
      await act();
      steps.push({ step: name, ok: true, raw: null });
    } catch (error) {
      const fault = asDiskFault(error);
      steps.push({ step: name, ok: !needed, raw: fault.raw });
      if (needed) reasonCode = known === null && (await isClosed(fault, settings.path)) ? 'NoPermission' : reasonOf(fault);
    }
  };

  await step('find', async () => {
    if ((await files.stat(settings.path)).kind !== 'folder')
      throw Object.assign(new Error(say('en', 'found.notAFolder')), { code: 'ENOTDIR' });
    // Of a folder that is known nothing is written before its marker was seen: this may be an empty mount point.
    if (known !== null) return;
    places = await findPlaces(settings);
    await files.makeFolders(places.stagingPath);
    // Of a probe that was cut short, in a folder that nobody looks after yet; what stays is no fault of the folder.
    await clearMoments([places.stagingPath, settings.path], places.markerPath).catch(() => undefined);
  });
  await step('marker', async () => {
    const { markerPath } = places;
    if (known === null || takeOver) {
      const found = await takeMarker(markerPath, otherMarkerPaths(settings.path, markerPath), takeOver);
      if (known === null) marker = found;
    }
    await checkAndSign({ folderPath: settings.path, markerPath, marker });
    folderId = await seeFolder({ folderPath: settings.path, markerPath });
  });
  const tempPath = momentPath(places.stagingPath, 'probe');
  const text = `Printfloor tries this folder ${basename(tempPath)}`;
  await forMoment([tempPath], async () => {
    await step('write', async () => {
      clockDifferenceMs = Math.round((await makeFile(tempPath, text)).mtimeMs - now());
      // Copies lie beside the folder first: what can be written there says nothing of the folder itself.
      if (places.stagingPath !== settings.path) await tryToWrite(settings.path);
    });
    await step('readBack', async () => {
      if ((await readLittle(tempPath, longestText)).text !== text)
        throw Object.assign(new Error(say('en', 'found.readBackOther')), { code: 'CopyDiffers' });
    });
    await step('rename', async () => await renameToFree(tempPath, finalPath));
    // Not needed: without hard links the hand-over looks the name up first, which the folder's health tells.
    await step('noReplace', async () => await giveSecondName(finalPath, otherPath), false);
    await step('delete', async () => {
      await removeFile(finalPath);
      await removeIfThere(otherPath);
    });
    await step(
      'space',
      async () => {
        freeBytes = await files.freeBytes(settings.path);
      },
      false,
    );
    await step('clock', async () => {
      roundTripMs = await median(roundTrips, async () => {
        await makeFile(tempPath, text);
        await flushFolder(places.stagingPath);
        await readLittle(tempPath, longestText);
        await removeFile(tempPath);
      });
    });
  });
  const result: ProbeResult = {
    ok: reasonCode === null,
    at: new Date(at).toISOString(),
    steps,
    freeBytes,
    clockDifferenceMs,
    roundTripMs,
    reasonCode,
  };
  return { ...places, marker, folderId, result };
}
