/**
 * What went wrong on a disk, as a value that travels between processes, and the one table from errno to the reason the floor is told.
 */
import type { ReasonCode } from '../../../shared/reason.ts';
import { type Said, sentence } from '../../../shared/words/say.ts';

/** Faults the disk code finds by itself, where no errno says it. */
export type FoundFault =
  | 'SourceChanged'
  | 'SourceMissing'
  | 'NotAPlainFile'
  | 'TooLarge'
  | 'CopyDiffers'
  | 'NameTaken'
  | 'NotTheShare'
  | 'MarkerGone'
  | 'OtherHub'
  | 'OtherFolder'
  | 'FolderMissing'
  | 'ShareHangs'
  | 'DiskFull';

/** An error of disk work. `code` is a found fault or the system's errno name; `path` is where. */
export class DiskFault extends Error {
  readonly code: string;
  readonly path: string | null;

  constructor(code: string, message: string, path: string | null = null) {
    super(message);
    this.name = 'DiskFault';
    this.code = code;
    this.path = path;
  }

  /** As it is shown in small print. What the system says begins with its code mostly. */
  get raw(): string {
    return this.message.startsWith(this.code) ? this.message : `${this.code}: ${this.message}`;
  }
}

/** `what`: kept and logged in English, and known again by that (shared/words/recall.ts). */
export function found(code: FoundFault, what: Said, path: string): DiskFault {
  return new DiskFault(code, sentence('en', what) ?? what.key, path);
}

/** Any thrown thing as a DiskFault; keeps errno and path of system errors. */
export function asDiskFault(error: unknown): DiskFault {
  if (error instanceof DiskFault) return error;
  if (error instanceof Error) {
    const system = error as NodeJS.ErrnoException;
    return new DiskFault(system.code ?? 'UNKNOWN', error.message, system.path ?? null);
  }
  return new DiskFault('UNKNOWN', String(error));
}

/** The errno name or found fault of anything thrown; null when it has none. */
export function errnoOf(error: unknown): string | null {
  return error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? null) : null;
}

/** Calls on an open file carry no path; a reason without a place helps nobody. */
export function withPath(error: unknown, path: string): Error {
  if (error instanceof Error && (error as NodeJS.ErrnoException).path === undefined && errnoOf(error) !== null)
    Object.assign(error, { path });
  return error instanceof Error ? error : asDiskFault(error);
}

/** errno (or found fault) -> reason, when it happened while writing to a hot folder. Windows says EPERM for a file somebody holds. */
const reasonOfCode: Readonly<Record<string, ReasonCode>> = {
  SourceChanged: 'SourceChanged',
  SourceMissing: 'SourceMissing',
  NotAPlainFile: 'NotAPlainFile',
  TooLarge: 'TooLarge',
  CopyDiffers: 'CopyDiffers',
  NameTaken: 'NameTaken',
  NotTheShare: 'NotTheShare',
  MarkerGone: 'MarkerGone',
  OtherHub: 'OtherHub',
  OtherFolder: 'OtherFolder',
  FolderMissing: 'FolderMissing',
  ShareHangs: 'ShareHangs',
  DiskFull: 'DiskFull',
  // A name of ours does not reach from the staging folder into the hot folder: something else is mounted over one of them.
  EXDEV: 'OtherFolder',
  ENOENT: 'FolderMissing',
  ENOTDIR: 'NotAFolder',
  ELOOP: 'LinkInTheWay',
  ENXIO: 'FolderMissing',
  ENODEV: 'FolderMissing',
  ENOTCONN: 'ShareOff',
  ECONNREFUSED: 'ShareOff',
  ECONNRESET: 'ShareOff',
  ECONNABORTED: 'ShareOff',
  EHOSTDOWN: 'ShareOff',
  EHOSTUNREACH: 'ShareOff',
  ENETUNREACH: 'ShareOff',
  ENETDOWN: 'ShareOff',
  ENETRESET: 'ShareOff',
  ENOLINK: 'ShareOff',
  EPIPE: 'ShareOff',
  ESTALE: 'ShareOff',
  ETIMEDOUT: 'ShareHangs',
  ENOSPC: 'DiskFull',
  EDQUOT: 'DiskFull',
  EACCES: 'NoPermission',
  EPERM: process.platform === 'win32' ? 'FileBusy' : 'NoPermission',
  EROFS: 'ReadOnly',
  EIO: 'DiskError',
  EREMOTEIO: 'DiskError',
  ENOMEDIUM: 'FolderMissing',
  EBUSY: 'FileBusy',
  ETXTBSY: 'FileBusy',
  EAGAIN: 'FileBusy',
  ENAMETOOLONG: 'NameTooLong',
  EINVAL: 'NameNotAllowed',
  EILSEQ: 'NameNotAllowed',
  EFBIG: 'FileTooLarge',
};

export function reasonOf(fault: DiskFault): ReasonCode {
  return reasonOfCode[fault.code] ?? 'UnknownError';
}
