/**
 * What was done or seen at a printer. Always recorded; it never turns a job back behind what a person said of it: where the two contradict, that is attention. Pure.
 */
import type { NewEvent } from '../event.ts';
import { type ReasonCode, reasonWords } from '../reason.ts';
import { type Said, said } from '../words/say.ts';
import type { NotPlanned, Seen, Skipped, Solved } from './command.ts';
import type { Context, OrderFacts } from './decide.ts';
import { inHistory } from './in-history.ts';
import { isStopped, isTooEarly } from './may-be-delivered.ts';
import { isHeld } from './may-say.ts';
import { engine, isMachine } from './mover.ts';
import { isPrinted, placeOf } from './place.ts';
import { type Sight, standsAs } from './sight.ts';

type Data = NonNullable<NewEvent['data']>;
/** The words of somebody else are text. */
type Say = (code: NewEvent['code'], words: Said | string | null, data: Data) => NewEvent;
type SeenAs<What extends Seen['what']> = Extract<Seen, { readonly what: What }>;

/**
 * A person's word that this file is not printed now: the job is done, made another way, or made anew. What had gone (`goneAt`, epoch ms) by the
 * time the word was said does not contradict it, nor what somebody has seen to that it may go.
 */
function isDenied(order: OrderFacts, goneAt = Number.POSITIVE_INFINITY): boolean {
  const place = placeOf(order.state);
  if (order.state.problems.some(({ code, seenTo }) => code === 'LiesThoughPrinted' && seenTo === true)) return false;
  if (place === null || isMachine(place.actor) || place.code === 'InProduction' || place.custom === 'Reprint') return false;
  return goneAt > Date.parse(place.at);
}

function takenWords({ taken = 1, of = 1 }: SeenAs<'taken'>): Said {
  return of > 1 ? said('history.takenOf', { taken, of }) : said('history.taken');
}

/** A sighting as what it makes of the job, or as a note where a person's word stands above it. */
function note(order: OrderFacts, say: Say, sight: Sight, words: Said | string | null, given: Data, problem: ReasonCode | null): NewEvent {
  const data: Data = { ...given, sight, ...(problem !== null && { problem }) };
  const code = standsAs(order.state, sight);
  if (code !== null) return say(code, words, data);
  return say('ActionRun', problem === 'SeenOtherwise' ? reasonWords('en', problem).what : words, data);
}

function decideDelivered(order: OrderFacts, seen: SeenAs<'delivered'>, say: Say): NewEvent {
  const { delivery, foreign = false, cancelled = false, stays = false, tries } = seen;
  const data: Data = foreign ? { ...delivery, foreign } : { ...delivery, tries };
  if (isPrinted(order.state)) return note(order, say, 'delivered', null, data, 'SeenOtherwise');
  const byOther = said('history.putByOther');
  if (foreign) return say('InHotFolder', byOther, cancelled ? { ...data, problem: 'WentOutAnyway' } : data);
  const problem = despite(order, cancelled);
  const words = stays ? said('history.wentOutAfterAll') : null;
  return say('InHotFolder', words, problem === null ? data : { ...data, problem });
}

/** What a block, a recall or a word that was not given should have prevented happened all the same. */
function despite({ state }: OrderFacts, cancelled: boolean): ReasonCode | null {
  if (cancelled || isHeld(state)) return 'WentOutAnyway';
  return isTooEarly(state) && !state.problems.some(({ code }) => code === 'SentBeforeTicket') ? 'SentBeforeTicket' : null;
}

/** The printer has the file, or has printed it. */
function decideTaken(
  order: OrderFacts,
  say: Say,
  sight: 'taken' | 'printed' | 'printedOne',
  words: Said | string | null,
  data: Data,
  at?: number,
) {
  const problem =
    isStopped(order.state) && !isPrinted(order.state)
      ? 'GoneThoughStopped'
      : isDenied(order, at) && sight === 'taken'
        ? 'SeenOtherwise'
        : null;
  return note(order, say, sight, words, data, problem);
}

function decideFailed(order: OrderFacts, { delivery, reasonCode, raw, errno, path, tries }: SeenAs<'failed'>, say: Say): NewEvent {
  const data: Data = { ...delivery, reasonCode, raw, errno, path, tries };
  return isPrinted(order.state)
    ? note(order, say, 'failed', null, data, 'SeenOtherwise')
    : say('CopyToHotFolderFailed', reasonWords('en', reasonCode).what, data);
}

export function decideSeen(order: OrderFacts, seen: Seen, { now: at, mover: { actor } }: Context): NewEvent[] {
  const { delivery } = seen;
  const say: Say = (code, words, data) => ({
    code,
    at,
    actor,
    ...(typeof words === 'string' || words === null ? { reason: words, data } : inHistory(words, data)),
  });
  const attention = (problem: ReasonCode, data: Data = {}): NewEvent =>
    say('ActionRun', reasonWords('en', problem).what, { ...delivery, ...data, problem });
  switch (seen.what) {
    case 'delivered':
      return [decideDelivered(order, seen, say)];
    case 'taken': {
      const { taken = 1, of = 1, goneAt } = seen;
      return [decideTaken(order, say, 'taken', takenWords(seen), { ...delivery, taken, of }, goneAt)];
    }
    case 'printed': {
      const [sight, words] = seen.left === 0 ? (['printed', seen.note] as const) : (['printedOne', said('history.printedOne')] as const);
      return [decideTaken(order, say, sight, words, { ...delivery })];
    }
    case 'refused': {
      const raw = seen.words ?? 'The printer wrote nothing beside the file.';
      const why: Data = { ...delivery, reasonCode: 'PrinterRefused', raw, errno: null, path: seen.path };
      return [note(order, say, 'refused', reasonWords('en', 'PrinterRefused').what, why, 'PrinterRefused')];
    }
    case 'lying':
      return [attention('StillLyingThere', { sight: 'lying' })];
    case 'uncertain':
      return [attention(seen.reasonCode, { raw: seen.raw, sight: 'uncertain' })];
    case 'nameTaken': {
      const problem = seen.own === true ? 'FirstCopyLies' : 'NameTaken';
      return order.state.problems.some(({ code }) => code === problem) ? [] : [attention(problem, { raw: delivery.name })];
    }
    case 'otherContent':
      return order.state.problems.some(({ code }) => code === 'OtherContent') ? [] : [attention('OtherContent', { raw: seen.raw })];
    case 'failed':
      return [decideFailed(order, seen, say)];
    default:
      return seen satisfies never;
  }
}

export function decideNotPlanned({ state }: OrderFacts, { problem, data }: NotPlanned, { now: at }: Context): NewEvent[] {
  if (state.problems.some(({ code }) => code === problem)) return [];
  return [{ code: 'ActionRun', at, actor: engine.actor, reason: reasonWords('en', problem).what, data: { ...data, problem } }];
}

export function decideSolved({ state }: OrderFacts, { problem }: Solved, { now: at }: Context): NewEvent[] {
  if (!state.problems.some(({ code }) => code === problem)) return [];
  return [{ code: 'ActionRun', at, actor: engine.actor, ...inHistory(said('history.doneAfterAll'), { solves: problem }) }];
}

export function decideSkipped({ state }: OrderFacts, { rule, name, path }: Skipped, { now: at }: Context): NewEvent[] {
  if (isPrinted(state) || state.tracks.production?.code === 'CopyToHotFolderSkipped') return [];
  const words = inHistory(said('history.ruleSkips', { rule }), { reasonCode: 'NoHotFolderByRule', name, path, errno: null });
  return [{ code: 'CopyToHotFolderSkipped', at, actor: engine.actor, ...words }];
}
