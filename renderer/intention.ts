/**
 * What a person wants done to a job. Each intention has one action id from the moment it is meant; it is sent with that id
 * until the hub answers, so that a lost connection neither loses nor doubles it. Waiting ones survive a reload of the page.
 */
import type { Problem } from '../shared/api.ts';
import type { JobEvent } from '../shared/event.ts';
import type { StatusCode } from '../shared/status.ts';
import { hub, problemOf, wasAnswered } from './client.ts';
import { floor } from './store.ts';

export type Call =
  | { readonly kind: 'status'; readonly code: StatusCode; readonly custom?: string; readonly reason?: string; readonly force?: boolean }
  | { readonly kind: 'undo'; readonly seq: number; readonly reason?: string }
  | { readonly kind: 'deliver'; readonly reason: string; readonly hotFolderId?: number };

export type Intention = { readonly actionId: string; readonly jobId: number; readonly number: string; readonly call: Call };
/** `done`: recorded; `refused`: the hub said no and why. */
export type Answer =
  | {
      readonly kind: 'done';
      readonly number: string;
      readonly actionId: string;
      readonly call: Call;
      readonly event: JobEvent | null;
      readonly at: number;
    }
  | { readonly kind: 'refused'; readonly number: string; readonly actionId: string; readonly call: Call; readonly problem: Problem };

const keptAs = 'printfloor.intentions';
/** A second press of the same finger is not a second intention. */
const coolDownMs = 700;
let lastMeant = -coolDownMs;
let sending = false;

/** `crypto.randomUUID` is only there on a page served securely or from this machine; a tablet on the LAN has neither. */
function newActionId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function keep(intentions: readonly Intention[]): void {
  sessionStorage.setItem(keptAs, JSON.stringify(intentions));
}

/** Takes up again what was meant before the page was loaded anew. */
export function restoreIntentions(): void {
  const text = sessionStorage.getItem(keptAs);
  if (text !== null) floor.setState({ intentions: JSON.parse(text) as Intention[] });
}

/**
 * Sends it now, or as soon as the hub can be reached. Nothing happens while an earlier intention for this job waits, nor within a moment
 * after any: that is the same finger again, and the next job may lie under it by now. `deliberate`: a question was answered first, so it is meant.
 */
export function intend({ id: jobId, number }: { readonly id: number; readonly number: string }, call: Call, deliberate = false): void {
  const now = performance.now();
  const { intentions, answers } = floor.getState();
  const again = !deliberate && now - lastMeant < coolDownMs;
  if (again || intentions.some((waiting) => waiting.jobId === jobId)) return;
  lastMeant = now;
  const all = [...intentions, { actionId: newActionId(), jobId, number, call }];
  const { [jobId]: _, ...others } = answers;
  floor.setState({ intentions: all, answers: others });
  keep(all);
  void sendIntentions();
}

export function forgetAnswer(jobId: number): void {
  const { [jobId]: _, ...answers } = floor.getState().answers;
  floor.setState({ answers });
}

async function send({ jobId, actionId, call }: Intention): Promise<JobEvent | null> {
  const { jobs } = hub();
  switch (call.kind) {
    case 'status': {
      const { kind: _, ...asked } = call;
      return (await jobs.setStatus({ id: jobId, ...asked, actionId })).event;
    }
    case 'undo':
      return (await jobs.undo({ id: jobId, seq: call.seq, ...(call.reason === undefined ? {} : { reason: call.reason }), actionId })).event;
    case 'deliver':
      await jobs.deliver({
        id: jobId,
        reason: call.reason,
        ...(call.hotFolderId === undefined ? {} : { hotFolderId: call.hotFolderId }),
        actionId,
      });
      return null;
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
        answer = { kind: 'done', number, actionId, call, event: await send(next), at: Date.now() };
      } catch (error) {
        if (!wasAnswered(error)) return;
        answer = { kind: 'refused', number, actionId, call, problem: problemOf(error) };
      }
      const { intentions, answers } = floor.getState();
      const rest = intentions.filter((waiting) => waiting.actionId !== actionId);
      floor.setState({ intentions: rest, answers: { ...answers, [jobId]: answer } });
      keep(rest);
    }
  } finally {
    sending = false;
  }
}
