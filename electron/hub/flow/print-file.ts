/** A settled print file: hashed, put on record, filed or kept until somebody says whose it is. */
import { cleanLine } from '../../../shared/clean-text.ts';
import { engine } from '../../../shared/job/mover.ts';
import { said } from '../../../shared/words/say.ts';
import { crashPoint } from '../crash-point.ts';
import { found } from '../disk/fault.ts';
import type { Disk } from '../disk/operations.ts';
import { sameStamp } from '../disk/stamp.ts';
import type { Settled } from '../intake/watch/watch-options.ts';
import type { Wholeness } from '../prepare/check.ts';
import { typeOf } from '../prepare/file-types.ts';
import { type ArrivingFile, type FileRecorded, recordFile } from './file-in.ts';
import { fileOriginal } from './file-original.ts';
import type { FlowParts } from './flow-parts.ts';
import { putAway } from './left-behind.ts';

/** The effects of what was recorded. @throws DiskFault `SourceChanged` when other content lies there meanwhile: to be offered anew */
export async function fileAway(parts: FlowParts, disk: Disk, file: ArrivingFile, recorded: FileRecorded): Promise<void> {
  const { name, path, stamp } = file;
  switch (recorded.outcome) {
    case 'accepted':
    case 'newVersion':
      await fileOriginal(parts, disk, recorded.file, stamp);
      break;
    case 'duplicate':
    case 'asked':
      await putAway(parts, disk, { name, path, stamp, arrivalId: recorded.arrivalId });
      break;
    default:
      recorded satisfies never;
  }
  crashPoint('original-filed');
  if ('hotFolderIds' in recorded) for (const id of recorded.hotFolderIds) parts.wakeFolder(id);
}

/** Puts what lies at a path on record, and files it. @throws DiskFault as above */
export async function recordAndFile(parts: FlowParts, disk: Disk, file: ArrivingFile): Promise<FileRecorded> {
  const recorded = await parts.store.write((tx) => recordFile(tx, parts, file, parts.now()));
  crashPoint('arrival-recorded');
  await fileAway(parts, disk, file, recorded);
  return recorded;
}

export async function arrivePrintFile(parts: FlowParts, disk: Disk, file: Settled<Wholeness>): Promise<FileRecorded> {
  const inspection =
    file.content?.sha256 == null ? await disk.inspect(file.path, Number.MAX_SAFE_INTEGER) : { ...file.stamp, sha256: file.content.sha256 };
  if (inspection.sha256 === null || !sameStamp(inspection, file.stamp))
    throw found('SourceChanged', said('found.changedSinceComplete'), file.path);
  const { path, folderPath, stamp } = file;
  const name = cleanLine(file.name);
  const { sha256 } = inspection;
  return await recordAndFile(parts, disk, {
    name,
    path,
    folderPath,
    stamp,
    sha256,
    type: typeOf(name),
    target: null,
    mover: engine,
    arrivalId: null,
  });
}
