/**
 * A ticket came, or changed, when files of its job were at a printer already. They cannot be called back: what it says against that is attention, so that
 * nothing looks well that is not. Pure.
 */
import type { NewEvent } from '../event.ts';
import type { ReasonCode } from '../reason.ts';
import { changeData, changeSigns, changesOfPrint, changeWords } from './changes.ts';
import type { SentFile, WayChanged } from './command.ts';
import type { Context, OrderFacts } from './decide.ts';
import { isTooEarly } from './may-be-delivered.ts';
import { engine } from './mover.ts';
import { isGone, isPrinted } from './place.ts';

function whyTooEarly({ state, startAt }: OrderFacts): string {
  switch (state.tracks.intake?.code) {
    case 'InBasket':
      return 'the customer has not ordered it yet';
    case 'FutureOrder':
      return startAt === null ? 'it is to start later' : `it is to start on ${new Date(startAt).toISOString()}`;
    default:
      return 'it is not approved';
  }
}

function listed(values: readonly string[]): string {
  return [...new Set(values)].join(', ');
}

export function decideWayChanged(order: OrderFacts, { sent, changes = [] }: WayChanged, { now: at }: Context): NewEvent[] {
  const { state } = order;
  if (isGone(state)) return [];
  const events: NewEvent[] = [];
  const attention = (problem: ReasonCode, files: readonly SentFile[], why: string): void => {
    const hotFolder = listed(files.map((file) => file.hotFolder));
    const name = listed(files.map((file) => file.name));
    events.push({
      code: 'ActionRun',
      at,
      actor: engine.actor,
      reason: `It is at ${hotFolder} already, and ${why}.`,
      data: { problem, name, hotFolder, raw: name },
    });
  };
  const isOpen = (problem: ReasonCode): boolean => state.problems.some(({ code }) => code === problem);
  if (sent.length > 0 && isTooEarly(state) && !isOpen('SentBeforeTicket')) attention('SentBeforeTicket', sent, whyTooEarly(order));
  const elsewhere = sent.filter(({ goesTo }) => goesTo !== null);
  if (elsewhere.length > 0)
    attention('SentElsewhere', elsewhere, `the rules send it to ${listed(elsewhere.map(({ goesTo }) => goesTo ?? ''))}`);
  else if (isOpen('SentElsewhere'))
    events.push({
      code: 'ActionRun',
      at,
      actor: engine.actor,
      reason: 'The rules send it where it is.',
      data: { solves: 'SentElsewhere' },
    });
  const ofPrint = changesOfPrint(changes);
  const where = sent.length === 0 ? 'It is printed' : `It is at ${listed(sent.map((file) => file.hotFolder))}`;
  if (ofPrint.length > 0 && (sent.length > 0 || isPrinted(state)))
    events.push({
      code: 'ActionRun',
      at,
      actor: engine.actor,
      reason: `${where} already, and its ticket changed ${changeWords(ofPrint)}.`,
      data: { problem: 'ChangedAfterSent', ...changeData(ofPrint), raw: changeSigns(ofPrint) },
    });
  return events;
}
