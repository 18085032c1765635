/** Our own JSON ticket: one object as the API takes it, or a list of them. */

import { tooMuchJson } from '../../../../shared/json-size.ts';
import { findKeyTwice } from '../../../../shared/key-twice.ts';
import type { Ticket } from '../../../../shared/ticket.ts';
import { said } from '../../../../shared/words/say.ts';
import { finishTicket } from './draft.ts';
import { at, placeOf, quote, refuseMachineName, TicketFault } from './fault.ts';

const deepest = 100;
const mostTickets = 20_000;

export function parseJson(text: string, timeZone: string): Ticket[] {
  if (tooMuchJson(text, { levels: deepest }) !== null) throw new TicketFault('HostileTicket', said('tickets.tooDeep', { most: deepest }));
  const written = read(text);
  const twice = findKeyTwice(text);
  if (twice !== null)
    throw new TicketFault('BrokenTicket', said('tickets.keyTwice', { key: quote(twice.key), place: placeOf(text, twice.index) }));
  if (!Array.isArray(written)) return [finishTicket(written, timeZone)];
  if (written.length > mostTickets) throw new TicketFault('TicketTooLarge', said('tickets.tooManyTickets', { most: mostTickets }));
  checkNumbered(written);
  return written.map((one, index) => finishTicket(one, timeZone, said('tickets.ticket', { number: index + 1 })));
}

/** Of several tickets of one order each must say which job it is: without, they would all be its first. */
function checkNumbered(tickets: readonly unknown[]): void {
  const seen = new Map<string, number>();
  for (const [index, one] of tickets.entries()) {
    const { order, job } = Object(one);
    const key = String(order);
    const before = seen.get(key);
    if (before !== undefined && (job === undefined || Object(tickets[before]).job === undefined))
      throw new TicketFault(
        'BrokenTicket',
        at(said('tickets.ticket', { number: index + 1 }), said('tickets.sameOrder', { before: before + 1, order: quote(key) })),
      );
    if (order !== undefined) seen.set(key, before ?? index);
  }
}

/** Never cut within a word: half of an e-mail address does not look like one. */
const piece = /^[\s\S]{0,20}[^\s,;"'{}[\]]{0,400}/u;

function read(text: string): unknown {
  try {
    return JSON.parse(text, (key, value: unknown) => {
      refuseMachineName(key);
      return value;
    });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const index = errorIndex(text, error.message);
    const found = piece.exec(text.slice(index, index + 420))?.[0].trim() ?? '';
    throw new TicketFault(
      'BrokenTicket',
      found === ''
        ? said('tickets.jsonEnds', { place: placeOf(text, index) })
        : said('tickets.notJson', { place: placeOf(text, index), found: quote(found) }),
    );
  }
}

/** Where the mistake is. The engine tells the position of most mistakes, but not of a token out of place. */
function errorIndex(text: string, message: string): number {
  const told = /at position ([0-9]+)/u.exec(message)?.[1];
  if (told !== undefined) return Number(told);
  if (!message.startsWith('Unexpected token')) return text.length;
  let good = 0;
  let bad = text.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (hasBadToken(text.slice(0, middle))) bad = middle;
    else good = middle;
  }
  return good;
}

function hasBadToken(text: string): boolean {
  try {
    JSON.parse(text);
    return false;
  } catch (error) {
    return error instanceof SyntaxError && error.message.startsWith('Unexpected token');
  }
}
