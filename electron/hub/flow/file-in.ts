/** A complete print file arrives: whose is it, and is it new? Everything about it goes on record in one transaction. Never touches a file. */
import { basename, join } from 'node:path';
import type { Arrival } from '../../../shared/api.ts';
import { parseJobName } from '../../../shared/file-name.ts';
import type { Mover } from '../../../shared/job/mover.ts';
import { shownNumber } from '../../../shared/job-number.ts';
import { safeFileName, splitName } from '../../../shared/safe-name.ts';
import { say } from '../../../shared/words/say.ts';
import { cancelDeliveries } from '../deliver/hold-or-cancel.ts';
import type { Stamp } from '../disk/stamp.ts';
import { type Match, matchFile } from '../intake/match.ts';
import type { FileRow, JobRow, Writer } from '../store/store.ts';
import { dayFolder } from './file-away.ts';
import type { Floor, FlowParts } from './flow-parts.ts';
import { refuseOneMore } from './job-size.ts';
import { putQuestion } from './questions.ts';
import { type Relation, relateFile } from './relate-file.ts';
import { gatherForFile, numberIn, withoutNumber } from './whose.ts';

/** Where somebody said it belongs, whatever its name says. */
export type Target = { readonly kind: 'job'; readonly jobId: number } | { readonly kind: 'new' };

export type ArrivingFile = {
  readonly name: string;
  readonly path: string;
  readonly folderPath: string;
  readonly stamp: Stamp;
  readonly sha256: string;
  readonly type: string;
  readonly target: Target | null;
  /** Who brought it, or said whose it is. */
  readonly mover: Mover;
  /** The arrival it is on record as already, since it was asked about. */
  readonly arrivalId: number | null;
};

export type FileRecorded =
  | {
      readonly outcome: Extract<Arrival['outcome'], 'accepted' | 'newVersion'>;
      readonly jobId: number;
      readonly file: FileRow;
      readonly hotFolderIds: readonly number[];
    }
  | { readonly outcome: 'duplicate'; readonly jobId: number; readonly arrivalId: number }
  | { readonly outcome: 'asked'; readonly jobId: null; readonly arrivalId: number };

type Recording = {
  readonly tx: Writer;
  readonly parts: FlowParts;
  readonly floor: Floor;
  readonly file: ArrivingFile;
  readonly at: number;
};

/** The arrival on record: a new one, or the one that was asked about, which its answer settles. */
async function noteArrival({ tx, file, at }: Recording, arrival: Pick<Arrival, 'outcome' | 'jobId' | 'detail' | 'path'>): Promise<number> {
  if (file.arrivalId !== null) return file.arrivalId;
  return await tx.addArrival({ name: file.name, folder: file.folderPath, at, reasonCode: null, sha256: file.sha256, ...arrival });
}

/** The job a file goes to, with what it has and lacks. */
type Taker = Pick<JobRow, 'id' | 'number' | 'missing' | 'files'>;

async function makeJob({ tx, file, floor, at }: Recording): Promise<Taker> {
  const read = parseJobName(file.name, floor.settings.namePatterns);
  // A person may have said "a new one" although there is a job of this number.
  const named = read !== null && (await tx.jobByNumber(read.order, read.job)) === null ? read : null;
  const title = (named?.rest.replaceAll('_', ' ').trim() || splitName(file.name).stem).normalize('NFC');
  const order = named?.order ?? (await tx.nextOwnNumber());
  const id = await tx.addJob(
    { order, job: named?.job ?? '1', title, named: named !== null, ticket: null, letter: named?.letter?.toUpperCase() ?? null },
    at,
  );
  return { id, number: shownNumber(order, named?.job ?? '1'), missing: [], files: [] };
}

/** What came for a job that is part of another by now is for that one. */
async function jobOf(tx: Writer, id: number): Promise<JobRow> {
  const job = await tx.wholeJob(id);
  if (job === null) throw new Error(`there is no job ${id}`);
  return job;
}

/** Deliveries that gave up because their file was gone go on when it comes again. Answers the hot folders to wake. */
async function retryLost(tx: Writer, file: FileRow): Promise<number[]> {
  const lost = (await tx.deliveriesOf(file.jobId)).filter(
    ({ fileId, state, reasonCode }) =>
      fileId === file.id && state === 'failed' && (reasonCode === 'SourceMissing' || reasonCode === 'SourceChanged'),
  );
  for (const { id, hotFolderId } of lost) {
    // It goes where the hot folder is by now: nobody looks after the place it failed at any more.
    const to = await tx.hotFolder(hotFolderId);
    const place = to === null ? {} : { placeId: to.place.id, outcome: to.outcome };
    await tx.changeDelivery(id, { ...place, state: 'waiting', tries: 0, reasonCode: null, raw: null, nextTryAt: null });
  }
  return lost.map((delivery) => delivery.hotFolderId);
}

/** A file that was gone before it was filed, and comes again, maybe under another name, is the original and no duplicate. */
async function recordReturn(recording: Recording, original: FileRow): Promise<FileRecorded | null> {
  const hotFolderIds = original.filed ? [] : await retryLost(recording.tx, original);
  if (hotFolderIds.length === 0) return null;
  const { jobId, archivePath } = original;
  await noteArrival(recording, { outcome: 'accepted', jobId, detail: say('en', 'found.goneBeforeFiled'), path: archivePath });
  return { outcome: 'accepted', jobId, file: { ...original, sourcePath: recording.file.path }, hotFolderIds };
}

