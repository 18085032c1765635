/** For the tests of this folder: a ticket file from its text, and the answer one expects. */
import { parseTicketFile } from '../../../../electron/hub/intake/tickets/parse.ts';
import type { Ticket, TicketResult } from '../../../../shared/ticket.ts';

export function readTicket(
  name: string,
  content: string | Uint8Array,
  xmlMapping: Record<string, string> = {},
  timeZone = 'UTC',
): TicketResult {
  return parseTicketFile(name, typeof content === 'string' ? new TextEncoder().encode(content) : content, { xmlMapping, timeZone });
}

export function ticketsOf(
  name: string,
  content: string | Uint8Array,
  xmlMapping: Record<string, string> = {},
  timeZone = 'UTC',
): readonly Ticket[] {
  const result = readTicket(name, content, xmlMapping, timeZone);
  if (!result.ok) throw new Error(`${result.code}: ${result.detail}`);
  return result.tickets;
}

export function refusalOf(name: string, content: string | Uint8Array, xmlMapping: Record<string, string> = {}, timeZone = 'UTC'): string {
  const result = readTicket(name, content, xmlMapping, timeZone);
  return result.ok ? `accepted ${JSON.stringify(result.tickets)}` : `${result.code}: ${result.detail}`;
}
