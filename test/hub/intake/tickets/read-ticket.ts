/** For the tests of this folder: a ticket file from its text, and the answer one expects. */
import { parseTicketFile } from '../../../../electron/hub/intake/tickets/parse.ts';
import type { Ticket, TicketResult } from '../../../../shared/ticket.ts';

export function readTicket(name: string, content: string | Uint8Array, xmlMapping: Record<string, string> = {}): TicketResult {
  return parseTicketFile(name, typeof content === 'string' ? new TextEncoder().encode(content) : content, { xmlMapping });
}

export function ticketsOf(name: string, content: string | Uint8Array, xmlMapping: Record<string, string> = {}): readonly Ticket[] {
  const result = readTicket(name, content, xmlMapping);
  if (!result.ok) throw new Error(`${result.code}: ${result.detail}`);
  return result.tickets;
}

export function refusalOf(name: string, content: string | Uint8Array, xmlMapping: Record<string, string> = {}): string {
  const result = readTicket(name, content, xmlMapping);
  return result.ok ? `accepted ${JSON.stringify(result.tickets)}` : `${result.code}: ${result.detail}`;
}
