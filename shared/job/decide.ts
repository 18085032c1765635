/**
 * What a command comes to: the events it writes and the work it sets going, or a refusal in words. The whole truth on what may follow what; pure, so that
 * a wish can be tried on a screen and a million histories in a test.
 */
import type { JobEvent, NewEvent } from '../event.ts';
import { statusEntry } from '../status.ts';
import type { Said } from '../words/say.ts';
import type { Command } from './command.ts';
import {
  decideAnswer,
  decideDuplicate,
  decideFile,
  decideFound,
  decideJoined,
  decideQuestion,
  decideTicket,
  decideWordMoved,
} from './decide-arrival.ts';
import { decideWayChanged } from './decide-late.ts';
import { decideReprint, decideReprintMade } from './decide-reprint.ts';
import { decideNotPlanned, decideSeen, decideSkipped, decideSolved } from './decide-seen.ts';
import { decideDeliver, decideStatus, decideUndo } from './decide-wish.ts';
import { ruleOf } from './may-say.ts';
import type { Mover } from './mover.ts';
import { becomesPrinted } from './place.ts';
import type { RefusalName } from './refusals.ts';
import { tellSiblings } from './siblings.ts';
import type { JobState } from './state.ts';
import { afterwards, comeTrue, workOf } from './work.ts';

export type OrderFacts = {
  readonly number: string;
  readonly state: JobState;
  readonly missing: readonly string[];
  /** Epoch ms. */
  readonly startAt: number | null;
  /** Where the command asks for it: see JobFacts. */
  readonly isPartlySent?: boolean;
  /** Where the command asks for it: names of files of the job that lie in hot folders. Left out: none. */
  readonly lying?: readonly string[];
  /** The event that stands where the wish would, when it has the same code and name; else null. */
  readonly said: JobEvent | null;
  /** The other jobs of the order, where the command concerns them; else empty. */
  readonly siblings: readonly Sibling[];
  /** The whole history, where `looksBack` says that it is needed; else empty. */
  readonly history: readonly JobEvent[];
};

/** Another job of the order, as far as a decision may change it. */
export type Sibling = Pick<OrderFacts, 'state' | 'missing' | 'startAt'> & { readonly id: number };

export type Context = { readonly now: number; readonly mover: Mover };

/** What follows from the events, done in the same transaction. */
export type Work =
  /** Deliveries that no person chose, are not at a printer yet and would be planned otherwise now are cancelled. */
  | { readonly kind: 'cancelStale' }
  /** What a person sent before something newer was said goes by the rules, like any other. */
  | { readonly kind: 'endWishes' }
  /** Deliveries that are not at a printer yet stay here, until they are released. */
  | { readonly kind: 'holdDeliveries' }
  | { readonly kind: 'releaseDeliveries' }
  | { readonly kind: 'cancelDeliveries' }
  /** Files that have no delivery get one, if the job may be sent. */
  | { readonly kind: 'planDeliveries' }
  | { readonly kind: 'startAt'; readonly at: number };

export type RefusalCode = 'BAD_REQUEST' | 'FORBIDDEN' | 'NOT_FOUND' | 'CONFLICT' | 'NOT_NOW';

export type Refused = {
  readonly kind: 'refused';
  readonly code: RefusalCode;
  /** Its entry in refusals.ts; null for a wish that is incomplete. */
  readonly name: RefusalName | null;
  readonly words: Said;
  readonly mayInsist: boolean;
  /** Who said what stands against it, and when. */
  readonly by: string | null;
  readonly at: string | null;
};
export type Decided = {
  readonly kind: 'decided';
  readonly events: readonly NewEvent[];
  readonly work: readonly Work[];
  /** What it says of other jobs of the order, and sets going for them. */
  readonly others: readonly Other[];
};
export type Other = Pick<Decided, 'events' | 'work'> & { readonly jobId: number };
/** Somebody said it before: nothing is written, and the answer is the event that stands. */
export type Already = { readonly kind: 'already'; readonly event: JobEvent };
export type Decision = Decided | Already | Refused;

