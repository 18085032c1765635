/** Wishes of people, rules and other systems: put the job into a status, take a step back, send it to a printer. Pure. */

import type { JobEvent, NewEvent } from '../event.ts';
import type { ReasonCode } from '../reason.ts';
import { type StatusCode, statusEntry } from '../status.ts';
import { type Said, said } from '../words/say.ts';
import type { DeliverWish, StatusWish, UndoWish } from './command.ts';
import { isOvertaken } from './counts.ts';
import type { Already, Context, Decision, OrderFacts, RefusalCode, Refused } from './decide.ts';
import { inHistory } from './in-history.ts';
import { seenToIn } from './lies-though-printed.ts';
import { mayBeDelivered } from './may-be-delivered.ts';
import { needsReason, objections, ruleOf } from './may-say.ts';
import { mayUndo } from './may-undo.ts';
import { engine } from './mover.ts';
import { becomesPrinted, hasBegun, isGone, isPrinted, type Place, placeOf, saysGone } from './place.ts';
import { rankOf } from './rank.ts';
import { type Insisting, isInsistedOn, type RefusalName, refusals } from './refusals.ts';
import { approvalChange, tellSiblings } from './siblings.ts';
import { endsProblem, type JobState } from './state.ts';
import { afterwards, comeTrue, workOf } from './work.ts';

/** Said by the engine only: screens and rules rely on them. */
const engineKeys = ['problem', 'solves', 'sight', 'reasonCode', 'forced'] as const;
/** The same finger or scanner again, not a second customer. */
export const sameMomentMs = 10_000;

const codes: Partial<Record<RefusalName, RefusalCode>> = {
  handedOutAlready: 'CONFLICT',
  blockedAlready: 'CONFLICT',
  sentAlready: 'CONFLICT',
  sentMeanwhile: 'CONFLICT',
  reprintedAlready: 'CONFLICT',
  countedMeanwhile: 'CONFLICT',
  undoneAlready: 'CONFLICT',
  onlyAdmin: 'FORBIDDEN',
  undoTooLate: 'FORBIDDEN',
  notInHistory: 'NOT_FOUND',
};

export function refuse(name: RefusalName, by: Pick<Place, 'actor' | 'at'> | null = null): Refused & { readonly name: RefusalName } {
  const { mayInsist } = refusals[name];
  const code = codes[name] ?? 'NOT_NOW';
  const [why, todo] = [said(`rules.${name}.what`), said(`rules.${name}.todo`)];
  // Somebody else was quicker: who, and when.
  const isSlower = code === 'CONFLICT' && by !== null;
  const words = isSlower ? said('refusals.ruleBy', { why, by: by.actor, at: by.at, todo }) : said(`rules.${name}`);
  return { kind: 'refused', code, name, words, mayInsist, by: by?.actor ?? null, at: by?.at ?? null };
}

export function incomplete(words: Said): Refused {
  return { kind: 'refused', code: 'BAD_REQUEST', name: null, words, mayInsist: false, by: null, at: null };
}

function checkShape({ code, custom, reason, data, force }: StatusWish): Refused | null {
  const isCustom = code === 'CustomStatus' || code === 'CustomStatusHidden';
  if (isCustom && custom === undefined) return incomplete(said('refusals.customUnnamed'));
  if (!isCustom && custom !== undefined) return incomplete(said('refusals.customNamed', { code }));
  const reserved = engineKeys.find((key) => data !== undefined && Object.hasOwn(data, key));
  if (reserved !== undefined) return incomplete(said('refusals.dataReserved', { name: reserved }));
  if (reason === undefined && (needsReason(code) || force === true)) return incomplete(said('refusals.needsReason'));
  return null;
}

/** The standing that a refusal speaks of. */
function standingAgainst(name: RefusalName, state: JobState): Place | null {
  switch (name) {
    case 'blocked':
    case 'blockedAlready':
      return state.tracks.hold ?? null;
    case 'handedOutAlready':
    case 'furtherAlready':
    case 'printedAlready':
    case 'goneAlready':
      return placeOf(state);
    default:
      return null;
  }
}

