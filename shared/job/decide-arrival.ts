/** A ticket or a file came for a job: what its history says of that. Pure. */
import type { NewEvent } from '../event.ts';
import type { StatusCode } from '../status.ts';
import { said } from '../words/say.ts';
import { changeData, changeWords } from './changes.ts';
import type {
  DuplicateCame,
  FileCame,
  FileFacts,
  FoundInFolder,
  Joined,
  QuestionAnswered,
  QuestionAsked,
  TicketCame,
  WordMoved,
} from './command.ts';
import type { Context, OrderFacts } from './decide.ts';
import { decideNotPlanned } from './decide-seen.ts';
import { inHistory } from './in-history.ts';
import { engine } from './mover.ts';
import { isGone } from './place.ts';
import { isAwaitingData } from './standing.ts';
import type { JobState } from './state.ts';

type Said = { readonly submitted: boolean; readonly approval: NonNullable<TicketCame['ticket']['approval']> };

/** What its tickets say of the order by now: what this one leaves out is as it was, or as for an order nobody says anything of. Who has approved it needs no approval. */
function saidBy({ tracks: { intake, review } }: JobState, { ticket, isFirst, approvalBefore }: TicketCame): Said {
  const submitted = ticket.submitted ?? (isFirst || intake?.code !== 'InBasket');
  const approval = ticket.approval ?? approvalBefore ?? 'none';
  return { submitted, approval: approval === 'required' && review?.code === 'Approved' ? 'given' : approval };
}

/** Where a job stands by what its tickets say. Epoch ms. */
function startStatus({ submitted, approval }: Said, startAt: number | null, now: number): StatusCode {
  if (!submitted) return 'InBasket';
  if (approval === 'required') return 'UnapprovedOrder';
  return startAt !== null && startAt > now ? 'FutureOrder' : 'Ordered';
}

/** Somebody here turned the artwork down, or it has changed since anybody saw it: only a person who looks at it ends that. */
function isTurnedDown({ tracks: { review } }: JobState): boolean {
  return [review?.code, review?.open?.code].some((code) => code === 'Rejected' || code === 'ApprovalJobUpdated');
}

/**
 * Where a later ticket puts an order by what no ticket said before: back into the basket, behind an approval, or to a later day; `Ordered` where it says nothing
 * new. The same ticket again says nothing new.
 */
function newlySaid({ ticket, approvalBefore, startBefore = null }: TicketCame, order: OrderFacts, now: number): StatusCode {
  const { history, startAt, state } = order;
  const wasInBasket = history.some(({ code }) => code === 'InBasket');
  const isRequired = ticket.approval === 'required' && approvalBefore !== 'required' && state.tracks.review?.code !== 'Approved';
  const startsOtherwise = ticket.startAt !== undefined && startAt !== startBefore;
  const said: Said = { submitted: ticket.submitted !== false || wasInBasket, approval: isRequired ? 'required' : 'none' };
  return startStatus(said, startsOtherwise ? startAt : null, now);
}

/**
 * A ticket brings a job forward: out of the basket, to its date, and out of an approval only when it says that it was given. It takes one back only by what it is
 * the first to say. Of the first ticket of a job that its files began all counts, also where some of them are at a printer already.
 */
function nextIntake(order: OrderFacts, command: TicketCame, now: number): StatusCode | null {
  const { state, startAt } = order;
  const { ticket, isFirst } = command;
  const said = saidBy(state, command);
  const status = startStatus(said, startAt, now);
  const stands = state.tracks.intake?.code;
  if (stands === status) return null;
  if (stands === undefined || stands === 'Nothing' || stands === 'Creating') return status;
  if (isGone(state)) return null;
  if (isFirst) return status;
  const newly = newlySaid(command, order, now);
  switch (stands) {
    case 'InBasket':
      return status;
    case 'UnapprovedOrder':
      return said.submitted && ticket.approval === 'given' && !isTurnedDown(state) ? status : null;
    case 'FutureOrder':
      if (newly === 'InBasket' || newly === 'UnapprovedOrder') return newly;
      return status === 'Ordered' ? status : null;
    case 'Ordered':
      return newly === 'Ordered' ? null : newly;
    default:
      return null;
  }
}

