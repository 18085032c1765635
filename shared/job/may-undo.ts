/**
 * May this be taken back, and what does the job come to then? Steps go back in order, the newest first; a block is released at any time; what the program
 * or a machine did or saw stays. Never leaves a job where no way leads on. Pure.
 */
import type { JobEvent } from '../event.ts';
import { type StatusCode, statusEntry } from '../status.ts';
import { isAgreed, isJoined, isOrdered, refusedTo, ruleOf } from './may-say.ts';
import { isMachine, type Mover } from './mover.ts';
import { hasBegun, placeOf } from './place.ts';
import { rankOf } from './rank.ts';
import type { RefusalName } from './refusals.ts';
import { deriveState, type JobState, type Standing } from './state.ts';

/** How long a station may take back what was said; later only the admin. */
export const undoableMs = 24 * 60 * 60 * 1000;

type Tracks = Pick<JobState, 'tracks'>;

/** Whoever may not say it may not take it back, and a station not later than a day after. Null when he may. */
function notHisToUndo({ code, custom, at }: Pick<Standing, 'code' | 'custom' | 'at'>, mover: Mover, now: number): RefusalName | null {
  const rule = ruleOf(code, custom);
  const refused = refusedTo(rule, mover);
  if (refused !== null) return refused;
  return rule.undo === 'step' && !mover.isAdmin && now - Date.parse(at) > undoableMs ? 'undoTooLate' : null;
}

/** Can this standing be taken back at all, and is it its turn? Null when it is. */
function outOfTurn(state: Tracks, standing: Pick<Standing, 'code' | 'custom' | 'seq' | 'actor'>): RefusalName | null {
  const { code, custom, seq, actor } = standing;
  const { undo } = ruleOf(code, custom);
  if (undo === 'never' || (undo === 'step' && isMachine(actor))) return 'undoFact';
  if (state.tracks[statusEntry(code).track]?.seq !== seq) return 'undoOutOfTurn';
  const place = placeOf(state);
  return rankOf(code, custom) !== null && place !== null && place.seq > seq ? 'undoOutOfTurn' : null;
}

const beginnings: readonly StatusCode[] = ['Nothing', 'Creating'];

function isNowhere({ tracks }: Tracks): boolean {
  return tracks.intake === undefined || beginnings.includes(tracks.intake.code);
}

/** Where the way leads, from the state before to the state after. Null when it may be gone. */
function wrongWay(before: Tracks, after: Tracks, seq: number): RefusalName | null {
  if (isNowhere(after) && !isNowhere(before)) return 'undoToNowhere';
  const released = isOrdered(before) && isAgreed(before) && !(isOrdered(after) && isAgreed(after));
  const place = placeOf(before);
  return released && hasBegun(before) && place !== null && place.seq > seq ? 'undoSent' : null;
}

/** An approval makes an order of what waited for it: what the intake came to since, newest first. */
function cameOf(standing: readonly JobEvent[], event: JobEvent): JobEvent[] {
  if (event.code !== 'Approved') return [];
  const intake = standing.filter(({ track }) => track === 'intake');
  const waited = intake.findLast(({ seq }) => seq < event.seq);
  return waited?.code === 'UnapprovedOrder' ? intake.filter(({ seq }) => seq > event.seq).toReversed() : [];
}

export type MayUndo =
  | { readonly ok: true; readonly undone: readonly JobEvent[]; readonly before: JobState; readonly after: JobState }
  | { readonly ok: false; readonly why: RefusalName; readonly by?: JobEvent };

/** @param history the whole history of the job, in order of `seq` */
export function mayUndo(history: readonly JobEvent[], seq: number, mover: Mover, now: number): MayUndo {
  const no = (why: RefusalName, by?: JobEvent): MayUndo => ({ ok: false, why, ...(by !== undefined && { by }) });
  const event = history.find((one) => one.seq === seq);
  if (event === undefined) return no('notInHistory');
  if (event.undoes !== null) return no('undoOfUndo');
  const taken = history.find((one) => one.undoes === seq);
  if (taken !== undefined) return no('undoneAlready', taken);
  const before = deriveState(history);
  const turn = outOfTurn(before, event);
  if (turn !== null) return no(turn);
  const gone = new Set(history.map((one) => one.undoes));
  const standing = history.filter((one) => one.undoes === null && !gone.has(one.seq));
  const came = cameOf(standing, event);
  // What the program made of an approval goes with it, also what the clock made of that. A person's word on top of it is a step of its own.
  if (came.some(({ actor }) => !isMachine(actor))) return no('undoOutOfTurn');
  const undone = [...came, event];
  const after = deriveState(standing.filter((one) => !undone.includes(one)));
  const wrong = wrongWay(before, after, seq);
  if (wrong !== null) return no(wrong);
  const refused = notHisToUndo(event, mover, now);
  return refused === null ? { ok: true, undone, before, after } : no(refused);
}

/** `comesTo`: what is true then; null when that is not known, for what was said before the hub kept it. */
export type UndoOffer = { readonly step: Standing; readonly comesTo: Pick<Standing, 'code' | 'custom'> | null };

/** The job is then where it is now: taking it back only takes what was said with it. */
export function staysWhere({ step, comesTo }: UndoOffer): boolean {
  return comesTo !== null && comesTo.code === step.code && comesTo.custom === step.custom;
}

const headlines = ['production', 'fulfilment', 'review', 'custom', 'intake', 'output', 'hold'] as const;

function spoken(tracks: Tracks['tracks']): Standing[] {
  return headlines.flatMap((track) => tracks[track] ?? []).filter(({ code }) => code !== 'CustomStatusHidden');
}

function newest(tracks: Tracks['tracks']): Standing | null {
  const standings = spoken(tracks).filter(({ quiet }) => quiet !== true);
  return standings.reduce<Standing | null>((last, next) => (last === null || next.seq > last.seq ? next : last), null);
}

/** The step that whoever stands there may take back now, from what a screen knows; null when there is none to offer. `now` in epoch ms. */
export function offerUndo(state: Tracks, mover: Mover, now: number): UndoOffer | null {
  const step = isJoined(state) ? null : newest(state.tracks);
  if (step === null || outOfTurn(state, step) !== null || notHisToUndo(step, mover, now) !== null) return null;
  const track = statusEntry(step.code).track;
  if (step.hides === true || step.before?.quiet === true || spoken(state.tracks).some(({ quiet }) => quiet)) return { step, comesTo: null };
  if (step.before === undefined) return track === 'intake' ? null : { step, comesTo: null };
  const { [track]: _, ...others } = state.tracks;
  const below = step.before === null ? {} : { [track]: { ...step, open: undefined, lacks: undefined, ...step.before, before: null } };
  const left: Tracks['tracks'] = { ...others, ...below };
  if (wrongWay(state, { tracks: left }, step.seq) !== null) return null;
  // A hidden status hides what stood below it on its track, and only the whole history knows that.
  if (left.custom?.code === 'CustomStatusHidden') return { step, comesTo: null };
  const comesTo = newest(left);
  return comesTo === null ? null : { step, comesTo: { code: comesTo.code, custom: comesTo.custom } };
}
