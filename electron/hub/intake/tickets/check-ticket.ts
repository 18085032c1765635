/** The checks every ticket passes, whatever it was read from: file names without paths, dates as instants, limits. */
import type { Ticket, TicketResult } from '../../../../shared/ticket.ts';
import { said } from '../../../../shared/words/say.ts';
import { finishTicket } from './draft.ts';
import { TicketFault } from './fault.ts';
import type { TicketOptions } from './limits.ts';

export type Read = { readonly tickets: readonly Ticket[]; readonly readAs: string | null };

export function asResult(readAll: () => Read): TicketResult {
  try {
    const { tickets, readAs } = readAll();
    const [first, ...others] = tickets;
    if (first === undefined) throw new TicketFault('BrokenTicket', said('tickets.none'));
    return { ok: true, tickets: [first, ...others], readAs };
  } catch (error) {
    if (error instanceof TicketFault) return { ok: false, code: error.code, detail: error.message, said: error.said };
    throw error;
  }
}

/** A ticket that came by the API. */
export function checkTicket(ticket: Ticket, { timeZone }: Pick<TicketOptions, 'timeZone'>): TicketResult {
  return asResult(() => ({ tickets: [finishTicket(ticket, timeZone)], readAs: null }));
}
