/**
 * What was dealt with goes out of the incoming folder. Promises: it is on record before it is moved; what cannot be moved stays where it lies, is
 * remembered there by its place, its identity and its content, and is not dealt with a second time, also not after a restart.
 */
import { basename, dirname, join } from 'node:path';
import type { Arrival } from '../../../shared/api.ts';
import { isReasonCode } from '../../../shared/reason.ts';
import { safeFileName } from '../../../shared/safe-name.ts';
import { asDiskFault, errnoOf } from '../disk/fault.ts';
import type { Moved } from '../disk/move.ts';
import type { Disk } from '../disk/operations.ts';
import type { Stamp } from '../disk/stamp.ts';
import type { LeftBehind } from '../store/store.ts';
import { dayFolder, likelyTurns, moveInto, numberedName, reasonPath, rejectionText } from './file-away.ts';
import type { FlowParts } from './flow-parts.ts';

type PutAway = {
  readonly name: string;
  readonly path: string;
  readonly stamp: Stamp;
  readonly arrivalId: number;
  /** An earlier try may have been cut short between its copy and its end: the copy is then known by its content. */
  readonly again?: boolean;
};

type Outcome = Exclude<Arrival['outcome'], 'accepted' | 'newVersion'>;

/** Where an arrival goes by what became of it. A file of a job is filed by its own record. */
function placeFor(parts: Pick<FlowParts, 'archivePath' | 'rejectedPath' | 'askedPath'>, outcome: Outcome, at: number): string {
  switch (outcome) {
    case 'ticket':
      return join(parts.archivePath, dayFolder(at));
    case 'duplicate':
      return join(parts.archivePath, 'duplicates', dayFolder(at));
    case 'asked':
      return parts.askedPath;
    case 'rejected':
      return parts.rejectedPath;
    default:
      return outcome satisfies never;
  }
}

/**
 * Moves what is on record as left behind to its place, by what became of it until then, and notes where it lies; what cannot be moved stays.
 * @throws DiskFault `SourceChanged` when something else lies there meanwhile: to be offered anew
 */
export async function putAway(parts: FlowParts, disk: Disk, what: PutAway): Promise<void> {
  await parts.arrivalTurns(what.arrivalId, () => moveLeft(parts, disk, what));
}

/** What is not accepted has the reason beside it. */
async function writeReason(
  parts: FlowParts,
  disk: Disk,
  { outcome, answer, reasonCode, detail, details: said, name, folder, at }: Arrival,
  to: string,
): Promise<void> {
  if (outcome !== 'rejected' || answer !== null || reasonCode === null || !isReasonCode(reasonCode)) return;
  try {
    const { language, timeZone } = parts.floor().settings;
    await disk.writeNote(reasonPath(to), rejectionText(name, folder, { code: reasonCode, detail, said }, at, { language, timeZone }));
  } catch (error) {
    parts.log`No reason beside ${to} (${asDiskFault(error)})`;
  }
}

/** What other questions are about: each needs a file of its own, also where two hold the same. */
async function askedAbout(store: FlowParts['store'], arrivalId: number | null): Promise<ReadonlySet<string | null>> {
  return new Set((await store.read.openQuestions()).flatMap(({ id, path }) => (id === arrivalId ? [] : [path])));
}

/** Where it lies if the program died between the move and its note: known by its content, and no other question names it. Null when it is gone. */
async function findMoved(
  { store, disks }: FlowParts,
  folder: string,
  { sha256 }: LeftBehind,
  name: string,
  arrivalId: number,
): Promise<string | null> {
  if (sha256 === null) return null;
  const names = new Set((await disks.local.names(folder).catch(() => [])).map((entry) => entry.name));
  const named = await askedAbout(store, arrivalId);
  for (let turn = likelyTurns; turn >= 1; turn--) {
    const path = join(folder, numberedName(safeFileName(name), turn, arrivalId));
    if (!names.has(basename(path)) || named.has(path)) continue;
    const found = await disks.local.inspect(path, Number.MAX_SAFE_INTEGER).catch(() => null);
    if (found?.sha256 === sha256) return path;
  }
  return null;
}

