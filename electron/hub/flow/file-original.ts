/**
 * Originals go into the archive, where their deliveries find them. Promises: what counts as filed is the content on record. What is no longer that stays
 * with its source, or goes back there, and is offered as what it is: new content.
 */

import { say } from '../../../shared/words/say.ts';
import { asDiskFault, errnoOf } from '../disk/fault.ts';
import type { Moved } from '../disk/move.ts';
import type { Disk } from '../disk/operations.ts';
import { folderOf } from '../disk/spelling.ts';
import type { Stamp } from '../disk/stamp.ts';
import type { FileRow } from '../store/store.ts';
import { fileOriginalTask } from '../work/tasks.ts';
import type { FlowParts } from './flow-parts.ts';

type FilingDisk = Pick<Disk, 'moveFile' | 'inspect'>;
/** What filing needs of the flow's parts. */
type Filing = Pick<FlowParts, 'store' | 'log' | 'now' | 'floor' | 'filingTurns' | 'secondLooks'> & {
  readonly disks: { readonly local: FilingDisk; of(folder: { path: string; location: 'local' | 'network' }): FilingDisk };
};

const gone: ReadonlySet<string | null> = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO', 'NotAPlainFile', 'SourceMissing']);

/** What lies at a path, wholly read; null when nothing does. */
async function readThrough(disk: FilingDisk, path: string): Promise<(Stamp & { readonly sha256: string | null }) | null> {
  try {
    return await disk.inspect(path, Number.MAX_SAFE_INTEGER);
  } catch (error) {
    if (gone.has(errnoOf(error))) return null;
    throw error;
  }
}

/** Filed if the archive has it; else its delivery says that it is gone. */
async function settleGone({ store, log }: Filing, disk: FilingDisk, row: FileRow): Promise<void> {
  if ((await readThrough(disk, row.archivePath))?.sha256 === row.sha256) await store.write((tx) => tx.markFiled(row.id));
  else log`Gone before it was filed: ${row.name}`;
}

/** Where nobody may remove it, it lies there beside its copy for good: it is filed, and never offered again. */
async function rememberLeft({ store, log }: Filing, { id, name, sourcePath, sha256 }: FileRow, stamp: Stamp): Promise<void> {
  await store.write(async (tx) => {
    await tx.markFiled(id);
    await tx.leaveBehind({ place: sourcePath, stamp, sha256, arrivalId: null, waits: false });
  });
  log`Filed, and left where it lies, since it may not be removed there: ${name}`;
}

/** Answers whether there is nothing left to do. @throws DiskFault `SourceChanged` when something else lies there now */
async function tryToFile(parts: Filing, disk: FilingDisk, file: FileRow, stamp: Stamp): Promise<boolean> {
  const { store, log } = parts;
  let row = file;
  let moved: Moved;
  for (;;) {
    try {
      moved = await disk.moveFile(row.sourcePath, row.archivePath, row, stamp);
      break;
    } catch (error) {
      const code = errnoOf(error);
      if (code === 'SourceChanged') throw error;
      if (gone.has(code)) {
        await settleGone(parts, disk, row);
        return true;
      }
      if (code !== 'NameTaken') {
        log`Not filed yet: ${row.name} (${asDiskFault(error)})`;
        return false;
      }
      row = await store.write((tx) => tx.renumberArchivePath(file.id));
    }
  }
  if (moved === 'left') {
    await rememberLeft(parts, row, stamp);
    return true;
  }
  if (moved === 'moved') parts.secondLooks.add({ fileId: row.id, path: row.archivePath, stamp });
  // Nobody waits for this: not yet marked, the next start finds it in the archive.
  store.write((tx) => tx.markFiled(file.id)).catch((error: unknown) => log`Not marked as filed: ${asDiskFault(error)}`);
  return true;
}

/** Tried again this much later, and then less and less often. */
const againMs = 2000;

async function fileLater({ store, now }: Filing, file: FileRow): Promise<void> {
  await store.write((tx) => tx.addTask(fileOriginalTask(file, now() + againMs), now()));
}

/**
 * Moves an original into the archive. It may be there already; and if it cannot be moved, the job goes on from where it lies, and it is moved later.
 * @throws DiskFault `SourceChanged` when something else lies there now
 */
