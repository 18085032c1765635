/**
 * What a person, a device or another system may do to a job: put it into a status, or take an event back. One wish, one event:
 * the same action id asked again gets the same answer. Every check and the event are one transaction. Never touches a file.
 */
import type { z } from 'zod';
import type { contract } from '../../shared/api.ts';
import type { JobEvent } from '../../shared/event.ts';
import type { Job } from '../../shared/job.ts';
import { mayMove, needsReason } from '../../shared/moves.ts';
import type { StatusCode } from '../../shared/status.ts';
import { type Caller, Refusal } from './parts.ts';
import type { Store, Writer } from './store/store.ts';

type InputOf<Procedure extends { '~orpc': { inputSchema?: z.ZodType | undefined } }> = z.output<
  NonNullable<Procedure['~orpc']['inputSchema']>
>;
export type StatusWish = Omit<InputOf<typeof contract.jobs.setStatus>, 'id'>;
export type UndoWish = Omit<InputOf<typeof contract.jobs.undo>, 'id'>;
export type Answer = { readonly job: Job; readonly event: JobEvent };

export type Actions = {
  /** @throws Refusal when the job is not there, the move makes no sense, or the wish is incomplete */
  setStatus(jobId: number, wish: StatusWish, caller: Caller): Promise<Answer>;
  /** @throws Refusal when the event is not there, is taken back already, or cannot be taken back */
  undo(jobId: number, wish: UndoWish, caller: Caller): Promise<Answer>;
};

/** How long a station may take back what was said; later only the admin. */
const undoableMs = 24 * 60 * 60 * 1000;

/** Said by the engine only: screens and rules rely on them. */
const engineKeys = ['problem', 'solves', 'reasonCode', 'forced'] as const;

/** What is on disk, or no longer there, cannot be talked away. */
const facts: Partial<Record<StatusCode, readonly [why: string, whatToDo: string]>> = {
  InHotFolder: ['The file lies in the hot folder, and that cannot be taken back.', 'Block the job, or send it again to another printer.'],
  OutputDelete: ['The print files are removed, and that cannot be taken back.', 'Ask for them to be made again.'],
  JobDataDeleted: ['The personal data is removed, and that cannot be taken back.', 'Send the ticket again if it is needed.'],
};

