/**
 * Every reason a file, a delivery or a folder can be in trouble, and what the engine makes of it; what is said of it stands in words/. A code never
 * changes once it is in a history.
 */

import { recallFound } from './words/recall.ts';
import { type Language, type Said, said, say, type Words } from './words/say.ts';

/**
 * - `retry`: passes by itself, tried again with growing pauses, reported after the last try
 * - `wait`: nothing but a person can end it; the work waits and goes on by itself once the cause is gone
 * - `final`: trying again cannot help; the job or file fails
 */
export type Remedy = 'retry' | 'wait' | 'final';

/** Whose fault it is: a `hub` fault stops recording and with it everything; a `folder` fault pauses the folder for all jobs and is no failure of any of them. */
export type FaultOf = 'folder' | 'job' | 'arrival' | 'hub';

export type ReasonEntry = {
  readonly of: FaultOf;
  readonly remedy: Remedy;
};

function entry<Of extends FaultOf, By extends Remedy>(of: Of, remedy: By) {
  return { of, remedy };
}

export const reasons = {
  // The folder itself
  FolderMissing: entry('folder', 'retry'),
  NotAFolder: entry('folder', 'retry'),
  LinkInTheWay: entry('folder', 'retry'),
  ShareOff: entry('folder', 'retry'),
  NotTheShare: entry('folder', 'retry'),
  MarkerGone: entry('folder', 'retry'),
  OtherHub: entry('folder', 'wait'),
  OtherFolder: entry('folder', 'wait'),
  FoldersOverlap: entry('folder', 'wait'),
  FolderForbidden: entry('folder', 'wait'),
  FilesLieThere: entry('folder', 'wait'),
  ShareHangs: entry('folder', 'retry'),
  DiskFull: entry('folder', 'wait'),
  NoPermission: entry('folder', 'wait'),
  ReadOnly: entry('folder', 'wait'),
  DiskError: entry('folder', 'retry'),
  // One delivery
  FileBusy: entry('job', 'retry'),
  CopyDiffers: entry('job', 'retry'),
  NameTaken: entry('job', 'retry'),
  SourceChanged: entry('job', 'retry'),
  SourceMissing: entry('job', 'final'),
  NameTooLong: entry('job', 'final'),
  NameNotAllowed: entry('job', 'final'),
  TypeNotAccepted: entry('job', 'final'),
  FileTooLarge: entry('job', 'final'),
  DeliveryUncertain: entry('job', 'wait'),
  WentOutAnyway: entry('job', 'wait'),
  WaitsForFirst: entry('job', 'wait'),
  SentBeforeTicket: entry('job', 'wait'),
  TicketSaysApproved: entry('job', 'wait'),
  ChangedAfterSent: entry('job', 'wait'),
  OneFileFailed: entry('job', 'wait'),
  SentElsewhere: entry('job', 'wait'),
  OtherContent: entry('job', 'wait'),
  FirstCopyLies: entry('job', 'wait'),
  LiesThoughStopped: entry('job', 'wait'),
  GoneThoughStopped: entry('job', 'wait'),
  LiesThoughPrinted: entry('job', 'wait'),
  OutOfSight: entry('job', 'wait'),
  UnknownError: entry('job', 'retry'),
  // What lies before a person
  NoRuleFits: entry('job', 'wait'),
  HotFolderGone: entry('job', 'wait'),
  StillLyingThere: entry('job', 'wait'),
  PrinterRefused: entry('job', 'wait'),
  WhoseOutcome: entry('job', 'wait'),
  NewVersionHeld: entry('job', 'wait'),
  PutByHand: entry('job', 'wait'),
  NameContract: entry('job', 'wait'),
  WhoseFile: entry('job', 'wait'),
  SeenOtherwise: entry('job', 'wait'),
  MadeByHand: entry('job', 'wait'),
  UnknownTask: entry('job', 'wait'),
  TaskFails: entry('job', 'retry'),
  // The hub's own record
  RecordFull: entry('hub', 'wait'),
  RecordHeld: entry('hub', 'wait'),
  RecordAway: entry('hub', 'wait'),
  RecordUnchecked: entry('hub', 'wait'),
  RecordBroken: entry('hub', 'final'),
  RecordDamaged: entry('hub', 'final'),
  // Arrivals
  TooDeep: entry('arrival', 'wait'),
  EmptyFile: entry('arrival', 'final'),
  NotWhole: entry('arrival', 'final'),
  IsProgram: entry('arrival', 'final'),
  NotWhatItSays: entry('arrival', 'final'),
  TypeUnknown: entry('arrival', 'final'),
  HostileName: entry('arrival', 'final'),
  NotAPlainFile: entry('arrival', 'final'),
  TooLarge: entry('arrival', 'wait'),
  Unreadable: entry('arrival', 'wait'),
  TooManyQuestions: entry('arrival', 'final'),
  BrokenTicket: entry('arrival', 'final'),
  HostileTicket: entry('arrival', 'final'),
  JobTooLarge: entry('arrival', 'final'),
  TicketTooLarge: entry('arrival', 'final'),
} as const satisfies Record<keyof Words['reasons'], ReasonEntry>;

export type ReasonCode = keyof typeof reasons;

export const reasonCodes = Object.keys(reasons) as [ReasonCode, ...ReasonCode[]];

export function reasonEntry(code: ReasonCode): ReasonEntry {
  return reasons[code];
}

/** What is wrong, in a sentence for the shop floor, and what to do now. */
export function reasonWords(language: Language, code: ReasonCode): { readonly what: string; readonly todo: string } {
  return { what: say(language, `reasons.${code}.what`), todo: say(language, `reasons.${code}.todo`) };
}

/** A refusal for this reason; `detail`: what was found. */
export function becauseOf(code: ReasonCode, detail: string | Said | null): Said {
  const words = { why: said(`reasons.${code}.what`), todo: said(`reasons.${code}.todo`) };
  return detail === null
    ? said('refusals.because', words)
    : said('refusals.becauseOf', { ...words, detail: typeof detail === 'string' ? (recallFound(detail) ?? detail) : detail });
}

export function isReasonCode(text: string): text is ReasonCode {
  return Object.hasOwn(reasons, text);
}