/** The event that says the same already; null when the wish says something new. */
function repeated({ state, said }: OrderFacts, wish: StatusWish): JobEvent | null {
  const { code, reason, data } = wish;
  const custom = wish.custom ?? null;
  const standing = state.tracks[statusEntry(code).track];
  if (said === null || standing?.seq !== said.seq || said.code !== code || said.custom !== custom) return null;
  const place = placeOf(state);
  if (rankOf(code, custom) !== null && place !== null && place.seq > said.seq && hasBegun(state)) return null;
  const tellsMore = Object.entries(data ?? {}).some(([key, value]) => JSON.stringify(said.data[key]) !== JSON.stringify(value));
  const saysMore = needsReason(code) && code !== 'Blocked' && reason !== undefined && reason !== said.reason;
  const solves = state.problems.some((problem) => endsProblem(code, problem.code));
  return tellsMore || saysMore || solves ? null : said;
}

function answerRepeated(event: JobEvent, wish: StatusWish, { mover, now }: Context): Already | Refused {
  const sameMoment = event.actor === mover.actor && now - Date.parse(event.at) < sameMomentMs;
  if (ruleOf(event.code, event.custom).handsOut === true && !sameMoment) return refuse('handedOutAlready', event);
  if (event.code === 'Blocked' && wish.reason !== event.reason) return refuse('blockedAlready', event);
  return { kind: 'already', event };
}

/** Whoever says that it is printed is believed, and told what may still be printed. */
function liesAllTheSame({ state, lying = [] }: OrderFacts, code: StatusCode, custom: string | null): JobEvent['data'] {
  if (lying.length === 0 || saysGone(code, custom) || !becomesPrinted(state, code, custom)) return {};
  return { problem: 'LiesThoughPrinted' satisfies ReasonCode, lies: lying.join(', ') };
}

/** Stands against it as well, and who insists on others has not read it. */
function isUnread(name: RefusalName, wish: Insisting): boolean {
  return wish.insists !== undefined && refusals[name].mayInsist && !isInsistedOn(name, wish);
}

export function decideStatus(order: OrderFacts, wish: StatusWish, context: Context): Decision {
  const { now, mover } = context;
  const shape = checkShape(wish);
  if (shape !== null) return shape;
  const { code, reason = null, data = {} } = wish;
  const custom = wish.custom ?? null;
  const against = objections(order, { code, custom, now }, mover);
  const [first] = against;
  const { actor, station } = mover;
  if (first === undefined && seenToIn(data) !== null) {
    // Where the job is was said before, and may be taken back as ever: this is a word beside it.
    const event: NewEvent = { code: 'ActionRun', reason, data: { ...data, action: 'seenTo' }, at: now, actor, station };
    return { kind: 'decided', events: [event], others: [], work: [] };
  }
  const same = first === 'onlyTheProgram' || first === 'onlyAdmin' ? null : repeated(order, wish);
  if (same !== null) return answerRepeated(same, wish, context);
  const stands = first !== undefined && !isInsistedOn(first, wish) ? first : against.find((name) => isUnread(name, wish));
  if (stands !== undefined) return refuse(stands, standingAgainst(stands, order.state));
  if (isOvertaken(order.state, data)) return refuse('countedMeanwhile', order.state.tracks.production ?? null);
  const told = {
    ...data,
    ...(first !== undefined && { forced: true }),
    ...liesAllTheSame(order, code, custom),
  };
  const event: NewEvent = { code, custom, reason, data: told, at: now, actor, station };
  const said = afterwards(order.state, [event]);
  const followed = code === 'Approved' ? comeTrue(said, order.startAt, now) : [];
  const after = followed.length === 0 ? said : afterwards(said, followed);
  const others = tellSiblings(order.siblings, approvalChange(order.state, after), now);
  return { kind: 'decided', events: [event, ...followed], others, work: workOf(order, order.state, after, mayRelease(code)) };
}