/** The same text for the same wish, in whatever order its fields came. */
function fingerprintOf(kind: 'status' | 'undo', jobId: number, wish: object): string {
  return JSON.stringify({ kind, jobId, ...wish }, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

function checkStatusWish({ code, custom, reason, data, force }: StatusWish): void {
  const isCustom = code === 'CustomStatus' || code === 'CustomStatusHidden';
  if (isCustom && custom === undefined) {
    throw new Refusal('BAD_REQUEST', 'A status of your own needs its name.', 'Send the name as `custom`.');
  }
  if (!isCustom && custom !== undefined) {
    throw new Refusal('BAD_REQUEST', `${code} takes no name of its own.`, 'Leave `custom` out, or use CustomStatus.');
  }
  const reserved = engineKeys.find((key) => data !== undefined && Object.hasOwn(data, key));
  if (reserved !== undefined) {
    throw new Refusal('BAD_REQUEST', `\`${reserved}\` in data is for the program itself.`, 'Use another name for it.');
  }
  if (reason === undefined && (needsReason(code) || force === true)) {
    throw new Refusal('BAD_REQUEST', 'This needs a reason.', 'Say in one sentence why, so that whoever must act knows.');
  }
}

function noSuchJob(): never {
  throw new Refusal('NOT_FOUND', 'There is no such job.', 'Search for it by its number.');
}

async function jobOf(tx: Writer, jobId: number): Promise<Job> {
  return (await tx.job(jobId)) ?? noSuchJob();
}

/** The answer given before to the same wish; null when it is new. */
async function answeredBefore(tx: Writer, jobId: number, actionId: string, fingerprint: string): Promise<Answer | null> {
  const known = await tx.action(actionId);
  if (known === null) return null;
  if (known.fingerprint !== fingerprint) {
    throw new Refusal('CONFLICT', 'This action id was used for something else.', 'Use a new action id for each thing you want done.');
  }
  const { seq } = JSON.parse(known.answer) as { seq: number };
  const [event] = await tx.eventsSince(seq - 1, 1);
  if (event === undefined) throw new Error(`event ${seq} of action ${actionId} is gone`);
  return { job: await jobOf(tx, jobId), event };
}

/** Is this move forced? @throws Refusal when it may not be made at all, or only by force */
async function checkMove(tx: Writer, jobId: number, { code, custom, force }: StatusWish): Promise<boolean> {
  const state = (await tx.jobState(jobId)) ?? noSuchJob();
  const move = mayMove(state, code, 'person', custom ?? null);
  if (move.ok) return false;
  if (move.forceable && force === true) return true;
  throw new Refusal('NOT_NOW', move.why.en, move.whatToDo.en);
}

async function eventToUndo(tx: Writer, jobId: number, seq: number, caller: Caller, at: number): Promise<JobEvent> {
  const history = await tx.history(jobId);
  if (history.length === 0) await jobOf(tx, jobId);
  const event = history.find((one) => one.seq === seq);
  if (event === undefined) throw new Refusal('NOT_FOUND', 'This is not in the history of the job.', 'Load the history again.');
  if (event.undoes !== null) {
    throw new Refusal('NOT_NOW', 'Taking something back cannot itself be taken back.', 'Set the status anew.');
  }
  if (history.some((one) => one.undoes === seq)) {
    throw new Refusal('CONFLICT', 'This was taken back already.', 'Nothing to do. Load the history again to see by whom.');
  }
  const fact = facts[event.code];
  if (fact !== undefined) throw new Refusal('NOT_NOW', ...fact);
  if (caller.role !== 'admin' && at - Date.parse(event.at) > undoableMs) {
    throw new Refusal('FORBIDDEN', 'This was said more than a day ago.', 'Ask the admin to take it back, or set the status anew.');
  }
  return event;
}

export function makeActions({ store, now }: { store: Store; now: () => number }): Actions {
  const keep = async (tx: Writer, jobId: number, actionId: string, fingerprint: string, [event]: JobEvent[]): Promise<Answer> => {
    if (event === undefined) throw new Error('nothing was recorded');
    await tx.keepAction(actionId, fingerprint, JSON.stringify({ seq: event.seq }), now());
    return { job: await jobOf(tx, jobId), event };
  };
  return {
    setStatus: async (jobId, wish, { actor, station }) => {
      checkStatusWish(wish);
      const fingerprint = fingerprintOf('status', jobId, wish);
      const { code, custom = null, reason = null, data = {}, actionId } = wish;
      return store.write(async (tx) => {
        const before = await answeredBefore(tx, jobId, actionId, fingerprint);
        if (before !== null) return before;
        const forced = await checkMove(tx, jobId, wish);
        const event = { code, custom, reason, data: forced ? { ...data, forced } : data, at: now(), actor, station };
        return keep(tx, jobId, actionId, fingerprint, await tx.record(jobId, [event]));
      });
    },
    undo: async (jobId, wish, caller) => {
      const fingerprint = fingerprintOf('undo', jobId, wish);
      const { seq, reason = null, actionId } = wish;
      return store.write(async (tx) => {
        const before = await answeredBefore(tx, jobId, actionId, fingerprint);
        if (before !== null) return before;
        const at = now();
        const { code, custom } = await eventToUndo(tx, jobId, seq, caller, at);
        const event = { code, custom, reason, undoes: seq, at, actor: caller.actor, station: caller.station };
        return keep(tx, jobId, actionId, fingerprint, await tx.record(jobId, [event]));
      });
    },
  };
}