export function decide(order: OrderFacts, command: Command, context: Context): Decision {
  switch (command.kind) {
    case 'setStatus':
      return decideStatus(order, command, context);
    case 'undo':
      return decideUndo(order, command, context);
    case 'deliver':
      return decideDeliver(order, command, context);
    case 'reprint':
      return decideReprint(order, command, context);
    // Where it goes is known to whoever made it: to the press that had the first.
    case 'reprintMade':
      return only(decideReprintMade(command, context));
    case 'ticketCame':
      return withSiblings(order, withWork(order, decideTicket(order, command, context)), context);
    case 'fileCame':
      return withSiblings(order, withWork(order, decideFile(order, command, context)), context);
    case 'wayChanged': {
      const decided = withWork(order, decideWayChanged(order, command, context), true);
      return { ...decided, work: [{ kind: 'cancelStale' }, ...decided.work] };
    }
    case 'wordMoved':
      return withWork(order, decideWordMoved(command, context));
    case 'duplicateCame':
      return only(decideDuplicate(command, context));
    case 'questionAsked':
      return only(decideQuestion(command, context));
    case 'questionAnswered':
      return only(decideAnswer(command, context));
    case 'goOn': {
      const events = comeTrue(order.state, order.startAt, context.now);
      return withWork(order, events, true);
    }
    case 'seen':
      return only(decideSeen(order, command, context));
    case 'notPlanned':
      return only(decideNotPlanned(order, command, context));
    case 'solved':
      return only(decideSolved(order, command, context));
    case 'skipped':
      return only(decideSkipped(order, command, context));
    case 'foundInFolder':
      return only(decideFound(command, context));
    case 'joined':
      return only(decideJoined(command, context));
    default:
      return command satisfies never;
  }
}

function only(events: readonly NewEvent[]): Decided {
  return { kind: 'decided', events, others: [], work: [] };
}

/** What came may have given the approval of this job, or made it void: the others of its order are told, as when a person says it. */
function withSiblings({ siblings }: OrderFacts, decided: Decided, { now }: Context): Decided {
  const last = decided.events.findLast(({ code }) => code === 'Approved' || code === 'ApprovalJobUpdated');
  if (last === undefined) return decided;
  return { ...decided, others: tellSiblings(siblings, last.code === 'Approved' ? 'given' : 'void', now) };
}

function withWork(order: OrderFacts, events: readonly NewEvent[], always = false): Decided {
  const after = afterwards(order.state, events);
  return { kind: 'decided', events, others: [], work: workOf(order, order.state, after, always || events.length > 0) };
}

/** The event a decision needs to see: the one that may say already what is wished for. Null when it needs none. */
export function seqToSee({ tracks }: JobState, command: Command): number | null {
  if (command.kind !== 'setStatus') return null;
  const standing = tracks[statusEntry(command.code).track];
  return standing?.code === command.code && standing.custom === (command.custom ?? null) ? standing.seq : null;
}

/** Does the decision hang on how its files stand at the printers? */
export function looksAtFiles(state: JobState, command: Command): boolean {
  if (command.kind !== 'setStatus') return false;
  const custom = command.custom ?? null;
  return ruleOf(command.code, custom).gates.includes('allSent') || becomesPrinted(state, command.code, custom);
}

/** Does the decision depend on more of the history than what stands now? On whether somebody has approved what a file or a ticket changes. */
export function looksBack(command: Command): boolean {
  switch (command.kind) {
    case 'undo':
      return true;
    case 'ticketCame':
      return (command.adds !== undefined && command.adds.length > 0) || command.ticket.submitted === false;
    case 'fileCame':
      return command.isMore === true || command.replaces !== null;
    default:
      return false;
  }
}

/** Does it concern the other jobs of the order: may it give the approval of this one, or take it away? */
export function concernsSiblings(command: Command, history: readonly JobEvent[]): boolean {
  switch (command.kind) {
    case 'setStatus':
      return statusEntry(command.code).track === 'review';
    case 'undo':
      return history.some(({ seq, code }) => seq === command.seq && code === 'Approved');
    case 'ticketCame':
      return command.ticket.approval === 'given' || history.some(({ code }) => code === 'Approved');
    case 'fileCame':
      return history.some(({ code }) => code === 'Approved');
    default:
      return false;
  }
}
