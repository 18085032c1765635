/**
 * What is true of a job, derived from its history and from nothing else: one standing per track, the headline
 * status, the stage, and the open problems. Pure; the store keeps the result beside the job only to search by it.
 */
import { z } from 'zod';
import { type JobEvent, statusCodeSchema } from '../event.ts';
import { isReasonCode, type ReasonCode } from '../reason.ts';
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
import { rankOf } from './rank.ts';

export const standingSchema = z.object({
  code: statusCodeSchema,
  custom: z.string().nullable(),
  at: z.iso.datetime(),
  seq: z.number().int(),
  actor: z.string(),
  reason: z.string().nullable(),
  reasonCode: z.string().nullable(),
  raw: z.string().nullable(),
  before: z
    .object({ code: statusCodeSchema, custom: z.string().nullable(), seq: z.number().int() })
    .nullish()
    .describe('What stood on this track before; left out for what was said before the hub kept it'),
  place: z
    .object({ code: statusCodeSchema, custom: z.string().nullable(), at: z.iso.datetime(), seq: z.number().int(), actor: z.string() })
    .optional()
    .describe('The last place on the floor that was said on this track, where `code` is none'),
});
/** The current status on one track. */
export type Standing = z.infer<typeof standingSchema>;

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

export type JobState = {
  readonly tracks: Partial<Record<Track, Standing>>;
  /** Open problems that are no status of their own. */
  readonly problems: readonly Attention[];
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
  NameContract: ['InHotFolder', 'CopyToHotFolderSkipped'],
  DeliveryUncertain: ['InHotFolder', 'InProduction', 'Printed'],
  NameTaken: ['InHotFolder', 'CopyToHotFolderFailed', 'CopyToHotFolderSkipped', 'Printed'],
  OutOfSight: ['InHotFolder', 'InProduction', 'Printed'],
  WentOutAnyway: ['Printed'],
  MadeByHand: ['InHotFolder', 'CopyToHotFolderSkipped'],
};

/** Does this status end that problem by being said? */
export function endsProblem(code: StatusCode, problem: string): boolean {
  return isReasonCode(problem) && endedBy[problem]?.includes(code) === true;
}

const problemActor: Partial<Record<ReasonCode, string>> = {
  NewVersionHeld: 'prepress',
  WhoseFile: 'prepress',
  NoRuleFits: 'planner',
  NameContract: 'admin',
  HotFolderGone: 'admin',
  UnknownTask: 'admin',
};

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** A word that is no place does not hide where the job was put before. */
function placeBelow(event: JobEvent, last: Standing | undefined): Pick<Standing, 'place'> {
  if (last === undefined || rankOf(event.code, event.custom) !== null) return {};
  if (rankOf(last.code, last.custom) === null) return last.place === undefined ? {} : { place: last.place };
  const { code, custom, at, seq, actor } = last;
  return { place: { code, custom, at, seq, actor } };
}

function standingOf(event: JobEvent, last: Standing | undefined): Standing {
  return {
    code: event.code,
    custom: event.custom,
    at: event.at,
    seq: event.seq,
    actor: event.actor,
    reason: event.reason,
    reasonCode: text(event.data['reasonCode']),
    raw: text(event.data['raw']),
    ...placeBelow(event, last),
    before: last === undefined ? null : { code: last.code, custom: last.custom, seq: last.seq },
  };
}

function stageOf(event: JobEvent): Stage | null {
  if (event.code === 'CustomStatus' && event.custom !== null && isBuiltInCustomStatus(event.custom))
    return builtInCustomStatuses[event.custom].stage;
  return statusEntry(event.code).stage;
}

/** The outside world never takes these for "the status": what is only on record, told or counted somewhere else, or hidden. */
function isHeadline(event: JobEvent, track: Track): boolean {
  if (track === 'record') return event.code === 'JobDataDeleted';
  return track !== 'message' && track !== 'mis' && event.code !== 'CustomStatusHidden';
}

/**
 * The state after one more event. `data.problem` (a reason code) opens a problem, `data.solves` (a reason code) ends it.
 * Undo events change nothing here: whoever records one derives the state anew from the whole history.
 */
export function applyEvent(state: JobState, event: JobEvent): JobState {
  if (event.undoes !== null || !isStatusCode(event.code)) return state;
  const { track } = statusEntry(event.code);
  const stage = stageOf(event);
  let problems = state.problems.filter((problem) => !endsProblem(event.code, problem.code) && problem.code !== event.data['solves']);
  const opened = text(event.data['problem']);
  if (opened !== null && isReasonCode(opened)) {
    problems = [
      ...problems.filter((problem) => problem.code !== opened),
      {
        code: opened,
        who: problemActor[opened] ?? 'press operator',
        since: event.at,
        seq: event.seq,
        reason: event.reason,
        reasonCode: opened,
        raw: text(event.data['raw']),
      },
    ];
  }
  const headline = isHeadline(event, track);
  return {
    tracks: event.code === 'ActionRun' ? state.tracks : { ...state.tracks, [track]: standingOf(event, state.tracks[track]) },
    problems,
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

/** Everything somebody must act on, oldest first. */
export function attentionOf(state: JobState): Attention[] {
  const fromTracks = Object.values(state.tracks).flatMap((standing): Attention[] => {
    const { who } = statusEntry(standing.code);
    if (who === null) return [];
    return [
      {
        code: standing.code,
        who,
        since: standing.at,
        seq: standing.seq,
        reason: standing.reason,
        reasonCode: standing.reasonCode,
        raw: standing.raw,
      },
    ];
  });
  return [...fromTracks, ...state.problems].sort((a, b) => a.seq - b.seq);
}

export const stageSchema = z.enum(stageNames as readonly [Stage, ...Stage[]]);
