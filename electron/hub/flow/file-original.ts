/**
 * Originals go into the archive, where their deliveries find them. Promises: what counts as filed is the content on record. What is no longer that stays
 * with its source, or goes back there, and is offered as what it is: new content.
 */
import { asDiskFault, errnoOf } from '../disk/fault.ts';
import type { Disk } from '../disk/operations.ts';
import type { Stamp } from '../disk/stamp.ts';
import type { FileRow } from '../store/store.ts';
import type { FlowParts } from './flow-parts.ts';

const gone: ReadonlySet<string | null> = new Set(['ENOENT', 'SourceMissing']);

/** What lies at a path, wholly read; null when nothing does. */
async function readThrough(disk: Disk, path: string): Promise<(Stamp & { readonly sha256: string | null }) | null> {
  try {
    return await disk.inspect(path, Number.MAX_SAFE_INTEGER);
  } catch (error) {
    if (gone.has(errnoOf(error))) return null;
    throw error;
  }
}

/** Filed if the archive has it; else its delivery says that it is gone. */
async function settleGone({ store, log }: FlowParts, disk: Disk, row: FileRow): Promise<void> {
  if ((await readThrough(disk, row.archivePath))?.sha256 === row.sha256) await store.write((tx) => tx.markFiled(row.id));
  else log(`Gone before it was filed: ${JSON.stringify(row.name)}`);
}

/**
 * Moves an original into the archive. It may be there already; and if it cannot be moved, the job goes on from where it lies.
 * @throws DiskFault `SourceChanged` when something else lies there now
 */
export async function fileOriginal(parts: FlowParts, disk: Disk, file: FileRow, stamp: Stamp): Promise<void> {
  const { store, log } = parts;
  let row = file;
  for (;;) {
    try {
      await disk.moveFile(row.sourcePath, row.archivePath, row, stamp);
      break;
    } catch (error) {
      const code = errnoOf(error);
      if (code === 'SourceChanged') throw error;
      if (gone.has(code)) return await settleGone(parts, disk, row);
      if (code !== 'NameTaken') {
        log(`Not filed yet: ${JSON.stringify(row.name)} (${asDiskFault(error).message})`);
        return;
      }
      row = await store.write((tx) => tx.renumberArchivePath(file.id));
    }
  }
  // Nobody waits for this: not yet marked, the next start finds it in the archive.
  store.write((tx) => tx.markFiled(file.id)).catch((error: unknown) => log(`Not marked as filed: ${asDiskFault(error).message}`));
}

function watchedFolder({ floor }: FlowParts, path: string): { path: string; location: 'local' | 'network' } | undefined {
  return floor().settings.incoming.find((folder) => path.startsWith(folder.path));
}

function diskOfSource(parts: FlowParts, row: FileRow): Disk {
  const watched = watchedFolder(parts, row.sourcePath);
  return watched === undefined ? parts.disks.local : parts.disks.of(watched);
}

async function fileLeftover(parts: FlowParts, row: FileRow): Promise<void> {
  const disk = diskOfSource(parts, row);
  const source = await readThrough(disk, row.sourcePath);
  if (source === null) return await settleGone(parts, disk, row);
  if (source.sha256 === row.sha256) await fileOriginal(parts, disk, row, source);
}

/** Files on record that a crash kept from being filed. One that cannot be filed keeps no other; it is tried again at the next start. */
export async function fileLeftovers(parts: FlowParts): Promise<void> {
  for (const row of await parts.store.read.unfiledFiles())
    await fileLeftover(parts, row).catch((error: unknown) =>
      parts.log(`Not filed yet: ${JSON.stringify(row.name)} (${asDiskFault(error).message})`),
    );
}

/**
 * A program that kept the file open can write into it after it was filed. The archive then holds what is on record nowhere: it goes back to where it
 * came from and arrives anew, as the next version. Only on this computer: from a share the archive has a copy of its own.
 */
export async function sendBackChanged(parts: FlowParts, row: FileRow): Promise<void> {
  if (!row.filed || watchedFolder(parts, row.sourcePath)?.location !== 'local') return;
  const { disks, log } = parts;
  try {
    const now = await readThrough(disks.local, row.archivePath);
    if (now === null || now.sha256 === row.sha256) return;
    await disks.local.moveFile(row.archivePath, row.sourcePath, null, now);
    log(`Changed after it was filed, taken anew: ${JSON.stringify(row.name)}`);
  } catch (error) {
    // Still being written, or something new lies there already: it is asked again at the next try.
    log(`Changed after it was filed, not taken anew yet: ${JSON.stringify(row.name)} (${asDiskFault(error).message})`);
  }
}
