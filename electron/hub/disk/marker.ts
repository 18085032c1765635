/**
 * Marks folders as ours, so that a second hub that is set to the same folder is told, and refused unless a person says that it takes over. Promises: a folder
 * marked for another hub is never marked for us silently; a marker without a hub, as earlier versions wrote it, is anybody's and becomes ours.
 */
import { join } from 'node:path';
import { writeNote } from './change.ts';
import { errnoOf } from './fault.ts';
import { files, system } from './files.ts';
import { checkHub, checkLive, hubAtWork, type Live, type MarkerText, readMarker, writeMarker } from './live.ts';
import { clearMoments } from './moments.ts';

const incomingMarkerName = '.printfloor-incoming';

async function markerAt(path: string): Promise<MarkerText | null> {
  try {
    const marker = readMarker(await files.readText(path));
    return marker.folder === '' ? null : marker;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return null;
    throw error;
  }
}

function isOurs({ hub }: MarkerText): boolean {
  const ours = hubAtWork();
  return ours === null || (hub?.id === ours.id && hub.computer === ours.computer);
}

async function makeOurs(path: string, { folder }: MarkerText): Promise<void> {
  await writeNote(path, writeMarker({ folder, hub: hubAtWork() }));
}

/** Checks a folder we know, and signs its marker where an earlier version left it unsigned. @throws DiskFault as `checkLive` */
export async function checkAndSign(live: Live): Promise<void> {
  const marker = await checkLive(live);
  // Where it cannot be signed it can be worked in all the same.
  if (!isOurs(marker)) await makeOurs(live.markerPath, marker).catch(() => undefined);
}

/**
 * Marks a hot folder that a person has just named; answers the marker. `elsewhere`: where hubs with other settings keep the marker of this folder.
 * @throws DiskFault `OtherHub` when another hub works in it, unless we are told to take over: that hub then stops by itself
 */
export async function takeMarker(path: string, elsewhere: readonly string[], takeOver: boolean): Promise<string> {
  for (const other of elsewhere) {
    const marker = await markerAt(other);
    if (marker === null || isOurs(marker)) continue;
    if (!takeOver) checkHub(marker, other);
    if (marker.hub !== null) await makeOurs(other, marker);
  }
  const known = await markerAt(path);
  if (known !== null && !takeOver) checkHub(known, path);
  const marker: MarkerText = known ?? { folder: system.random.uuid(), hub: null };
  if (known === null || !isOurs(known)) await makeOurs(path, marker);
  return marker.folder;
}

/** Does no other hub keep the markers of its hot folders here? One that is not signed may be another's. */
export async function worksAlone(folderPath: string): Promise<boolean> {
  const names = await files.readNames(folderPath);
  const ours = hubAtWork();
  for (const name of ours === null ? [] : names) {
    const marker = /(?:\.|-)marker$/i.test(name) ? await markerAt(join(folderPath, name)) : null;
    if (marker !== null && marker.hub?.id !== ours?.id) return false;
  }
  return true;
}

const notWritable: ReadonlySet<string | null> = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'EBUSY']);

/** Marks an incoming folder, where that can be: many senders' shares are read-only, and serve without. @throws DiskFault `OtherHub` */
export async function takeIncoming(folderPath: string, takeOver: boolean): Promise<void> {
  const path = join(folderPath, incomingMarkerName);
  await clearMoments([folderPath], path).catch(() => undefined);
  const known = await markerAt(path);
  if (known !== null && !takeOver) checkHub(known, path);
  if (hubAtWork() === null || (known !== null && isOurs(known))) return;
  try {
    await makeOurs(path, known ?? { folder: system.random.uuid(), hub: null });
  } catch (error) {
    if (!notWritable.has(errnoOf(error))) throw error;
  }
}
