/**
 * The drafts of one file, seen together: jobs without a number are counted within their order, and what is said of one job in several
 * rows becomes one draft. Rows that contradict each other are refused, since nobody knows which of them is right.
 */

import { shownNumber } from '../../../../shared/job-number.ts';
import { said } from '../../../../shared/words/say.ts';
import { type Draft, fillField } from './draft.ts';
import { at, quote, TicketFault } from './fault.ts';
import { placeIn, twoWays } from './sentences.ts';

const longestText = 1000;

/** Where no job of an order has a number, its drafts are its jobs in their order; where some have, all must. */
export function numberJobs(drafts: readonly Draft[]): void {
  for (const sameOrder of Map.groupBy(drafts, orderOf).values()) {
    const without = sameOrder.find((draft) => !draft.fields.has('job'));
    if (without === undefined) continue;
    const having = sameOrder.find((draft) => draft.fields.has('job'));
    if (having !== undefined)
      throw new TicketFault(
        'BrokenTicket',
        at(
          without.where,
          said('tickets.jobWithoutNumber', {
            place: placeIn(without.places, 'job'),
            order: quote(orderOf(without)),
            where: having.where,
          }),
        ),
      );
    for (const [index, draft] of sameOrder.entries()) {
      fillField(draft, 'job', String(index + 1));
      draft.counted = true;
    }
  }
}

/** One draft a job: files add up, notes and attributes that differ stand side by side. @throws TicketFault for rows that contradict each other */
export function joinDrafts(drafts: readonly Draft[]): Draft[] {
  const jobs = Map.groupBy(drafts, (draft) => `${orderOf(draft)}\n${String(draft.fields.get('job') ?? '')}`);
  return [...jobs.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    for (const other of others) joinInto(first, other);
    return [first];
  });
}

function orderOf({ fields }: Draft): string {
  return String(fields.get('order') ?? '');
}

/** What each row of a job may say in its own words. */
const perRow: ReadonlySet<string> = new Set(['title', 'product']);

function joinInto(job: Draft, row: Draft): void {
  job.files.push(...row.files);
  for (const [field, value] of row.fields) {
    const stands = job.fields.get(field);
    if (stands === undefined) job.fields.set(field, value);
    else if (field === 'notes') job.fields.set(field, beside(String(stands), String(value), '\n'));
    else if (stands !== value && !perRow.has(field)) throw contradiction(job, row, field, String(stands), String(value));
  }
  for (const [field, value] of row.customer) {
    const stands = job.customer.get(field);
    if (stands === undefined) job.customer.set(field, value);
    else if (stands !== value) throw contradiction(job, row, `customer.${field}`, stands, value);
  }
  for (const [name, value] of row.attributes) {
    const stands = job.attributes.get(name);
    job.attributes.set(name, stands === undefined ? value : beside(stands, value, ' | '));
  }
}

function beside(stands: string, value: string, sign: string): string {
  if (stands.length + value.length > longestText || stands.split(sign).includes(value)) return stands;
  return `${stands}${sign}${value}`;
}

function contradiction(job: Draft, row: Draft, field: string, one: string, other: string): TicketFault {
  const number = shownNumber(orderOf(job), String(job.fields.get('job') ?? ''));
  const [before, now] = twoWays(field, one, other);
  return new TicketFault(
    'BrokenTicket',
    at(
      row.where,
      said('tickets.contradiction', { field, number: quote(number), now, place: placeIn(row.places, field), before, where: job.where }),
    ),
  );
}
