/** A complete print file arrives: which job is it for, and is it new? Everything about it goes on record in one transaction. */
import { basename, join } from 'node:path';
import type { Arrival } from '../../../shared/api.ts';
import type { NewEvent } from '../../../shared/event.ts';
import { parseJobName } from '../../../shared/file-name.ts';
import { safeFileName, splitName } from '../../../shared/safe-name.ts';
import { cancelDeliveries } from '../deliver/call-off.ts';
import type { FileRow, JobRow, Writer } from '../store/store.ts';
import { decideFile, type FileDecision, outputEvents, sameName } from './decide.ts';
import { dayFolder } from './file-away.ts';
import { type Floor, type FlowParts, system } from './flow-parts.ts';
import { planDeliveries } from './plan-deliveries.ts';

export type ArrivingFile = {
  readonly name: string;
  readonly path: string;
  readonly folderPath: string;
  readonly size: number;
  readonly sha256: string;
  readonly type: string;
  /** The job it was given to by hand, whatever its name says. */
  readonly jobId: number | null;
  readonly actor: string;
};

export type FileTaken = {
  readonly outcome: Extract<Arrival['outcome'], 'accepted' | 'newVersion' | 'duplicate'>;
  readonly jobId: number;
  /** Null for a duplicate. */
  readonly file: FileRow | null;
  readonly hotFolderIds: readonly number[];
};

async function findJob(tx: Writer, file: ArrivingFile, floor: Floor): Promise<JobRow | null> {
  if (file.jobId !== null) return await tx.job(file.jobId);
  const [waiting] = await tx.jobsMissing(file.name);
  if (waiting !== undefined) return waiting;
  const named = parseJobName(file.name, floor.settings.namePatterns);
  return named === null ? await tx.unnamedJobWithContent(file.sha256) : await tx.jobByNumber(named.order, named.job);
}

async function makeJob(tx: Writer, file: ArrivingFile, floor: Floor, at: number): Promise<JobRow> {
  const named = parseJobName(file.name, floor.settings.namePatterns);
  const title = (named?.rest.replaceAll('_', ' ').trim() || splitName(file.name).stem).normalize('NFC');
  const order = named?.order ?? (await tx.nextOwnNumber());
  const id = await tx.addJob(
    { order, job: named?.job ?? '1', title, named: named !== null, ticket: null, letter: named?.letter?.toUpperCase() ?? null },
    at,
  );
  await tx.record(id, [{ code: 'Creating', at, actor: system, reason: `${file.name} arrived.` }]);
  const job = await tx.job(id);
  if (job === null) throw new Error(`job ${id} is gone in the transaction that made it`);
  return job;
}

/** What the history says of a file that is new to its job. */
function arrivalEvents(
  job: JobRow,
  file: FileRow,
  decision: FileDecision,
  stillMissing: readonly string[],
  at: number,
  actor: string,
): NewEvent[] {
  const data = { name: file.name, version: file.version, size: file.size, sha256: file.sha256 };
  const reason = decision.kind === 'newVersion' ? `Version ${file.version} of ${decision.of.name} arrived.` : null;
  const underReview = job.tracks.review?.code === 'AwaitingApproval' || job.tracks.review?.code === 'Approved';
  const events: NewEvent[] = [{ code: 'ArtworkUploaded', at, actor, reason, data }];
  if (underReview && decision.kind === 'newVersion') events.push({ code: 'ApprovalJobUpdated', at, actor, reason, data });
  if (stillMissing.length > 0)
    events.push({
      code: 'AwaitingData',
      at,
      actor: system,
      reason: `Still missing: ${stillMissing.join(', ')}`,
      data: { missing: [...stillMissing] },
    });
  if (job.tracks.intake?.code === 'Creating' || job.tracks.intake?.code === 'Nothing') events.push({ code: 'Ordered', at, actor: system });
  return [...events, ...outputEvents(file, at, system)];
}

