/** What the rules of the shop say to what a button would do here, asked of the same tables the hub goes by. The hub has the last word. */
import type { JobEvent } from '../../shared/event.ts';
import type { Counts } from '../../shared/job/counts.ts';
import { mayBeDelivered } from '../../shared/job/may-be-delivered.ts';
import { type JobFacts, objections } from '../../shared/job/may-say.ts';
import { offerUndo, staysWhere, type UndoOffer } from '../../shared/job/may-undo.ts';
import { isGone } from '../../shared/job/place.ts';
import { type RefusalName, refusals } from '../../shared/job/refusals.ts';
import { stillToGo } from '../../shared/job/sending.ts';
import type { Job } from '../../shared/job.ts';
import type { StatusCode } from '../../shared/status.ts';
import { type Language, say } from '../../shared/words/say.ts';
import { hubNow } from '../hub-clock.ts';
import type { Said } from '../parts/status-look.ts';
import { whoIsHere } from '../rights.ts';

function factsOf(job: Job): JobFacts {
  const isPartlySent = stillToGo(job.files, job.deliveries).length > 0;
  return { state: job, missing: job.missing, startAt: job.startAt === null ? null : Date.parse(job.startAt), isPartlySent };
}

/** What stands against saying this of the job, what cannot be insisted on first; null when nothing does. */
export function objectionTo(job: Job, code: StatusCode, custom: string | null, now: number): RefusalName | null {
  return objections(factsOf(job), { code, custom, now }, whoIsHere())[0] ?? null;
}

/** Whether it may be said, at once or by somebody who says why. */
export function maySay(job: Job, code: StatusCode, custom: string | null = null): boolean {
  const objection = objectionTo(job, code, custom, hubNow());
  return objection === null || refusals[objection].mayInsist;
}

export function maySend(job: Job): boolean {
  return !isGone(job) && mayBeDelivered(factsOf(job), true).ok;
}

/** In the language of the screen; null for a rule only a newer hub knows. */
export function refusalWords(rule: string | null, language: Language): { readonly why: string; readonly whatToDo: string } | null {
  if (rule === null || !isRefusal(rule)) return null;
  return { why: say(language, `rules.${rule}.what`), whatToDo: say(language, `rules.${rule}.todo`) };
}

function isRefusal(rule: string): rule is RefusalName {
  return Object.hasOwn(refusals, rule);
}

/** `to`: what the job is then; null when that is not known. `count`: it stays where it is, and only this is taken back. */
export type TakenBack = { readonly to: Said | null; readonly count: Counts | null };

export function takenBack(offer: UndoOffer): TakenBack {
  return { to: offer.comesTo, count: staysWhere(offer) ? (offer.step.counts ?? null) : null };
}

export type UndoOutcome =
  | ({ readonly kind: 'back' } & TakenBack)
  /** Something was said since, and comes first: it stays. */
  | { readonly kind: 'passed'; readonly by: Pick<JobEvent, 'code' | 'custom' | 'actor' | 'at'> }
  /** It cannot be taken back (any more). */
  | { readonly kind: 'over' };

/** The step that may be taken back here, and what the job is then; null when there is none, or nobody could see that it is gone. */
export function undoOffer(job: Job): UndoOffer | null {
  const offer = offerUndo(job, whoIsHere(), hubNow());
  return offer !== null && staysWhere(offer) && offer.step.counts === undefined ? null : offer;
}

/** What taking back this event comes to, as the job stands. */
export function undoOutcome(job: Job, seq: number): UndoOutcome {
  const offer = undoOffer(job);
  if (offer?.step.seq === seq) return { kind: 'back', ...takenBack(offer) };
  const newer = Object.values(job.tracks).filter((standing) => standing.seq > seq);
  const [by] = newer.toSorted((a, b) => b.seq - a.seq);
  return by === undefined ? { kind: 'over' } : { kind: 'passed', by };
}
