/**
 * Marks folders as ours, so that a second hub that is set to the same folder is told, and refused unless a person says that it takes over. Promises: a folder
 * marked for another hub is never marked for us silently; a marker without a hub, as earlier versions wrote it, is anybody's and becomes ours. How much the marker
 * of an incoming folder is believed, which any sender may write, is decided in intake/whose-folder.ts.
 */
import { join } from 'node:path';
import { sayOtherHub } from '../../../shared/other-hub.ts';
import { DiskFault, errnoOf } from './fault.ts';
import { files, system } from './files.ts';
import { checkHub, checkLive, type Hub, hubAtWork, type Live, type Marker, type MarkerText, markerAt, writeMarker } from './live.ts';
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
async function makeOurs(path: string, known: Marker | null, name = known?.text.folder): Promise<string> {
  const folder = name || system.random.uuid();
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

/** How often a person had said "take over" when the marker of an incoming folder was written; stands at the end of its first word, where earlier versions ask nothing. */
const turnForm = /#(\d{1,9})$/;
const lastTurn = 999_999_999;

function turnOf(known: Marker | null): number {
  return Number(turnForm.exec(known?.text.folder ?? '')?.[1] ?? 0);
}

/** `turn`: as we last wrote it. `insists`: signs over another hub's all the same. */
export type OursBefore = { readonly turn: number; readonly insists: boolean };
/** `put`: another hub's marker that was signed over without a new word of a person, as it is said of it. */
export type Taken = { readonly turn: number; readonly put: string | null };

/** What is to be written of an incoming folder, or that another hub's word stands. */
function takenOf(known: Marker | null, ours: Hub, takeOver: boolean, before: OursBefore | null): Taken | 'theirs' {
  const other = known?.text.hub != null && known.text.hub.id !== ours.id ? known.text.hub : null;
  const said = turnOf(known);
  const least = before?.turn ?? 1;
  if (takeOver) return { turn: Math.min(lastTurn, Math.max(said, least) + 1), put: null };
  if (other === null) return { turn: Math.max(said, least), put: null };
  return before !== null && (before.insists || said < before.turn) ? { turn: before.turn, put: sayOtherHub(other) } : 'theirs';
}

/** Is an incoming folder marked as ours? Only reads. */
export async function isOurIncoming(folderPath: string): Promise<boolean> {
  const known = await knownMarker(join(folderPath, incomingMarkerName));
  return known !== null && hubAtWork() !== null && isOurs(known.text);
}

/**
 * Marks an incoming folder, where that can be: many senders' shares are read-only, and serve without. `before`: it was ours until now, so that a marker that knows
 * of fewer takings-over is an older word and is signed over. @throws DiskFault `OtherHub`
 */
export async function takeIncoming(folderPath: string, takeOver: boolean, before: OursBefore | null = null): Promise<Taken> {
  const path = join(folderPath, incomingMarkerName);
  await clearMoments([folderPath], null).catch(() => undefined);
  const known = await knownMarker(path);
  const ours = hubAtWork();
  const taken = ours === null ? { turn: 0, put: null } : takenOf(known, ours, takeOver, before);
  if (taken === 'theirs') throw otherHubAt(known, path);
  const { turn, put } = taken;
  if (ours === null || (known !== null && isOurs(known.text) && turnOf(known) === turn)) return taken;
  try {
    await makeOurs(path, known, `${known?.text.folder.replace(turnForm, '') || system.random.uuid()}#${turn}`);
  } catch (error) {
    if (!notWritable.has(errnoOf(error))) throw error;
    if (put !== null) throw otherHubAt(known, path);
  }
  return taken;
}

function otherHubAt(known: Marker | null, path: string): Error {
  return new DiskFault('OtherHub', known?.text.hub == null ? '' : sayOtherHub(known.text.hub), path);
}