/** Print-ready files that were supplied are the output, once checked. */
export function outputEvents({ name, version, size, sha256 }: FileFacts, at: number): NewEvent[] {
  const { actor } = engine;
  const data = { name, version, size, sha256 };
  return [
    { code: 'OutputCreationStarted', at, actor, data },
    { code: 'OutputCreated', at, actor, ...inHistory(said('history.fileWhole'), data) },
  ];
}

/** What a ticket makes of the order, and of its approval: as when a person approves it, first the approval, so that both can be taken back in turn. */
function orderEvents(order: OrderFacts, command: TicketCame, context: Context): NewEvent[] {
  const { state, startAt } = order;
  const { ticket, jobId } = command;
  const by = { at: context.now, actor: context.mover.actor, station: context.mover.station };
  const code = nextIntake(order, command, context.now);
  const isMoved = code !== null;
  const starts =
    code === 'FutureOrder' && startAt !== null
      ? inHistory(said('history.startsOn', { startAt: new Date(startAt).toISOString() }))
      : { reason: null };
  const next: NewEvent[] = isMoved ? [{ ...by, code, ...starts }] : [];
  const isWaiting = state.tracks.intake?.code === 'UnapprovedOrder';
  if (ticket.approval !== 'given' || !(isMoved || isWaiting)) return next;
  if (isTurnedDown(state))
    next.push(...decideNotPlanned(order, { kind: 'notPlanned', jobId, problem: 'TicketSaysApproved', data: {} }, context));
  else if (isMoved && state.tracks.review?.code !== 'Approved')
    next[isWaiting ? 'unshift' : 'push']({ ...by, code: 'Approved', ...approvedElsewhere });
  return next;
}

export function decideTicket(order: OrderFacts, command: TicketCame, context: Context): NewEvent[] {
  const { state, number } = order;
  const { now: at, mover } = context;
  const { missing, missedBefore, files, adds = [], changes = [] } = command;
  const { actor, station } = mover;
  const say = (code: StatusCode, words: Pick<NewEvent, 'reason' | 'data'>): NewEvent => ({ code, at, actor, station, ...words });
  const events: NewEvent[] = [];
  if (command.isNew) events.push(say('Creating', inHistory(said('history.ticketArrived'))));
  if (command.numberBefore !== null && command.numberBefore !== number)
    events.push(say('ActionRun', inHistory(said('history.numberGiven', { before: command.numberBefore }))));
  if (changes.length > 0)
    events.push(say('ActionRun', { reason: `The ticket changed ${changeWords(changes)}.`, data: changeData(changes) }));
  events.push(...orderEvents(order, command, context));
  if (missing.length > 0 && missing.join('\n') !== missedBefore.join('\n'))
    events.push({
      code: 'AwaitingData',
      at,
      actor: engine.actor,
      ...inHistory(said('history.missing', { files: missing.join(', ') }), { missing: [...missing] }),
    });
  if (adds.length > 0 && isApprovalVoid(order, true))
    events.push(say('ApprovalJobUpdated', inHistory(said('history.moreFiles', { files: adds.join(', ') }))));
  if (missing.length === 0 && isAwaitingData(state.tracks.review))
    events.push(say('ArtworkUploaded', inHistory(said('history.nothingMissing'))), ...files.flatMap((file) => outputEvents(file, at)));
  return events;
}

/** A question that a new file does not answer: it is asked again, of what the job is now. */
const openQuestions: ReadonlySet<StatusCode | undefined> = new Set<StatusCode>([
  'AwaitingApproval',
  'PartiallyApproved',
  'ApprovalJobUpdated',
  'Rejected',
  'AwaitingProof',
]);

const approvedElsewhere = inHistory(said('history.approvedElsewhere'));

/**
 * Does an approval stand that a change makes void? It holds for the files that were there, and those that tickets had named. `isMore`: this adds to them.
 * Whoever orders a job as approved has approved whatever they send for it.
 */
