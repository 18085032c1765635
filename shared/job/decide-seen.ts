/**
 * What was done or seen at a printer. Always recorded; it never turns a job back behind what a person said of it: where the two contradict, that is attention. Pure.
 */
import type { NewEvent } from '../event.ts';
import { type ReasonCode, reasonEntry } from '../reason.ts';
import type { NotPlanned, Seen, Skipped, Solved } from './command.ts';
import type { Context, OrderFacts } from './decide.ts';
import { isHeld } from './may-say.ts';
import { engine, isMachine } from './mover.ts';
import { isPrinted, placeOf } from './place.ts';

type Data = NonNullable<NewEvent['data']>;

/** The states of the production track in which the job is in the hands of the printer, so that the printer's word moves it on. */
function atPrinter({ state }: OrderFacts, ...codes: readonly ('InHotFolder' | 'InProduction')[]): boolean {
  return !isPrinted(state) && codes.some((code) => state.tracks.production?.code === code);
}

/** A person has said since where the job is: that is newer than where its file lies. */
function saidByPerson({ state }: OrderFacts): boolean {
  const place = placeOf(state);
  return place !== null && (isPrinted(state) || !isMachine(place.actor));
}

/** What a block or a recall should have prevented happened all the same. */
function despiteStop(order: OrderFacts, data: Data, cancelled = false): Data {
  return isHeld(order.state) || cancelled ? { ...data, problem: 'WentOutAnyway' } : data;
}

type Say = (code: NewEvent['code'], reason: string | null, data: Data) => NewEvent;
type SeenAs<What extends Seen['what']> = Extract<Seen, { readonly what: What }>;

function takenWords({ taken = 1, of = 1 }: SeenAs<'taken'>): string {
  return of > 1 ? `The printer took ${taken} of ${of} files out of the hot folder.` : 'The printer took the file out of the hot folder.';
}

function decideDelivered(order: OrderFacts, seen: SeenAs<'delivered'>, say: Say): NewEvent {
  const { delivery, foreign = false, cancelled = false, tries } = seen;
  const data: Data = foreign ? { ...delivery, foreign } : { ...delivery, tries };
  if (isPrinted(order.state)) return say('ActionRun', reasonEntry('SeenOtherwise').what.en, { ...data, problem: 'SeenOtherwise' });
  return say('InHotFolder', foreign ? 'Another program put the file there.' : null, despiteStop(order, data, cancelled));
}

function decidePrinted(order: OrderFacts, { delivery, left, note }: SeenAs<'printed'>, say: Say): NewEvent[] {
  if (!atPrinter(order, 'InHotFolder', 'InProduction')) return [];
  if (left === 0) return [say('Printed', note, { ...delivery })];
  return atPrinter(order, 'InHotFolder') ? [say('InProduction', 'The printer has printed the first of its files.', { ...delivery })] : [];
}

function decideFailed(order: OrderFacts, { delivery, reasonCode, raw, errno, path, tries }: SeenAs<'failed'>, say: Say): NewEvent {
  const data: Data = { ...delivery, reasonCode, raw, errno, path, tries };
  return isPrinted(order.state)
    ? say('ActionRun', reasonEntry('SeenOtherwise').what.en, { ...data, problem: 'SeenOtherwise' })
    : say('CopyToHotFolderFailed', reasonEntry(reasonCode).what.en, data);
}

export function decideSeen(order: OrderFacts, seen: Seen, { now: at, mover: { actor } }: Context): NewEvent[] {
  const { delivery } = seen;
  const say: Say = (code, reason, data) => ({ code, at, actor, reason, data });
  const attention = (problem: ReasonCode, data: Data = {}): NewEvent =>
    say('ActionRun', reasonEntry(problem).what.en, { ...delivery, ...data, problem });
  switch (seen.what) {
    case 'delivered':
      return [decideDelivered(order, seen, say)];
    case 'taken':
      return atPrinter(order, 'InHotFolder')
        ? [say('InProduction', takenWords(seen), despiteStop(order, { ...delivery, taken: seen.taken ?? 1, of: seen.of ?? 1 }))]
        : [];
    case 'printed':
      return decidePrinted(order, seen, say);
    case 'refused':
      return [attention('PrinterRefused', { raw: seen.words ?? 'The printer wrote nothing beside the file.' })];
    case 'lying':
      return saidByPerson(order) ? [] : [attention('StillLyingThere')];
    case 'uncertain':
      // Once it lay there, what a person has said since is newer knowledge.
      return seen.reasonCode === 'DeliveryUncertain' || !saidByPerson(order) ? [attention(seen.reasonCode, { raw: seen.raw })] : [];
    case 'nameTaken':
      return order.state.problems.some(({ code }) => code === 'NameTaken') ? [] : [attention('NameTaken', { raw: delivery.name })];
    case 'failed':
      return [decideFailed(order, seen, say)];
    default:
      return seen satisfies never;
  }
}

export function decideNotPlanned({ state }: OrderFacts, { problem, data }: NotPlanned, { now: at }: Context): NewEvent[] {
  if (state.problems.some(({ code }) => code === problem)) return [];
  return [{ code: 'ActionRun', at, actor: engine.actor, reason: reasonEntry(problem).what.en, data: { ...data, problem } }];
}

export function decideSolved({ state }: OrderFacts, { problem }: Solved, { now: at }: Context): NewEvent[] {
  if (!state.problems.some(({ code }) => code === problem)) return [];
  return [{ code: 'ActionRun', at, actor: engine.actor, reason: 'It is done after all.', data: { solves: problem } }];
}

export function decideSkipped({ state }: OrderFacts, { rule, name, path }: Skipped, { now: at }: Context): NewEvent[] {
  if (isPrinted(state) || state.tracks.production?.code === 'CopyToHotFolderSkipped') return [];
  const reason = `Rule "${rule}" sends this job to production without a hot folder.`;
  const data = { reasonCode: 'NoHotFolderByRule', rule, name, path, errno: null };
  return [{ code: 'CopyToHotFolderSkipped', at, actor: engine.actor, reason, data }];
}