export async function fileOriginal(parts: Filing, disk: FilingDisk, file: FileRow, stamp: Stamp): Promise<void> {
  await parts.filingTurns(file.id, async () => {
    if (!(await tryToFile(parts, disk, file, stamp))) await fileLater(parts, file);
  });
}

function watchedFolder({ floor }: Filing, path: string): { path: string; location: 'local' | 'network' } | undefined {
  return folderOf(path, floor().settings.incoming);
}

function isFromHere(parts: Filing, row: FileRow): boolean {
  return watchedFolder(parts, row.sourcePath)?.location === 'local';
}

function diskOfSource(parts: Filing, row: FileRow): FilingDisk {
  const watched = watchedFolder(parts, row.sourcePath);
  return watched === undefined ? parts.disks.local : parts.disks.of(watched);
}

/** The sender may have written anew in the moment of a move that a crash cut short, so that the archive has what nobody knows of. Answers whether there is nothing left to do. */
async function settleLeft(parts: Filing, disk: FilingDisk, row: FileRow): Promise<boolean> {
  const there = await readThrough(disk, row.archivePath);
  if (there === null || there.sha256 === row.sha256 || !isFromHere(parts, row)) {
    await settleGone(parts, disk, row);
    return true;
  }
  return await sendBack(parts, row);
}

/** In its turn, by what is on record then. Answers whether there is nothing left to do. */
async function fileLeftover(parts: Filing, fileId: number): Promise<boolean> {
  return await parts.filingTurns(fileId, async () => {
    const row = await parts.store.read.file(fileId);
    if (row === null || row.filed) return true;
    const disk = diskOfSource(parts, row);
    const source = await readThrough(disk, row.sourcePath);
    if (source === null) return await settleLeft(parts, disk, row);
    return source.sha256 !== row.sha256 || (await tryToFile(parts, disk, row, source));
  });
}

/** An original that could not be filed when it came. @throws Error when it still cannot be */
export async function fileAgain(parts: Filing, fileId: number): Promise<void> {
  if (!(await fileLeftover(parts, fileId))) throw new Error(say('en', 'found.originalStays'));
}

async function fileOneByOne(parts: Filing, rows: readonly FileRow[]): Promise<void> {
  for (const row of rows) {
    // What a damaged record says is no reason to move anything.
    if (parts.store.trouble()?.code === 'RecordDamaged') return;
    const filed = await fileLeftover(parts, row.id).catch((error: unknown) => {
      parts.log`Not filed yet: ${row.name} (${asDiskFault(error)})`;
      return false;
    });
    if (!filed) await fileLater(parts, row);
  }
}

/**
 * Files on record that a crash kept from being filed. One that cannot be filed keeps no other, and a folder that hangs keeps no other folder's; it is tried
 * again later.
 */
export async function fileLeftovers(parts: Filing): Promise<void> {
  const byFolder = new Map<string, FileRow[]>();
  for (const row of await parts.store.read.unfiledFiles()) {
    const folderPath = watchedFolder(parts, row.sourcePath)?.path ?? '';
    byFolder.set(folderPath, [...(byFolder.get(folderPath) ?? []), row]);
  }
  await Promise.all([...byFolder.values()].map((rows) => fileOneByOne(parts, rows)));
}

/**
 * A program that kept the file open can write into it after it was filed. The archive then holds what is on record nowhere: it goes back to where it
 * came from and arrives anew, as the next version. Only on this computer: from a share the archive has a copy of its own. Answers whether it went back.
 */
export async function sendBackChanged(parts: Filing, row: FileRow): Promise<boolean> {
  if (!row.filed || !isFromHere(parts, row)) return false;
  return await parts.filingTurns(row.id, () => sendBack(parts, row));
}

async function sendBack({ disks, log }: Filing, row: FileRow): Promise<boolean> {
  try {
    const now = await readThrough(disks.local, row.archivePath);
    if (now === null || now.sha256 === row.sha256) return false;
    await disks.local.moveFile(row.archivePath, row.sourcePath, null, now);
    log`Changed after it was filed, taken anew: ${row.name}`;
    return true;
  } catch (error) {
    // Still being written, or something new lies there already: it is asked again at the next try.
    log`Changed after it was filed, not taken anew yet: ${row.name} (${asDiskFault(error)})`;
    return false;
  }
}
