/**
 * What a person wants done to a job. Each intention has one action id from the moment it is meant; it is sent with that id
 * until the hub answers, so that a lost connection neither loses nor doubles it. Waiting ones survive a reload of the page.
 */
import type { Problem } from '../shared/api.ts';
import type { JobEvent } from '../shared/event.ts';
import { type Counts, countData } from '../shared/job/counts.ts';
import type { Job } from '../shared/job.ts';
import type { StatusCode } from '../shared/status.ts';
import { withAnswer } from './actions/latest.ts';
import { hub, isNotRecorded, problemOf, wasAnswered } from './client.ts';
import { applyJobs, floor } from './floor/floor.ts';
import { askHealth } from './health.ts';
import { intentionsOf } from './intention-kept.ts';
import { keep, readKeptJson } from './kept.ts';
import { beginAnew, noteRecord, restoreUnsent } from './other-record.ts';

export type Call =
  | {
      readonly kind: 'status';
      readonly code: StatusCode;
      readonly custom?: string;
      readonly reason?: string;
      readonly counts?: Counts;
      readonly force?: boolean;
    }
  | { readonly kind: 'undo'; readonly seq: number; readonly reason?: string }
  | {
      readonly kind: 'deliver';
      readonly reason: string;
      readonly hotFolderId?: number;
      readonly fileIds?: readonly number[];
      readonly force?: boolean;
    };

export type Intention = { readonly actionId: string; readonly jobId: number; readonly number: string; readonly call: Call };
/** `done`: recorded; `refused`: the hub said no and why. */
export type Answer =
  | {
      readonly kind: 'done';
      readonly number: string;
      readonly actionId: string;
      readonly call: Call;
      /** The event of this action; null where the hub names none. */
      readonly event: JobEvent | null;
      /** The job as it stood then. */
      readonly job: Job | null;
      /** Somebody else had said it before; `event` is theirs. */
      readonly already: boolean;
      readonly at: number;
    }
  | {
      readonly kind: 'refused';
      readonly number: string;
      readonly actionId: string;
      readonly call: Call;
      readonly problem: Problem;
      readonly at: number;
    };

const keptAs = 'printfloor.intentions';
const ownKeptAs = 'printfloor.own-events';
const mostOwn = 200;
/** A second press of the same finger is not a second intention, nor is the last of five impatient ones: it must have rested so long. */
const restMs = 700;
let lastPressed = -restMs;
let sending = false;

/** `crypto.randomUUID` is only there on a page served securely or from this machine; a tablet on the LAN has neither. */
export function newActionId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function keepAll(intentions: readonly Intention[]): void {
  keep('tab', keptAs, JSON.stringify(intentions));
  noteRecord();
}

/** What this screen said itself may be taken back here without a question. */
function noteOwn(seq: number): void {
  const ownEvents = [...floor.getState().ownEvents, seq].slice(-mostOwn);
  floor.setState({ ownEvents });
  keep('tab', ownKeptAs, JSON.stringify(ownEvents));
  noteRecord(seq);
}

/** Takes up again what was meant before the page was loaded anew. */
export function restoreIntentions(): void {
  const own = readKeptJson('tab', ownKeptAs);
  floor.setState({
    intentions: intentionsOf(readKeptJson('tab', keptAs)),
    ownEvents: Array.isArray(own) ? own.filter((seq): seq is number => Number.isInteger(seq)).slice(-mostOwn) : [],
  });
  restoreUnsent();
}

/** The hub has another record, or this screen another key: nothing that was meant for the old one is sent. */
export function forgetIntentions(): void {
  beginAnew([keptAs, ownKeptAs]);
}

/**
 * Sends it now, or as soon as the hub can be reached. Nothing happens while an earlier intention for this job waits, nor within a moment
 * after any: that is the same finger again, and the next job may lie under it by now. `deliberate`: a question was answered first, so it is meant.
 */
export function intend({ id: jobId, number }: { readonly id: number; readonly number: string }, call: Call, deliberate = false): void {
  const now = performance.now();
  const { intentions, answers } = floor.getState();
  const again = !deliberate && now - lastPressed < restMs;
  lastPressed = now;
  if (again || intentions.some((waiting) => waiting.jobId === jobId)) return;
  const all = [...intentions, { actionId: newActionId(), jobId, number, call }];
  const { [jobId]: _, ...others } = answers;
  floor.setState({ intentions: all, answers: others });
  keepAll(all);
  void sendIntentions();
}

export function forgetAnswer(jobId: number): void {
  const { [jobId]: _, ...answers } = floor.getState().answers;
  floor.setState({ answers });
}

type Told = { readonly event: JobEvent | null; readonly job: Job | null; readonly already?: boolean | undefined };

async function send({ jobId, actionId, call }: Intention): Promise<Told> {
  const { jobs } = hub();
  switch (call.kind) {
    case 'status': {
      const { kind: _, counts, ...asked } = call;
      return jobs.setStatus({ id: jobId, ...asked, ...(counts !== undefined && { data: countData(counts) }), actionId });
    }
    case 'undo':
      return jobs.undo({ id: jobId, seq: call.seq, ...(call.reason === undefined ? {} : { reason: call.reason }), actionId });
    case 'deliver':
      return {
        event: null,
        job: await jobs.deliver({
          id: jobId,
          reason: call.reason,
          ...(call.hotFolderId === undefined ? {} : { hotFolderId: call.hotFolderId }),
          ...(call.fileIds === undefined ? {} : { fileIds: [...call.fileIds] }),
          ...(call.force === undefined ? {} : { force: call.force }),
          actionId,
        }),
      };
  }
}

/** Sends what waits, in order. Stops when the connection is lost and is called again when it is back. */
export async function sendIntentions(): Promise<void> {
  if (sending) return;
  sending = true;
  try {
    for (
      let next = floor.getState().intentions[0];
      next !== undefined && floor.getState().connection.kind === 'online';
      next = floor.getState().intentions[0]
    ) {
      const { actionId, jobId, number, call } = next;
      let answer: Answer;
      try {
        const { event, job, already = false } = await send(next);
        const isOthers = already && event !== null && !floor.getState().ownEvents.includes(event.seq);
        answer = { kind: 'done', number, actionId, call, event, job, already: isOthers, at: Date.now() };
        if (event !== null && !already) noteOwn(event.seq);
      } catch (error) {
        if (isNotRecorded(error)) void askHealth().catch(() => undefined);
        if (!wasAnswered(error)) return;
        answer = { kind: 'refused', number, actionId, call, problem: problemOf(error), at: Date.now() };
      }
      const told = answer.kind === 'done' && answer.job !== null ? [answer.job] : [];
      const state = applyJobs(floor.getState(), told);
      const rest = state.intentions.filter((waiting) => waiting.actionId !== actionId);
      floor.setState({ ...state, intentions: rest, answers: withAnswer(state.answers, jobId, answer) });
      keepAll(rest);
    }
  } finally {
    sending = false;
  }
}