async function recordDuplicate(recording: Recording, jobId: number, of: FileRow): Promise<FileRecorded> {
  const { tx, parts, file } = recording;
  const { name, sha256 } = file;
  await parts.door.applyIn(tx, { kind: 'duplicateCame', jobId, file: { name, sha256 } }, file.mover);
  const detail = say('en', 'found.sameContent', { name: of.name });
  const arrivalId = await noteArrival(recording, { outcome: 'duplicate', jobId, detail, path: file.path });
  const { path: place, stamp } = file;
  await tx.leaveBehind({ place, stamp, sha256, arrivalId, waits: false });
  return { outcome: 'duplicate', jobId, arrivalId };
}

async function recordQuestion(
  { tx, parts, floor, file, at }: Recording,
  match: Extract<Match, { readonly kind: 'ask' }>,
): Promise<FileRecorded> {
  const { name, folderPath: folder, path, sha256, stamp } = file;
  const number = numberIn(name, floor);
  const free = number !== null && (await tx.jobByNumber(number.order, number.job)) === null;
  const newNumber = free ? shownNumber(number.order, number.job) : null;
  const asking = { match, newNumber, size: stamp.size, ticket: null, name, folder, at, path, sha256 };
  const arrivalId = await putQuestion(parts, tx, asking);
  await tx.leaveBehind({ place: path, stamp, sha256, arrivalId, waits: false });
  return { outcome: 'asked', jobId: null, arrivalId };
}

async function recordNew(
  recording: Recording,
  job: Taker,
  decision: Exclude<Relation, { readonly kind: 'duplicate' | 'ask' }>,
  isNew: boolean,
): Promise<FileRecorded> {
  const { tx, parts, file, at } = recording;
  refuseOneMore(job.number, job.files);
  const older = decision.kind === 'newVersion' ? decision.of : null;
  const added = await tx.addFile({
    jobId: job.id,
    name: file.name,
    size: file.stamp.size,
    sha256: file.sha256,
    type: file.type,
    sourcePath: file.path,
    archivePath: join(parts.archivePath, dayFolder(at), safeFileName(basename(file.name))),
    arrivedAt: at,
    replaces: older?.id ?? null,
  });
  // What a printer may have had is a person's to decide.
  if (older !== null) await cancelDeliveries(tx, job.id, ({ fileId, state }) => fileId === older.id && state !== 'uncertain');
  const fulfils = decision.kind === 'newVersion' ? null : decision.fulfils;
  const stillMissing = job.missing.filter((name) => name !== fulfils);
  if (stillMissing.length !== job.missing.length) await tx.setMissing(job.id, stillMissing);
  const { name, version, size, sha256 } = added;
  const replaces = older?.name ?? null;
  const command = {
    kind: 'fileCame',
    jobId: job.id,
    file: { name, version, size, sha256 },
    replaces,
    isNew,
    missing: stillMissing,
    isMore: decision.kind === 'another' && decision.fulfils === null,
  } as const;
  const { hotFolderIds } = await parts.door.applyIn(tx, command, file.mover);
  const outcome = older === null ? 'accepted' : 'newVersion';
  const detail = older === null ? null : say('en', 'found.version', { version });
  await noteArrival(recording, { outcome, jobId: job.id, detail, path: added.archivePath });
  return { outcome, jobId: job.id, file: added, hotFolderIds };
}

async function targetOf(tx: Writer, { target }: ArrivingFile): Promise<Target | null> {
  return target?.kind === 'job' ? { kind: 'job', jobId: (await jobOf(tx, target.jobId)).id } : target;
}

/** Puts a file on record. Run again for the same file after a crash, it finds what it did and changes nothing. */
export async function recordFile(tx: Writer, parts: FlowParts, file: ArrivingFile, at: number): Promise<FileRecorded> {
  const recording: Recording = { tx, parts, floor: parts.floor(), file, at };
  const { floor } = recording;
  const target = await targetOf(tx, file);
  const isMeant = ({ sha256, jobId }: FileRow): boolean =>
    sha256 === file.sha256 && (target === null || (target.kind === 'job' && target.jobId === jobId));
  const unfiledThere = await tx.unfiledAt(file.path);
  const begun = unfiledThere.find(isMeant);
  if (begun !== undefined) {
    await retryLost(tx, begun);
    return { outcome: 'accepted', jobId: begun.jobId, file: begun, hotFolderIds: floor.hotFolders.map((folder) => folder.id) };
  }
  const match = target ?? (await matchGathered(recording, unfiledThere));
  if (match.kind === 'ask') return await recordQuestion(recording, match);
  const job = match.kind === 'new' ? await makeJob(recording) : await jobOf(tx, match.jobId);
  const decision = relateFile(job.missing, job.files.length === 0 ? [] : await tx.files(job.id), {
    name: file.name,
    sha256: file.sha256,
    withoutNumber: (name) => withoutNumber(name, floor),
    byPerson: target !== null && file.mover.kind === 'person',
  });
  if (decision.kind === 'ask') {
    const candidates = [{ jobId: job.id, evidence: ['version' as const] }];
    return await recordQuestion(recording, { kind: 'ask', why: 'versionUnclear', candidates });
  }
  if (decision.kind === 'duplicate')
    return (await recordReturn(recording, decision.of)) ?? (await recordDuplicate(recording, job.id, decision.of));
  return await recordNew(recording, job, decision, match.kind === 'new');
}

async function matchGathered({ tx, floor, file, at }: Recording, unfiledThere: readonly FileRow[]): Promise<Match> {
  const { facts, jobs } = await gatherForFile(tx, floor, file, unfiledThere, at);
  return matchFile(facts, jobs);
}
