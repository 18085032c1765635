/**
 * May somebody put a job into a status from where it stands? Asked by the door, and by the buttons on the screens. Reads the table; says why not
 * and what to do, and knows which a person may insist on. Pure.
 */
import { isBuiltInCustomStatus, isStatusCode, type StatusCode } from '../status.ts';
import type { Mover } from './mover.ts';
import { goesBack, isGone, isPrinted, placeOf } from './place.ts';
import { type RefusalName, refusals } from './refusals.ts';
import { isApprovalOpen } from './standing.ts';
import type { JobState } from './state.ts';
import { customRules, type Gate, type StatusRule, statusRules } from './table.ts';

/** What the rules look at. `startAt` in epoch ms. */
export type JobFacts = {
  readonly state: Pick<JobState, 'tracks'>;
  readonly missing: readonly string[];
  readonly startAt: number | null;
  /** Some of its files have not come to a printer, though others have. Left out: none. */
  readonly isPartlySent?: boolean;
};

/** The rule of a status; one of a newer version is the program's own. */
export function ruleOf(code: StatusCode, custom: string | null): StatusRule {
  if (code === 'CustomStatus' && custom !== null && isBuiltInCustomStatus(custom)) return customRules[custom];
  return isStatusCode(code) ? statusRules[code] : statusRules.ActionRun;
}

const notYetOrdered: readonly StatusCode[] = ['Nothing', 'Creating', 'InBasket', 'FutureOrder', 'UnapprovedOrder'];

export function isOrdered({ tracks }: Pick<JobState, 'tracks'>): boolean {
  return tracks.intake !== undefined && !notYetOrdered.includes(tracks.intake.code);
}

export function isAgreed({ tracks }: Pick<JobState, 'tracks'>): boolean {
  return !isApprovalOpen(tracks.review);
}

/** The order was taken in to be approved, and nobody has. */
function waitsForApproval({ tracks }: Pick<JobState, 'tracks'>): boolean {
  return tracks.intake?.code === 'UnapprovedOrder' && tracks.review?.code !== 'Approved';
}

export function isHeld({ tracks }: Pick<JobState, 'tracks'>): boolean {
  return tracks.hold?.code === 'Blocked';
}

/** Its files are another job's by now. */
export function isJoined({ tracks }: Pick<JobState, 'tracks'>): boolean {
  return tracks.custom?.custom === 'Joined';
}

type Asked = { readonly code: StatusCode; readonly custom: string | null; readonly now: number };

/** Why each gate is closed; null when it is open. */
const closedBy: Readonly<Record<Gate, (job: JobFacts, asked: Asked) => RefusalName | null>> = {
  notHeld: ({ state }) => (isHeld(state) ? 'blocked' : null),
  ordered: ({ state }) => (isOrdered(state) ? null : 'notOrdered'),
  agreed: ({ state }) => (isAgreed(state) ? null : 'notApproved'),
  approved: ({ state }) => (waitsForApproval(state) ? 'notApproved' : null),
  printed: ({ state }) => (isPrinted(state) ? null : 'notPrinted'),
  onShelf: ({ state }) => (placeOf(state)?.code === 'ReadyForCollection' ? null : 'notReady'),
  forward: ({ state }, { code, custom }) => (goesBack(state, code, custom) ? 'furtherAlready' : null),
  // Beside a file at the printer *InProduction* speaks of that one, and keeps no other back.
  allSent: ({ state, isPartlySent = false }, { code }) =>
    isPartlySent && !(code === 'InProduction' && state.tracks.production?.code === 'InHotFolder') ? 'notAllSent' : null,
  notPrinted: ({ state }) => (isPrinted(state) ? 'printedAlready' : null),
  notGone: ({ state }) => (isGone(state) ? 'goneAlready' : null),
  startsLater: ({ startAt }, { now }) => (startAt !== null && startAt > now ? null : 'noStartDate'),
};

/** Who may say it at all, wherever the job stands: nobody else may take it back, either. */
export function refusedTo(rule: StatusRule, { kind, isAdmin }: Mover): RefusalName | null {
  if (kind === 'rule') return rule.by.includes('rule') ? null : 'onlyTheProgram';
  if (rule.by.length === 0) return 'onlyTheProgram';
  return isAdmin || rule.by.some((role) => role !== 'admin' && role !== 'rule') ? null : 'onlyAdmin';
}

/**
 * All that stands against it, what cannot be insisted on first; empty when it may be said.
 *
 * @param asked.custom the name of the status where `code` is CustomStatus
 */
export function objections(job: JobFacts, asked: Asked, mover: Mover): RefusalName[] {
  // What the program did or saw is true, whatever stood there before.
  if (mover.kind === 'engine') return [];
  const rule = ruleOf(asked.code, asked.custom);
  const refused = refusedTo(rule, mover);
  if (refused !== null) return [refused];
  if (isJoined(job.state)) return ['partOfAnother'];
  if (rule.handsOut === true && isGone(job.state)) return ['handedOutAlready'];
  const closed = rule.gates.map((gate) => closedBy[gate](job, asked)).filter((name) => name !== null);
  return closed.toSorted((a, b) => Number(refusals[a].mayInsist) - Number(refusals[b].mayInsist));
}

export function needsReason(code: StatusCode): boolean {
  return ruleOf(code, null).needsReason === true;
}
