/**
 * What is true of a job, derived from its history and from nothing else: one standing per track, the headline
 * status, the stage, and the open problems. Pure; the store keeps the result beside the job only to search by it.
 */
import { z } from 'zod';
import type { JobEvent } from '../event.ts';
import { isReasonCode, type ReasonCode, reasonWords } from '../reason.ts';
import {
  builtInCustomStatuses,
  isBuiltInCustomStatus,
  isStatusCode,
  type Stage,
  type StatusCode,
  stageNames,
  statusEntry,
  type Track,
} from '../status.ts';
import { seenToIn } from './lies-though-printed.ts';
import { isStopped } from './may-be-delivered.ts';
import { isHeld, isJoined } from './may-say.ts';
import { isMachine } from './mover.ts';
import { hasBegun, isPrinted, isSaidByPerson, saysGone, saysPrinted } from './place.ts';
import { asSeen, disproves, putBelow } from './sight.ts';
import { askedBelow, type Standing, standingOf, textOf } from './standing.ts';
import { urgencyOf } from './urgency.ts';

export { type Standing, standingSchema } from './standing.ts';

export const attentionSchema = z.object({
  code: z.string().describe('A status code, or a reason code where no status says it (NoRuleFits, StillLyingThere ...)'),
  who: z.string().describe('The role that must act'),
  since: z.iso.datetime(),
  seq: z.number().int(),
  reason: z.string().nullable(),
  reasonCode: z.string().nullable(),
  raw: z.string().nullable(),
});
export type Attention = z.infer<typeof attentionSchema>;

/** `seenTo`: somebody has said that it is; it asks for nobody any more, and ends as it would have ended. */
type Problem = Attention & { readonly seenTo?: true };

export type JobState = {
  readonly tracks: Partial<Record<Track, Standing>>;
  /** Open problems that are no status of their own. */
  readonly problems: readonly Problem[];
  readonly status: StatusCode;
  readonly custom: string | null;
  readonly statusAt: string | null;
  readonly statusSeq: number;
  readonly stage: Stage;
  readonly stageSeq: number;
};

export const emptyState: JobState = {
  tracks: {},
  problems: [],
  status: 'Nothing',
  custom: null,
  statusAt: null,
  statusSeq: 0,
  stage: 'intake',
  stageSeq: 0,
};

/** Which later statuses end a problem by themselves. A problem not named here ends by `solves` or by undo. */
const endedBy: Partial<Record<ReasonCode, readonly StatusCode[]>> = {
  NoRuleFits: ['InHotFolder', 'CopyToHotFolderSkipped', 'InProduction', 'Printed', 'Blocked'],
  HotFolderGone: ['InHotFolder', 'CopyToHotFolderSkipped', 'InProduction', 'Printed'],
  SeenOtherwise: ['InHotFolder', 'InProduction', 'Printed', 'InFinishing', 'InPacking', 'ReadyForCollection', 'Shipped'],
  StillLyingThere: ['InHotFolder', 'InProduction', 'Printed'],
  PrinterRefused: ['InHotFolder', 'InProduction', 'Printed'],
  NewVersionHeld: ['InHotFolder', 'CopyToHotFolderSkipped'],
  PutByHand: ['InHotFolder', 'CopyToHotFolderSkipped', 'Printed'],
  NameContract: ['InHotFolder', 'CopyToHotFolderSkipped'],
  DeliveryUncertain: ['InHotFolder', 'InProduction', 'Printed'],
  NameTaken: ['InHotFolder', 'CopyToHotFolderFailed', 'CopyToHotFolderSkipped', 'Printed'],
  OutOfSight: ['InHotFolder', 'InProduction', 'Printed'],
  WhoseOutcome: ['InHotFolder', 'Printed', 'InFinishing', 'InPacking', 'ReadyForCollection', 'Shipped'],
  WentOutAnyway: ['Printed'],
  FirstCopyLies: ['InHotFolder', 'CopyToHotFolderFailed', 'CopyToHotFolderSkipped', 'Printed'],
  OtherContent: ['InHotFolder', 'Printed'],
  GoneThoughStopped: ['InHotFolder', 'Approved', 'Printed'],
  TicketSaysApproved: ['Approved', 'Rejected', 'AwaitingApproval', 'Printed'],
  MadeByHand: ['InHotFolder', 'CopyToHotFolderSkipped'],
  SentBeforeTicket: ['Ordered', 'Approved', 'Printed'],
  ChangedAfterSent: ['Printed', 'InFinishing', 'InPacking', 'ReadyForCollection', 'Shipped'],
  OneFileFailed: [
    'InHotFolder',
    'CopyToHotFolderFailed',
    'CopyToHotFolderSkipped',
    'Printed',
    'InFinishing',
    'InPacking',
    'ReadyForCollection',
    'Shipped',
  ],
  SentElsewhere: ['Printed', 'InFinishing', 'InPacking', 'ReadyForCollection', 'Shipped'],
};