function isApprovalVoid({ history }: Pick<OrderFacts, 'history'>, isMore: boolean): boolean {
  const undone = new Set(history.map(({ undoes }) => undoes));
  const last = history.findLast(
    ({ seq, code, undoes }) => undoes === null && !undone.has(seq) && (code === 'Approved' || openQuestions.has(code)),
  );
  return last?.code === 'Approved' && !(isMore && last.reason === approvedElsewhere.reason);
}

function reviewAfter(order: OrderFacts, { file, replaces, isMore = false }: FileCame, { now: at, mover }: Context): NewEvent[] {
  const { review } = order.state.tracks;
  const { actor, station } = mover;
  const { name, version, size, sha256 } = file;
  const isVoid =
    openQuestions.has(review?.code) ||
    openQuestions.has(review?.open?.code) ||
    ((isMore || replaces !== null) && isApprovalVoid(order, isMore));
  if (isVoid) {
    const words = replaces === null ? said('history.fileArrived', { name }) : said('history.versionArrived', { version, replaces });
    return [{ code: 'ApprovalJobUpdated', at, actor, station, ...inHistory(words, { name, version, size, sha256 }) }];
  }
  return [];
}

export function decideFile(order: OrderFacts, command: FileCame, context: Context): NewEvent[] {
  const { file, replaces, isNew, missing } = command;
  const { now: at, mover } = context;
  const { actor, station } = mover;
  const { name, version, size, sha256 } = file;
  const stands = order.state.tracks.intake?.code;
  const events: NewEvent[] = [];
  if (isNew) events.push({ code: 'Creating', at, actor: engine.actor, ...inHistory(said('history.fileArrived', { name })) });
  const data = { name, version, size, sha256 };
  const words = replaces === null ? { reason: null, data } : inHistory(said('history.versionArrived', { version, replaces }), data);
  events.push({ code: 'ArtworkUploaded', at, actor, station, ...words });
  if (missing.length > 0)
    events.push({
      code: 'AwaitingData',
      at,
      actor: engine.actor,
      ...inHistory(said('history.stillMissing', { files: missing.join(', ') }), { missing: [...missing] }),
    });
  events.push(...reviewAfter(order, command, context));
  if (stands === undefined || stands === 'Creating' || stands === 'Nothing') events.push({ code: 'Ordered', at, actor: engine.actor });
  return [...events, ...outputEvents(file, at)];
}

export function decideDuplicate({ file: { name, sha256 } }: DuplicateCame, { now: at, mover: { actor, station } }: Context): NewEvent[] {
  const words = inHistory(said('history.duplicate', { name }), { sha256, duplicate: true });
  return [{ code: 'ActionRun', at, actor, station, ...words }];
}

export function decideFound({ name, hotFolder }: FoundInFolder, { now: at }: Context): NewEvent[] {
  const { actor } = engine;
  return [
    { code: 'Creating', at, actor, ...inHistory(said('history.foundIn', { name, hotFolder })) },
    { code: 'Ordered', at, actor },
  ];
}

export function decideJoined({ into, names }: Joined, { now: at, mover: { actor, station } }: Context): NewEvent[] {
  const words = inHistory(said('history.joined', { names: names.join(', '), number: into.number }), { jobId: into.jobId });
  return [{ code: 'CustomStatus', custom: 'Joined', at, actor, station, ...words }];
}

export function decideWordMoved({ code, reason }: WordMoved, { now: at, mover: { actor, station } }: Context): NewEvent[] {
  return [{ code, at, actor, station, reason }];
}

/** The job shows it until it is answered. */
export function decideQuestion({ arrivalId, name }: QuestionAsked, { now: at }: Context): NewEvent[] {
  const words = said('tickets.at', { where: name, what: said('reasons.WhoseFile.what') });
  return [{ code: 'ActionRun', at, actor: engine.actor, ...inHistory(words, { problem: 'WhoseFile', arrivalId, name }) }];
}

export function decideAnswer(command: QuestionAnswered, { now: at, mover: { actor, station } }: Context): NewEvent[] {
  const { arrivalId, name, belongsTo } = command;
  const words = belongsTo === null ? said('history.turnedAway', { name }) : said('history.belongsTo', { name, number: belongsTo });
  return [{ code: 'ActionRun', at, actor, station, ...inHistory(words, { solves: 'WhoseFile', arrivalId }) }];
}
