/**
 * A ticket came, or changed, when files of its job were at a printer already. They cannot be called back: what it says against that is attention, so that
 * nothing looks well that is not. Pure.
 */
import type { NewEvent } from '../event.ts';
import type { ReasonCode } from '../reason.ts';
import { type Said, said } from '../words/say.ts';
import { changeData, changeSigns, changesOfPrint, changeWords } from './changes.ts';
import type { SentFile, WayChanged } from './command.ts';
import type { Context, OrderFacts } from './decide.ts';
import { inHistory } from './in-history.ts';
import { isTooEarly } from './may-be-delivered.ts';
import { engine } from './mover.ts';
import { isGone, isPrinted } from './place.ts';

function whyTooEarly({ state, startAt }: OrderFacts, hotFolder: string): Said {
  switch (state.tracks.intake?.code) {
    case 'InBasket':
      return said('history.thereNotOrdered', { hotFolder });
    case 'FutureOrder':
      return startAt === null
        ? said('history.thereStartsLater', { hotFolder })
        : said('history.thereStartsOn', { hotFolder, startAt: new Date(startAt).toISOString() });
    default:
      return said('history.thereNotApproved', { hotFolder });
  }
}

function listed(values: readonly string[]): string {
  return [...new Set(values)].join(', ');
}

export function decideWayChanged(order: OrderFacts, { sent, changes = [] }: WayChanged, { now: at }: Context): NewEvent[] {
  const { state } = order;
  if (isGone(state)) return [];
  const events: NewEvent[] = [];
  const attention = (problem: ReasonCode, files: readonly SentFile[], why: (hotFolder: string) => Said): void => {
    const hotFolder = listed(files.map((file) => file.hotFolder));
    const name = listed(files.map((file) => file.name));
    events.push({
      code: 'ActionRun',
      at,
      actor: engine.actor,
      ...inHistory(why(hotFolder), { problem, name, hotFolder, raw: name }),
    });
  };
  const isOpen = (problem: ReasonCode): boolean => state.problems.some(({ code }) => code === problem);
  if (sent.length > 0 && isTooEarly(state) && !isOpen('SentBeforeTicket'))
    attention('SentBeforeTicket', sent, (hotFolder) => whyTooEarly(order, hotFolder));
  const elsewhere = sent.filter(({ goesTo }) => goesTo !== null);
  if (elsewhere.length > 0)
    attention('SentElsewhere', elsewhere, (hotFolder) =>
      said('history.thereGoesElsewhere', { hotFolder, goesTo: listed(elsewhere.map(({ goesTo }) => goesTo ?? '')) }),
    );
  else if (isOpen('SentElsewhere'))
    events.push({
      code: 'ActionRun',
      at,
      actor: engine.actor,
      ...inHistory(said('history.goesWhereItIs'), { solves: 'SentElsewhere' }),
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
