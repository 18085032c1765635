/**
 * What was done or seen at a printer. Always recorded; it never turns a job back behind what a person said of it: where the two contradict, that is attention. Pure.
 */
import type { NewEvent } from '../event.ts';
import { type ReasonCode, reasonEntry } from '../reason.ts';
import type { NotPlanned, Seen, Skipped } from './command.ts';
import type { Context, OrderFacts } from './decide.ts';
import { isHeld } from './may-say.ts';
import { engine } from './mover.ts';
import { isPrinted } from './place.ts';

type Data = NonNullable<NewEvent['data']>;

/** The states of the production track in which the job is in the hands of the printer, so that the printer's word moves it on. */
function atPrinter({ state }: OrderFacts, ...codes: readonly ('InHotFolder' | 'InProduction')[]): boolean {
  return !isPrinted(state) && codes.some((code) => state.tracks.production?.code === code);
}

/** What a block should have prevented happened all the same. */
function despiteBlock(order: OrderFacts, data: Data): Data {
  return isHeld(order.state) ? { ...data, problem: 'SeenOtherwise' } : data;
}

export function decideSeen(order: OrderFacts, seen: Seen, { now: at, mover: { actor } }: Context): NewEvent[] {
  const facts: Data = { ...seen.delivery };
  const say = (code: NewEvent['code'], reason: string | null, data: Data): NewEvent => ({ code, at, actor, reason, data });
  const attention = (problem: ReasonCode, data: Data = {}): NewEvent =>
    say('ActionRun', reasonEntry(problem).what.en, { ...facts, ...data, problem });
  const printed = isPrinted(order.state);
  switch (seen.what) {
    case 'delivered': {
      const data: Data = seen.foreign === true ? { ...facts, foreign: true } : { ...facts, tries: seen.tries };
      const reason = seen.foreign === true ? 'Another program put the file there.' : null;
      return printed ? [attention('SeenOtherwise', data)] : [say('InHotFolder', reason, despiteBlock(order, data))];
    }
    case 'taken':
      return atPrinter(order, 'InHotFolder')
        ? [say('InProduction', 'The printer took the file out of the hot folder.', despiteBlock(order, facts))]
        : [];
    case 'printed': {
      if (!atPrinter(order, 'InHotFolder', 'InProduction')) return [];
      if (seen.left === 0) return [say('Printed', seen.note, facts)];
      return atPrinter(order, 'InHotFolder') ? [say('InProduction', 'The printer has printed the first of its files.', facts)] : [];
    }
    case 'refused':
      return [attention('PrinterRefused', { raw: seen.words ?? 'The printer wrote nothing beside the file.' })];
    case 'lying':
      return printed ? [] : [attention('StillLyingThere')];
    case 'uncertain':
      return [attention('DeliveryUncertain')];
    case 'failed': {
      const { reasonCode, raw, errno, path, tries } = seen;
      const data: Data = { ...facts, reasonCode, raw, errno, path, tries };
      return printed ? [attention('SeenOtherwise', data)] : [say('CopyToHotFolderFailed', reasonEntry(reasonCode).what.en, data)];
    }
    default:
      return seen satisfies never;
  }
}

export function decideNotPlanned({ state }: OrderFacts, { problem, data }: NotPlanned, { now: at }: Context): NewEvent[] {
  if (state.problems.some(({ code }) => code === problem)) return [];
  return [{ code: 'ActionRun', at, actor: engine.actor, reason: reasonEntry(problem).what.en, data: { ...data, problem } }];
}

export function decideSkipped({ state }: OrderFacts, { rule, name, path }: Skipped, { now: at }: Context): NewEvent[] {
  if (isPrinted(state) || state.tracks.production?.code === 'CopyToHotFolderSkipped') return [];
  const reason = `Rule "${rule}" sends this job to production without a hot folder.`;
  const data = { reasonCode: 'NoHotFolderByRule', rule, name, path, errno: null };
  return [{ code: 'CopyToHotFolderSkipped', at, actor: engine.actor, reason, data }];
}
