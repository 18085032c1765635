/**
 * What is true of a job, derived from its history and from nothing else: one standing per track, the headline
 * status, the stage, and the open problems. Pure; the store keeps the result beside the job only to search by it.
 */
import { z } from 'zod';
import type { JobEvent } from '../event.ts';
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
import { askedBelow, type Standing, standingOf, textOf } from './standing.ts';

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
  SentBeforeTicket: ['Printed', 'Approved'],
  SentElsewhere: ['Printed'],
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
  TaskFails: 'admin',
};

function stageOf(event: JobEvent): Stage | null {
  if (event.code === 'CustomStatus' && event.custom !== null && isBuiltInCustomStatus(event.custom))
    return builtInCustomStatuses[event.custom].stage;
  return statusEntry(event.code).stage;
}

/** The outside world never takes these for "the status": what is only on record, told or counted somewhere else, or hidden. */
export function isHeadline(code: StatusCode): boolean {
  const { track } = statusEntry(code);
  if (track === 'record') return code === 'JobDataDeleted';
  return track !== 'message' && track !== 'mis' && code !== 'CustomStatusHidden';
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
  const opened = textOf(event.data['problem']);
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
        raw: textOf(event.data['raw']),
      },
    ];
  }
  const headline = isHeadline(event.code);
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
  // What was open went with its files.
  if (state.tracks.custom?.custom === 'Joined') return [];
  const fromTracks = Object.values(state.tracks).flatMap((standing): Attention[] => {
    const { code, at: since, seq, reason, reasonCode, raw } = standing;
    const said = { code, since, seq, reason, reasonCode, raw };
    const asked = askedBelow(standing).map(({ at, ...one }) => ({ ...one, since: at, reasonCode: null, raw: null }));
    return [said, ...asked].flatMap((one) => {
      const { who } = statusEntry(one.code);
      return who === null ? [] : [{ ...one, who }];
    });
  });
  return [...fromTracks, ...state.problems].sort((a, b) => a.seq - b.seq);
}

export const stageSchema = z.enum(stageNames as readonly [Stage, ...Stage[]]);