/** Word on these tracks may be what a job waited for before it goes to a printer. */
function mayRelease(code: StatusCode): boolean {
  const { track } = statusEntry(code);
  return track === 'intake' || track === 'output' || track === 'review' || track === 'hold';
}

export function decideUndo(order: OrderFacts, wish: UndoWish, { now, mover }: Context): Decision {
  const { seq, reason = null } = wish;
  const may = mayUndo(order.history, seq, mover, now);
  if (!may.ok) return refuse(may.why, may.by ?? null);
  const { actor, station } = mover;
  const events = may.undone.map(({ code, custom, seq: undoes }): NewEvent => ({ code, custom, reason, undoes, at: now, actor, station }));
  const others = tellSiblings(order.siblings, approvalChange(may.before, may.after), now);
  const work = workOf(order, may.before, may.after, true);
  const isPrintedOnce = may.undone.some(({ custom }) => custom === 'Reprint') && isPrinted(may.after);
  if (!isPrintedOnce) return { kind: 'decided', events, others, work };
  // What was to be printed once more goes with the word; files that were never printed are planned again.
  const staying: NewEvent = {
    code: 'ActionRun',
    at: now,
    actor: engine.actor,
    ...inHistory(said('history.staysHere')),
  };
  return { kind: 'decided', events: [staying, ...events], others, work: [{ kind: 'cancelDeliveries' }, ...work] };
}

/** What a person may not know who sends it. */
function objectionsToSend(
  { waitsForFirst = false, unsent = false, isSent = false, lastSend, liesIn }: DeliverWish,
  now: number,
): readonly (Refused & { readonly name: RefusalName })[] {
  const where = liesIn?.goesThere === true ? 'liesThere' : 'liesElsewhere';
  return [
    ...(waitsForFirst ? [refuse('sendUnclear')] : []),
    // Two who stand at the same spoilt sheet.
    ...(lastSend !== undefined && now - Date.parse(lastSend.at) < sameMomentMs ? [refuse('sentAlready', lastSend)] : []),
    ...(liesIn === undefined
      ? unsent && isSent
        ? [refuse('sentMeanwhile', lastSend ?? null)]
        : []
      : [{ ...refuse(where), words: said('refusals.liesInHotFolder', { name: liesIn.name, todo: said(`rules.${where}.todo`) }) }]),
  ];
}

export function decideDeliver(order: OrderFacts, wish: DeliverWish, { now, mover }: Context): Decision {
  if (isGone(order.state)) return refuse('goneAlready');
  const may = mayBeDelivered(order, true);
  if (!may.ok) {
    const refused = refuse(may.why, may.why === 'blocked' ? (order.state.tracks.hold ?? null) : null);
    const lacks = { number: order.number, files: order.missing.join(', '), todo: said('rules.sendIncomplete.todo') };
    return may.why === 'sendIncomplete' ? { ...refused, words: said('refusals.stillLacks', lacks) } : refused;
  }
  const { reason, hotFolder, earlierSends, again, sends, force = false } = wish;
  const objection = objectionsToSend(wish, now).find(({ name }) => !isInsistedOn(name, wish));
  if (objection !== undefined) return objection;
  const { actor, station } = mover;
  const solved = order.state.problems.find(({ code }) => code === 'SentElsewhere' || code === 'ChangedAfterSent');
  const solves = solved === undefined ? {} : { solves: solved.code };
  const send = {
    action: again ? 'sendAgain' : 'send',
    earlierSends,
    hotFolder,
    ...(sends && { fileIds: [...sends] }),
    ...(force && { forced: true }),
    ...solves,
  };
  const events: NewEvent[] = [{ code: 'ActionRun', at: now, actor, station, reason, data: send }];
  // What was printed is to be printed once more: from here on the printer's word counts again.
  if (isPrinted(order.state)) events.push({ code: 'CustomStatus', custom: 'Reprint', at: now, actor, station, reason });
  return { kind: 'decided', events, others: [], work: [] };
}
