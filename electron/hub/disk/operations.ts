/** What a disk process can be asked to do. Every call may be asked again after the process died. */
import type { HotFolderSettings } from '../../../shared/hot-folder.ts';
import * as change from './change.ts';
import { type CopyMark, copyVerified, type Expected, type Report } from './copy.ts';
import { flushFolder } from './flush.ts';
import { compareFolders, type FolderVerdict, seeFolder } from './folder-id.ts';
import { checkMarker, type Live } from './live.ts';
import * as look from './look.ts';
import { checkAndSign, isOurIncoming, type OursBefore, takeIncoming, worksAlone } from './marker.ts';
import { clearMoments, tryToWrite } from './moments.ts';
import { moveFile } from './move.ts';
import { findNameWay } from './name-way.ts';
import { nameFolders } from './named-folders.ts';
import { removeIfThere } from './naming.ts';
import { writeNote } from './own-file.ts';
import { type KnownPlaces, type Probed, probe } from './probe.ts';
import { putBack } from './put-back.ts';
import type { Stamp } from './stamp.ts';
import { spotOf, whereIs } from './where.ts';

const quiet: Report = () => undefined;

/** `report` tells that a long call is alive; it is filled in by the process, not by the caller. */
export const operations = {
  /** The folders that somebody named, and no others. */
  nameFolders: async (_report: Report, paths: readonly string[]) => nameFolders(paths),
  peek: (_report: Report, path: string) => look.peek(path),
  names: (_report: Report, path: string) => look.names(path),
  stampsOf: (_report: Report, paths: readonly string[]) => look.stampsOf(paths),
  entries: (_report: Report, path: string, only?: readonly string[]) => look.entries(path, only),
  nameWay: (_report: Report, path: string, tryPath: string | null) => findNameWay(path, tryPath),
  whereIs: (_report: Report, path: string) => whereIs(path),
  spotOf: (_report: Report, path: string) => spotOf(path),
  inspect: (report: Report, path: string, hashUpTo: number) => look.inspect(path, hashUpTo, report),
  readPart: (_report: Report, path: string, stamp: Stamp, at: number, length: number) => look.readPart(path, stamp, at, length),
  readSmall: (_report: Report, path: string, limit: number, stamp: Stamp | null = null) => look.readSmall(path, limit, stamp),
  checkLive: (_report: Report, live: Live) => checkAndSign(live),
  /** Marks an incoming folder as ours; `takeOver`: although it is another hub's. */
  takeIncoming: (_report: Report, path: string, takeOver: boolean, before: OursBefore | null = null) =>
    takeIncoming(path, takeOver, before),
  isOurIncoming: (_report: Report, path: string) => isOurIncoming(path),
  /** The stamp of a folder that has just been seen alive, in one call: idle floors ask nothing else. */
  peekLive: async (_report: Report, live: Live) => {
    await checkAndSign(live);
    const { mtimeMs } = await look.peek(live.folderPath);
    return { mtimeMs, folderId: await seeFolder(live) };
  },
  /** What lies at the path, with our marker to it: by what it is known again, and whether it is the folder we know. */
  whichFolder: async (_report: Report, live: Live): Promise<{ readonly folderId: string; readonly verdict: FolderVerdict }> => {
    await checkMarker(live);
    const folderId = await seeFolder(live);
    return { folderId, verdict: live.folderId == null ? 'same' : compareFolders(live.folderId, folderId) };
  },
  putBack: (_report: Report, live: Live, stagingPath: string, location: 'local' | 'network', asked: boolean) =>
    putBack(live, stagingPath, location, asked),
  copyVerified: (report: Report, sources: readonly string[], tempPath: string, expected: Expected, live: Live, network: boolean) =>
    copyVerified(sources, tempPath, expected, live, network, report),
  publish: (report: Report, tempPath: string, finalPath: string, live: Live, mark: CopyMark | null, content: Expected) =>
    change.publish(tempPath, finalPath, live, mark, content, report),
  lookAtHandOver: (_report: Report, tempPath: string, finalPath: string) => change.lookAtHandOver(tempPath, finalPath),
  moveFile: (report: Report, fromPath: string, toPath: string, expected: Expected | null, stamp: Stamp) =>
    moveFile(fromPath, toPath, expected, stamp, report),
  removeFile: (_report: Report, path: string) => removeIfThere(path),
  /** Makes durable which names a folder has. */
  flushFolder: (_report: Report, path: string) => flushFolder(path),
  /** Can a file be written, flushed and removed in this folder of ours? */
  tryToWrite: (_report: Report, path: string) => tryToWrite(path),
  /** Does no other hub keep markers in this folder? */
  worksAlone: (_report: Report, path: string) => worksAlone(path),
  /** Removes what attempts and notes that were cut short have left in these folders of one place. */
  clearMoments: (_report: Report, paths: readonly string[], markerPath: string | null) => clearMoments(paths, markerPath),
  writeNote: (_report: Report, path: string, text: string) => writeNote(path, text),
  freeBytes: (_report: Report, path: string) => change.freeBytes(path),
  /** Of the hub's own record: what is wrong with the file; null when it is whole. */
  checkRecord: async (_report: Report, path: string) => (await import('../store/sqlite/check-record.ts')).checkRecordAt(path),
  probe: (_report: Report, settings: HotFolderSettings, known: KnownPlaces | null, takeOver = false): Promise<Probed> =>
    probe(settings, known, takeOver),
};

export type Operations = typeof operations;
export type OperationName = keyof Operations;

type WithoutReport<Call> = Call extends (report: Report, ...args: infer Args) => Promise<infer Result>
  ? (...args: Args) => Promise<Result>
  : never;

/** Disk work as the hub sees it, wherever it is done. @throws DiskFault */
export type Disk = { readonly [Name in OperationName]: WithoutReport<Operations[Name]> };

export const operationNames = Object.keys(operations) as OperationName[];

/** A share so slow still works, and is waited for; what is slower than this hangs. Bytes a millisecond. */
export const slowestRate = 16;

/** Silence for this long means the disk hangs. Reports of progress start it anew, and a flush under way adds the time its bytes may take. */
export const silenceLimitMs: Readonly<Record<OperationName, number>> = {
  nameFolders: 15_000,
  peek: 15_000,
  names: 30_000,
  stampsOf: 30_000,
  entries: 60_000,
  nameWay: 30_000,
  whereIs: 15_000,
  spotOf: 15_000,
  inspect: 60_000,
  readPart: 15_000,
  readSmall: 15_000,
  checkLive: 15_000,
  takeIncoming: 15_000,
  isOurIncoming: 15_000,
  peekLive: 15_000,
  whichFolder: 15_000,
  putBack: 15_000,
  copyVerified: 60_000,
  publish: 30_000,
  lookAtHandOver: 15_000,
  moveFile: 60_000,
  removeFile: 15_000,
  flushFolder: 30_000,
  tryToWrite: 15_000,
  worksAlone: 15_000,
  /** It says nothing before its end, however large the record is. */
  checkRecord: 24 * 60 * 60_000,
  clearMoments: 30_000,
  writeNote: 15_000,
  freeBytes: 15_000,
  probe: 30_000,
};

/** Runs a call by name; the process and the in-process disk of tests share it. */
export async function runOperation(name: OperationName, args: readonly unknown[], report: Report = quiet): Promise<unknown> {
  const call = operations[name] as (report: Report, ...args: readonly unknown[]) => Promise<unknown>;
  return await call(report, ...args);
}