/** As far as can be seen; true where nothing can. */
async function liesThere(disk: Disk, path: string): Promise<boolean> {
  try {
    return (await disk.names(dirname(path))).some(({ name }) => name === basename(path));
  } catch {
    return true;
  }
}

async function moveLeft(parts: FlowParts, disk: Disk, { name, path, stamp, arrivalId, again = false }: PutAway): Promise<void> {
  const { store } = parts;
  const [left, arrival] = await Promise.all([store.read.leftBehind(path), store.read.arrival(arrivalId)]);
  if (left?.arrivalId !== arrivalId || arrival === null || arrival.outcome === 'accepted' || arrival.outcome === 'newVersion') return;
  const folder = placeFor(parts, arrival.outcome, parts.now());
  if (dirname(path) === folder) return;
  const liesAt = async (to: string, moved: Moved): Promise<void> => {
    await writeReason(parts, disk, arrival, to);
    await store.write(async (tx) => {
      // What may not be removed stays there beside its copy, and is nobody's to move again.
      if (moved === 'left') await tx.leaveBehind({ ...left, arrivalId: null });
      else await tx.forgetLeft(path);
      await tx.moveArrival(arrivalId, to);
    });
  };
  try {
    const named = arrival.outcome === 'asked' ? await askedAbout(store, arrivalId) : new Set<string>();
    const to = await moveInto(
      disk,
      { arrivalId, name, path, stamp, sha256: again ? left.sha256 : null },
      folder,
      (place) => named.has(place),
      arrival.outcome === 'rejected',
    );
    await liesAt(to.path, to.moved);
  } catch (error) {
    if (errnoOf(error) === 'SourceChanged') {
      await store.write(async (tx) => {
        await tx.forgetLeft(path);
        // What was said of it is said of nothing any more.
        if (arrival.outcome === 'rejected') await tx.markArrivalSeen(arrivalId);
      });
      throw error;
    }
    // A fault after the last step of the move leaves nothing where it lay.
    const isGone = errnoOf(error) === 'ENOENT';
    const moved = isGone || !(await liesThere(disk, path)) ? await findMoved(parts, folder, left, name, arrivalId) : null;
    if (moved !== null) return await liesAt(moved, 'moved');
    // Somebody took it away: there is nothing left to remember.
    if (isGone) return await store.write((tx) => tx.forgetLeft(path));
    parts.log`Left where it lies: ${name} (${asDiskFault(error)})`;
  }
}

/** Is this the very content that was dealt with before, only looked at anew (touched, or known by another id since the share came back)? */
export async function isLeft(parts: FlowParts, path: string, stamp: Stamp, sha256: string | null): Promise<boolean> {
  const left = await parts.store.read.leftBehind(path);
  if (left === null || left.waits || sha256 === null || left.sha256 !== sha256) return false;
  await parts.store.write((tx) => tx.leaveBehind({ ...left, stamp }));
  return true;
}

/** Nothing lies there any more, or it is dealt with after all: a notice that it could not be read has done its work. */
export async function forgetLeft(parts: FlowParts, path: string): Promise<void> {
  await parts.store.write(async (tx) => {
    const left = await tx.leftBehind(path);
    if (left === null) return;
    await tx.forgetLeft(path);
    if (left.waits && left.arrivalId !== null) await tx.markArrivalSeen(left.arrivalId);
  });
}

/** What could not be moved away before, by a fault or a crash, is tried once more. */
export async function tidyLeft(parts: FlowParts, left: readonly LeftBehind[], disk: Disk): Promise<void> {
  for (const { place, stamp, arrivalId, waits } of left) {
    const arrival = arrivalId === null || waits ? null : await parts.store.read.arrival(arrivalId);
    if (arrival === null) continue;
    await putAway(parts, disk, { name: arrival.name, path: place, stamp, arrivalId: arrival.id, again: true }).catch(() => undefined);
  }
}
