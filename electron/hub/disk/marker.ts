/**
 * Marks folders as ours, so that a second hub that is set to the same folder is told, and refused unless a person says that it takes over. Promises: a folder
 * marked for another hub is never marked for us silently; a marker without a hub, as earlier versions wrote it, is anybody's and becomes ours.
 */
import { join } from 'node:path';
import { errnoOf } from './fault.ts';
import { files, system } from './files.ts';
import { checkHub, checkLive, hubAtWork, type Live, type Marker, type MarkerText, markerAt, writeMarker } from './live.ts';
import { clearMoments } from './moments.ts';
import { writeOwn } from './own-file.ts';

const incomingMarkerName = '.printfloor-incoming';

/** Null also where nothing lies there. */
async function knownMarker(path: string): Promise<Marker | null> {
  try {
    return await markerAt(path);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return null;
    throw error;
  }
}

function isOurs({ folder, hub }: MarkerText): boolean {
  const ours = hubAtWork();
  return folder !== '' && (ours === null || (hub?.id === ours.id && hub.computer === ours.computer));
}

/** A new one, or in place of the one that was read. @throws DiskFault `NameTaken` when something else lies there */
async function makeOurs(path: string, known: Marker | null): Promise<string> {
  const folder = known?.text.folder || system.random.uuid();
  // A hub of another account must be able to read whose the folder is.
  await writeOwn(path, writeMarker({ folder, hub: hubAtWork() }), known?.info ?? null, 'everybody');
  return folder;
}

/** Checks a folder we know, and signs its marker where an earlier version left it unsigned. @throws DiskFault as `checkLive` */
export async function checkAndSign(live: Live): Promise<void> {
  const marker = await checkLive(live);
  // Where it cannot be signed it can be worked in all the same.
  if (!isOurs(marker.text)) await makeOurs(live.markerPath, marker).catch(() => undefined);
}

/**
 * Marks a hot folder that a person has just named; answers the marker. `elsewhere`: where hubs with other settings keep the marker of this folder.
 * @throws DiskFault `OtherHub` when another hub works in it, unless we are told to take over: that hub then stops by itself
 */
export async function takeMarker(path: string, elsewhere: readonly string[], takeOver: boolean): Promise<string> {
  for (const other of elsewhere) {
    const marker = await knownMarker(other);
    if (marker === null || isOurs(marker.text)) continue;
    if (!takeOver) checkHub(marker.text, other);
    if (marker.text.hub !== null) await makeOurs(other, marker);
  }
  const known = await knownMarker(path);
  if (known !== null && !takeOver) checkHub(known.text, path);
  return known !== null && isOurs(known.text) ? known.text.folder : await makeOurs(path, known);
}

/** Does no other hub keep the markers of its hot folders here? One that is not signed may be another's. */
export async function worksAlone(folderPath: string): Promise<boolean> {
  const names = await files.readNames(folderPath);
  const ours = hubAtWork();
  for (const name of ours === null ? [] : names) {
    const marker = /(?:\.|-)marker$/i.test(name) ? await knownMarker(join(folderPath, name)) : null;
    if (marker !== null && marker.text.folder !== '' && marker.text.hub?.id !== ours?.id) return false;
  }
  return true;
}

/** Something else at the marker's name is left as it is. */
const notWritable: ReadonlySet<string | null> = new Set(['NameTaken', 'EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'EBUSY']);

/** Marks an incoming folder, where that can be: many senders' shares are read-only, and serve without. @throws DiskFault `OtherHub` */
export async function takeIncoming(folderPath: string, takeOver: boolean): Promise<void> {
  const path = join(folderPath, incomingMarkerName);
  await clearMoments([folderPath], null).catch(() => undefined);
  const known = await knownMarker(path);
  if (known !== null && !takeOver) checkHub(known.text, path);
  if (hubAtWork() === null || (known !== null && isOurs(known.text))) return;
  try {
    await makeOurs(path, known);
  } catch (error) {
    if (!notWritable.has(errnoOf(error))) throw error;
  }
}