/** What another program puts into a folder is no answer to these. */
const notByOthers: ReadonlySet<string> = new Set<ReasonCode>([
  'NoRuleFits',
  'HotFolderGone',
  'NameContract',
  'NewVersionHeld',
  'PutByHand',
  'MadeByHand',
  'OtherContent',
]);

/** That the printer goes on with it is no answer to these. */
const askedOfPeople: ReadonlySet<string> = new Set<ReasonCode>(['SentBeforeTicket', 'SentElsewhere', 'ChangedAfterSent']);

/** Does this status end that problem by being said? */
export function endsProblem(code: StatusCode, problem: string): boolean {
  return isReasonCode(problem) && endedBy[problem]?.includes(code) === true;
}

const problemActor: Partial<Record<ReasonCode, string>> = {
  NewVersionHeld: 'prepress',
  WhoseFile: 'prepress',
  TicketSaysApproved: 'approver',
  NoRuleFits: 'planner',
  NameContract: 'admin',
  HotFolderGone: 'admin',
  UnknownTask: 'admin',
  TaskFails: 'admin',
};

function stageOf(event: JobEvent): Stage | null {
  if (event.code === 'CustomStatus' && event.custom !== null && isBuiltInCustomStatus(event.custom))
    return builtInCustomStatuses[event.custom].stage;
  return statusEntry(event.code).stage;
}

/** What is done with files says nothing of where the job is once it lies at a printer or came further, and nothing against a block. */
const ofFiles: ReadonlySet<StatusCode> = new Set<StatusCode>([
  'ArtworkUploaded',
  'OutputCreationStarted',
  'OutputCreated',
  'OutputCreationFailed',
]);

function isBehindTheJob(state: Pick<JobState, 'tracks'>, code: StatusCode): boolean {
  return ofFiles.has(code) && (hasBegun(state) || isHeld(state));
}

/** The outside world never takes these for "the status": what is only on record, told or counted somewhere else, or hidden. */
export function isHeadline(code: StatusCode): boolean {
  const { track } = statusEntry(code);
  if (track === 'record') return code === 'JobDataDeleted';
  return track !== 'message' && track !== 'mis' && code !== 'CustomStatusHidden';
}

function isEnded(event: JobEvent, problem: string): boolean {
  if (problem === event.data['solves'] || disproves(event, problem)) return true;
  if (event.data['foreign'] === true && notByOthers.has(problem)) return false;
  if (askedOfPeople.has(problem) && event.track === 'production' && isMachine(event.actor)) return false;
  if (problem === 'LiesThoughPrinted' && saysGone(event.code, event.custom)) return true;
  // It has printed the others.
  if (problem === 'OneFileFailed' && event.code === 'Printed' && isMachine(event.actor)) return false;
  // That the printer has printed it is what was feared.
  if (problem === 'OtherContent' && event.code === 'Printed' && isMachine(event.actor)) return false;
  return endsProblem(event.code, problem);
}

/** The problem an event opens; null when it opens none. */
function openedBy(event: JobEvent, state: JobState): ReasonCode | null {
  const opened = textOf(event.data['problem']);
  if (opened === null || !isReasonCode(opened)) return null;
  switch (opened) {
    case 'GoneThoughStopped':
      return isStopped(state) ? opened : null;
    case 'StillLyingThere':
    case 'OutOfSight':
      // What a person has said since of the job is newer than where its file lies.
      return event.data['sight'] !== undefined && isSaidByPerson(state) ? null : opened;
    case 'LiesThoughPrinted':
      // Told of another file once one was gone, and the word taken back since.
      return isPrinted(state) || saysPrinted(event.code, event.custom) ? opened : null;
    default:
      return opened;
  }
}

function problemOf(event: JobEvent, opened: ReasonCode): Problem {
  const lies = opened === 'LiesThoughPrinted';
  return {
    code: opened,
    who: problemActor[opened] ?? 'press operator',
    since: event.at,
    seq: event.seq,
    // What a person said with it is not what is wrong.
    reason: lies ? reasonWords('en', opened).what : event.reason,
    reasonCode: opened,
    raw: textOf(event.data[lies ? 'lies' : 'raw']),
    ...(event.data['seen'] === true && { seenTo: true }),
  };
}

