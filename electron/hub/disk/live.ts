/** Is this the live folder, and ours? Tells it from the empty mount point behind it, and from a folder that another hub works in. Only reads. */
import { cleanLine } from '../../../shared/clean-text.ts';
import { type OtherHub, sayOtherHub } from '../../../shared/other-hub.ts';
import { said } from '../../../shared/words/say.ts';
import { DiskFault, errnoOf, found } from './fault.ts';
import { files, system } from './files.ts';
import { compareFolders, isUnchanged, seeFolder } from './folder-id.ts';
import { lookOnce } from './look-once.ts';
import { readLittle } from './plain.ts';
import { type FileInfo, isUntouched } from './stamp.ts';

/** The marker that tells the live folder from an empty mount point. `folderId`: by what the folder is known again; null or left out: nobody knows it yet. */
export type Live = {
  readonly folderPath: string;
  readonly markerPath: string;
  readonly marker: string;
  readonly folderId?: string | null;
};

/** What a marker says, and the file that says it. */
export type Marker = { readonly text: MarkerText; readonly info: FileInfo };

/** Longer is no marker of ours. Bytes. */
const longestMarker = 4096;
/** A word, and in a second line whose. */
const likeMarker = /^\s*(?:\S+\s*(?:\nhub [^\n]*\s*)?)?$/;
/** What is said of a link, a pipe, a socket or a folder at its place. */
const noMarker: ReadonlySet<string | null> = new Set(['NotAPlainFile', 'ELOOP', 'ENXIO']);

/** A hub, as it is told to others: an id that goes where its data folder goes, and the name of the computer, for people. */
export type Hub = OtherHub;

/** What a marker file says: which folder it is in its first line, and in the second whose. Earlier versions wrote no second line. */
export type MarkerText = { readonly folder: string; readonly hub: Hub | null };

let ourHub: Hub | null = null;

/** The hub that disk work is done for; null: nobody asks whose a folder is. */
export function workForHub(hub: Hub | null): void {
  ourHub = hub;
}

export function hubAtWork(): Hub | null {
  return ourHub;
}

/** Asked twice for each file, and always the same. */
let lastRead: { readonly text: string; readonly marker: MarkerText } | null = null;

export function readMarker(text: string): MarkerText {
  if (lastRead?.text === text) return lastRead.marker;
  const marker = parseMarker(text);
  lastRead = { text, marker };
  return marker;
}

function parseMarker(text: string): MarkerText {
  const [folder = '', second = ''] = text.trim().split(/\r?\n/);
  const [, id, computer = ''] = /^hub (\S+) ?(.*)$/.exec(second) ?? [];
  return { folder: folder.trim(), hub: id === undefined ? null : { id, computer: cleanLine(computer) } };
}

/** An empty one names no folder. Null where what lies there is no marker: a link, a pipe, somebody's text. @throws DiskFault as the system's: ENOENT where nothing does */
export async function markerAt(path: string): Promise<Marker | null> {
  try {
    const { text, info } = await readLittle(path, longestMarker);
    return text === null || !likeMarker.test(text) ? null : { text: readMarker(text), info };
  } catch (error) {
    if (noMarker.has(errnoOf(error))) return null;
    throw error;
  }
}

export function writeMarker({ folder, hub }: MarkerText): string {
  return hub === null ? folder : `${folder}\nhub ${hub.id} ${hub.computer}`;
}

/** @throws DiskFault `OtherHub` when the marker names another hub than the one at work */
export function checkHub({ hub }: MarkerText, markerPath: string): void {
  if (hub !== null && ourHub !== null && hub.id !== ourHub.id) throw new DiskFault('OtherHub', sayOtherHub(hub), markerPath);
}

/** Is it the folder we know that lies at the path? @throws DiskFault `OtherFolder` when not */
export async function checkSameFolder({ folderId = null, ...where }: Live): Promise<void> {
  if (folderId !== null)
    await lookOnce(`folder ${where.folderPath}\n${where.markerPath}\n${folderId}`, () => compareWithKnown(folderId, where));
}

async function compareWithKnown(folderId: string, where: Pick<Live, 'folderPath' | 'markerPath'>): Promise<void> {
  const { dev, ino, born } = await files.stat(where.folderPath);
  if (isUnchanged(folderId, { dev, ino, born })) return;
  if (compareFolders(folderId, await seeFolder(where)) !== 'same')
    throw found('OtherFolder', said('found.otherFolder', { known: folderId, dev: String(dev), ino: String(ino) }), where.folderPath);
}

/** The marker of a folder, as far as it is ours. @throws DiskFault `FolderMissing`, `NotTheShare` or `OtherHub` */
export async function checkMarker(live: Live): Promise<Marker> {
  return await lookOnce(`marker ${live.folderPath}\n${live.markerPath}\n${live.marker}`, () => lookAtMarker(live));
}

/** Three looks at a marker belong to each file. One that nobody has touched, by its stamp, is read again after so long all the same: a disk may tell times in seconds only. */
const believedForMs = 1000;

/** What was read, by where it lies on which system; a process has few folders. */
let believed = { files, markers: new Map<string, { readonly marker: Marker; readonly readAtMs: number }>() };

/** As `markerAt`, without reading again what nobody has touched since a moment ago. */
async function believedMarkerAt(path: string): Promise<Marker | null> {
  if (believed.files !== files) believed = { files, markers: new Map() };
  const { markers } = believed;
  const before = markers.get(path);
  const nowMs = system.clock.monotonic();
  if (before !== undefined && nowMs - before.readAtMs < believedForMs && isUntouched(before.marker.info, await files.lstat(path)))
    return before.marker;
  markers.delete(path);
  const marker = await markerAt(path);
  if (marker !== null) markers.set(path, { marker, readAtMs: nowMs });
  return marker;
}

async function lookAtMarker(live: Live): Promise<Marker> {
  let marker: Marker | null;
  try {
    marker = await believedMarkerAt(live.markerPath);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
    const there = await files.lstat(live.folderPath).then(
      () => true,
      () => false,
    );
    throw there
      ? found('NotTheShare', said('found.noMarker'), live.markerPath)
      : found('FolderMissing', said('found.noFolder'), live.folderPath);
  }
  if (marker === null) throw found('NotTheShare', said('found.noMarkerFile'), live.markerPath);
  if (marker.text.folder !== live.marker) throw found('NotTheShare', said('found.markerOfOther'), live.markerPath);
  checkHub(marker.text, live.markerPath);
  return marker;
}

/** @throws DiskFault as `checkMarker` and `checkSameFolder` */
export async function checkLive(live: Live): Promise<Marker> {
  const marker = await checkMarker(live);
  await checkSameFolder(live);
  return marker;
}

/** After `checkLive`, in the same work: does the same folder still lie there? One call where the folder is known by its id. @throws DiskFault as `checkLive` */
export async function checkStillLive(live: Live): Promise<void> {
  const isSame =
    live.folderId == null
      ? false
      : await checkSameFolder(live).then(
          () => true,
          () => false,
        );
  // It says what is wrong.
  if (!isSame) await checkLive(live);
}