/** Deliveries that gave up because their file was gone go on when it comes again. Answers the hot folders to wake. */
async function goOnWithFile(tx: Writer, file: FileRow): Promise<number[]> {
  const lost = (await tx.deliveriesOf(file.jobId)).filter(
    ({ fileId, state, reasonCode }) =>
      fileId === file.id && state === 'failed' && (reasonCode === 'SourceMissing' || reasonCode === 'SourceChanged'),
  );
  for (const { id } of lost) await tx.changeDelivery(id, { state: 'waiting', tries: 0, reasonCode: null, raw: null, nextTryAt: null });
  return lost.map((delivery) => delivery.hotFolderId);
}

/** A file that was gone before it was filed, and comes again, maybe under another name, is the original and no duplicate. */
async function takeBack(tx: Writer, original: FileRow, file: ArrivingFile, at: number): Promise<FileTaken | null> {
  const hotFolderIds = original.filed ? [] : await goOnWithFile(tx, original);
  if (hotFolderIds.length === 0) return null;
  const { jobId, archivePath } = original;
  const arrival = { name: file.name, folder: file.folderPath, at, jobId, reasonCode: null, sha256: file.sha256, path: archivePath };
  await tx.addArrival({ ...arrival, outcome: 'accepted', detail: 'It was gone before it was filed.' });
  return { outcome: 'accepted', jobId, file: { ...original, sourcePath: file.path }, hotFolderIds };
}

async function takeDuplicate(tx: Writer, jobId: number, of: FileRow, file: ArrivingFile, at: number): Promise<FileTaken> {
  await tx.record(jobId, [
    {
      code: 'ActionRun',
      at,
      actor: file.actor,
      reason: `${file.name} came again with the same content and was filed as a duplicate.`,
      data: { name: file.name, sha256: file.sha256, duplicate: true },
    },
  ]);
  const arrival = { name: file.name, folder: file.folderPath, at, jobId, reasonCode: null, sha256: file.sha256 };
  await tx.addArrival({ ...arrival, outcome: 'duplicate', detail: `Same content as ${of.name}`, path: null });
  return { outcome: 'duplicate', jobId, file: null, hotFolderIds: [] };
}

/** Puts a file on record. Run again for the same file after a crash, it finds what it did and changes nothing. */
export async function takeFile(parts: FlowParts, file: ArrivingFile): Promise<FileTaken> {
  const at = parts.now();
  const floor = parts.floor();
  return await parts.store.write(async (tx) => {
    const begun = await tx.fileAtSource(file.path, file.sha256);
    if (begun !== null && !begun.filed) {
      await goOnWithFile(tx, begun);
      return { outcome: 'accepted', jobId: begun.jobId, file: begun, hotFolderIds: floor.hotFolders.map((folder) => folder.id) };
    }
    const job = (await findJob(tx, file, floor)) ?? (await makeJob(tx, file, floor, at));
    const decision = decideFile(job.missing, job.files.length === 0 ? [] : await tx.files(job.id), file);
    const arrival = { name: file.name, folder: file.folderPath, at, jobId: job.id, reasonCode: null, sha256: file.sha256 };
    if (decision.kind === 'duplicate')
      return (await takeBack(tx, decision.of, file, at)) ?? (await takeDuplicate(tx, job.id, decision.of, file, at));
    const older = decision.kind === 'newVersion' ? decision.of : null;
    const archivePath = join(parts.archivePath, dayFolder(at), safeFileName(basename(file.name)));
    const added = await tx.addFile({
      jobId: job.id,
      name: file.name,
      size: file.size,
      sha256: file.sha256,
      type: file.type,
      sourcePath: file.path,
      archivePath,
      arrivedAt: at,
      replaces: older?.id ?? null,
    });
    // What a printer may have had is a person's to decide.
    if (older !== null) await cancelDeliveries(tx, job.id, ({ fileId, state }) => fileId === older.id && state !== 'uncertain');
    const stillMissing = job.missing.filter((name) => !sameName(name, file.name));
    if (stillMissing.length !== job.missing.length) await tx.setMissing(job.id, stillMissing);
    await tx.record(job.id, arrivalEvents(job, added, decision, stillMissing, at, file.actor));
    const outcome = older === null ? 'accepted' : 'newVersion';
    await tx.addArrival({ ...arrival, outcome, detail: older === null ? null : `Version ${added.version}`, path: added.archivePath });
    return { outcome, jobId: job.id, file: added, hotFolderIds: await planDeliveries(tx, floor, job.id, at) };
  });
}