/** What is open after an event that leads to these tracks. */
function problemsAfter(state: JobState, event: JobEvent, tracks: JobState['tracks']): readonly Problem[] {
  const left = state.problems
    .filter(({ code }) => !isEnded(event, code) && (code !== 'LiesThoughPrinted' || isPrinted({ tracks })))
    .map(
      (problem): Problem =>
        problem.code === 'LiesThoughPrinted' && seenToIn(event.data) === problem.seq ? { ...problem, seenTo: true } : problem,
    );
  const opened = openedBy(event, state);
  return opened === null ? left : [...left.filter(({ code }) => code !== opened), problemOf(event, opened)];
}

/**
 * The state after one more event. `data.problem` (a reason code) opens a problem, `data.solves` (a reason code) ends it, `data.sight` is what was seen, `data.seenTo` (the seq
 * of a problem) what somebody has seen to. Undo events change nothing here: whoever records one derives the state anew from the whole history.
 */
export function applyEvent(state: JobState, given: JobEvent): JobState {
  if (given.undoes !== null || !isStatusCode(given.code)) return state;
  const event = asSeen(state, given);
  const { track } = statusEntry(event.code);
  const quiet = isBehindTheJob(state, event.code);
  // An order that changes its mind moves nothing that is at a printer.
  const stage = quiet || (track === 'intake' && hasBegun(state)) ? null : stageOf(event);
  const headline = isHeadline(event.code) && !quiet;
  const standing = { ...standingOf(event, state.tracks[track]), ...(quiet && { quiet }) };
  const tracks = event.code === 'ActionRun' ? putBelow(state, event) : { ...state.tracks, [track]: standing };
  return {
    tracks,
    problems: problemsAfter(state, event, tracks),
    status: headline ? event.code : state.status,
    custom: headline ? event.custom : state.custom,
    statusAt: headline ? event.at : state.statusAt,
    statusSeq: headline ? event.seq : state.statusSeq,
    stage: stage ?? state.stage,
    stageSeq: stage === null ? state.stageSeq : event.seq,
  };
}

/** The state after a whole history, in order of `seq`; events undone later do not count. */
export function deriveState(history: readonly JobEvent[]): JobState {
  const undone = new Set(history.map((event) => event.undoes));
  return history.filter((event) => !undone.has(event.seq)).reduce(applyEvent, emptyState);
}

/** A stopped job whose file lies where a printer takes it by itself; null where there is none, or where somebody was told already. */
function liesThoughStopped(state: JobState): Attention | null {
  const { production, hold, review, intake } = state.tracks;
  if (production?.code !== 'InHotFolder' || isPrinted(state) || !isStopped(state)) return null;
  if (state.problems.some(({ code }) => code === 'WentOutAnyway' || code === 'SentBeforeTicket')) return null;
  const stop = [hold, review?.open ?? review, intake].find((standing) => standing !== undefined) ?? production;
  const [since, seq] = stop.seq > production.seq ? [stop.at, stop.seq] : [production.at, production.seq];
  const code = 'LiesThoughStopped';
  return { code, who: 'press operator', since, seq, reason: reasonWords('en', code).what, reasonCode: code, raw: null };
}

/** Everything somebody must act on, the most urgent first, then the oldest. */
export function attentionOf(state: JobState): Attention[] {
  // What was open went with its files.
  if (isJoined(state)) return [];
  const lies = liesThoughStopped(state);
  // That it lies there is told already, and a printer that is off is no trouble then.
  const open = state.problems.filter(({ seenTo }) => seenTo !== true);
  const problems = lies === null ? open : [lies, ...open.filter(({ code }) => code !== 'StillLyingThere')];
  const told = new Set(state.problems.map(({ seq }) => seq));
  const fromTracks = Object.values(state.tracks).flatMap((standing): Attention[] => {
    const { code, at: since, seq, reason, reasonCode, raw } = standing;
    const said = { code, since, seq, reason, reasonCode, raw };
    const asked = askedBelow(standing).map(({ at, ...one }) => ({ ...one, since: at, reasonCode: null, raw: null }));
    return [...(told.has(seq) ? [] : [said]), ...asked].flatMap((one) => {
      const { who } = statusEntry(one.code);
      return who === null ? [] : [{ ...one, who }];
    });
  });
  return [...fromTracks, ...problems].sort((a, b) => urgencyOf(a) - urgencyOf(b) || a.seq - b.seq);
}

export const stageSchema = z.enum(stageNames as readonly [Stage, ...Stage[]]);
