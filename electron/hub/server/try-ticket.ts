/** What the hub would make of a ticket: read by the reader of real ones, with a mapping that may not be saved yet. Records nothing, and touches no file. */
import { mostTriedTickets, type Settings, type TriedTicket } from '../../../shared/api.ts';
import { shownNumber } from '../../../shared/job-number.ts';
import type { MappingGaps, Ticket } from '../../../shared/ticket.ts';
import { type Language, sentence } from '../../../shared/words/say.ts';
import { checkSettings } from './check-settings.ts';
import type { RouterParts } from './router.ts';

type Asked = {
  readonly name: string;
  readonly content: string;
  readonly xmlMapping?: Settings['xmlMapping'] | undefined;
  readonly timeZone?: string | undefined;
};

function shownTicket(ticket: Ticket, jobId: number | null): TriedTicket['tickets'][number] {
  const { title, product, quantity, customer, files, dueAt, startAt, submitted, approval, fulfilment, priority, notes, attributes } =
    ticket;
  return {
    number: shownNumber(ticket.order, ticket.job),
    jobId,
    title: title ?? null,
    product: product ?? null,
    quantity: quantity ?? null,
    customer: customer ?? null,
    files,
    dueAt: dueAt ?? null,
    dueDayOnly: ticket.dueDayOnly ?? false,
    startAt: startAt ?? null,
    startDayOnly: ticket.startDayOnly ?? false,
    submitted: submitted ?? null,
    approval: approval ?? null,
    fulfilment: fulfilment ?? null,
    priority: priority ?? null,
    notes: notes ?? null,
    attributes,
  };
}

function copyOf({ notFound, unread, places }: MappingGaps): NonNullable<TriedTicket['gaps']> {
  return { notFound: [...notFound], unread: [...unread], places: [...places] };
}

export async function tryTicket({ store, readTicket }: RouterParts, asked: Asked, language: Language): Promise<TriedTicket> {
  const saved = await store.read.settings();
  const { name, content, xmlMapping = saved.xmlMapping, timeZone = saved.timeZone } = asked;
  checkSettings({ xmlMapping, timeZone });
  const read = await readTicket(name, Buffer.from(content, 'base64'), { xmlMapping, timeZone });
  const gaps = read.gaps === undefined ? {} : { gaps: copyOf(read.gaps) };
  if (!read.ok) {
    const { code: reasonCode, said: details } = read;
    return { ok: false, reasonCode, detail: sentence(language, details), details, readAs: null, count: 0, ...gaps, tickets: [] };
  }
  const tickets = [];
  for (const ticket of read.tickets.slice(0, mostTriedTickets))
    tickets.push(shownTicket(ticket, (await store.read.jobByNumber(ticket.order, ticket.job))?.id ?? null));
  return { ok: true, reasonCode: null, detail: null, details: null, readAs: read.readAs, count: read.tickets.length, ...gaps, tickets };
}
