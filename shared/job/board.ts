/**
 * The order of the departure board: what stops, what needs somebody, what is late, what is due next, what waits to be collected, and at the end what is
 * finished; and the orders by column. The hub sorts by the same keys as the screens. By the due time it sorts by what must be ready first as well: the work
 * calendar never turns two of them round (`readyBy` of shared/work-calendar.ts). Pure.
 */
import { withoutAddresses } from '../contact.ts';
import { notTyped } from '../job-number.ts';
import { type Stage, stageNames } from '../status.ts';
import { signOf, urgencyOf } from './urgency.ts';

/** From the top of the board down. Stored with each job: whoever changes what they mean writes them anew, as migration 15 did. */
export const boardPlaces = { mayGoWrong: 0, mayDouble: 1, stops: 2, needsSomebody: 3, inWork: 4, toCollect: 5, finished: 6 } as const;
type BoardPlace = (typeof boardPlaces)[keyof typeof boardPlaces];

type Placed = { readonly stage: Stage; readonly attention: readonly { readonly code: string }[] };

const finishedStages: readonly Stage[] = ['shipped', 'done'];

/** What is told first of a job places it. */
export function placeOnBoard({ stage, attention: [first] }: Placed): BoardPlace {
  if (first !== undefined) {
    if (signOf(first) === 'attention') return boardPlaces.needsSomebody;
    return ([boardPlaces.mayGoWrong, boardPlaces.mayDouble] as const)[urgencyOf(first)] ?? boardPlaces.stops;
  }
  if (finishedStages.includes(stage)) return boardPlaces.finished;
  return stage === 'collection' ? boardPlaces.toCollect : boardPlaces.inWork;
}

/** A place has room for every moment; what is due at no time comes after all that is, and what is finished is due no more. */
const placeSize = 1e15;
export const noDue = 9e14;

/** The smallest key of a place: due moments may lie before 1970, though not that far. */
export function firstKeyOf(place: number): number {
  return place * placeSize - 9e13;
}

/** In SQL it is said the same way (the store's board-key.ts). */
export function boardKey(place: number, dueAt: number | null): number {
  return place * placeSize + (place === boardPlaces.finished || dueAt === null ? noDue : dueAt);
}

const columnOrders = ['number', 'title', 'customer', 'quantity', 'due', 'status', 'hotFolder'] as const;
/** `urgent`: the board. `newest`, `oldest`: as they came. */
export const jobOrders = ['newest', 'oldest', 'urgent', ...columnOrders] as const;
export type JobOrder = (typeof jobOrders)[number];

export type SortKey = number | string | null;

/** What of a job is sorted by. */
export type Sortable = Placed & {
  readonly number: string;
  readonly title: string;
  readonly customer: { readonly name?: string | null | undefined; readonly company?: string | null | undefined } | null;
  readonly quantity: number | null;
  readonly dueAt: string | null;
  readonly statusAt: string | null;
  readonly hotFolder: string | null;
};

/** Letters without their marks, and numbers by what they count: "Nr. 9" before "Nr. 10". */
function textKey(text: string | null | undefined): string | null {
  if (text == null || text === '') return null;
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/\d+/g, (digits) => digits.replace(/^0+(?=\d)/, '').padStart(12, '0'))
    .slice(0, 100);
}

/** By whom a shop knows the customer. */
export function shownCustomer(customer: Sortable['customer']): string | null {
  return customer?.company || customer?.name || null;
}

function timeOf(at: string | null): number | null {
  return at === null ? null : Date.parse(at);
}

/** Smaller comes first; null comes last, whichever way it is sorted. */
export function sortKey(job: Sortable, order: JobOrder): SortKey {
  switch (order) {
    case 'newest':
    case 'oldest':
      return 0;
    case 'urgent':
      return boardKey(placeOnBoard(job), timeOf(job.dueAt));
    case 'number':
    case 'title':
    case 'hotFolder':
      return textKey(job[order]);
    case 'customer':
      // The place in a list, and the cursor that keeps it, tell an address as well as the name would.
      return textKey(withoutAddresses(shownCustomer(job.customer) ?? ''));
    case 'quantity':
      return job.quantity;
    case 'due':
      return timeOf(job.dueAt);
    case 'status':
      return `${String(stageNames.indexOf(job.stage)).padStart(2, '0')} ${job.statusAt ?? ''}`;
  }
}

/** Where a job stands in a sorted list. `rank`: of one whose very number is searched for, before whatever it is sorted by (`numberRank`). */
export type Spot = { readonly key: SortKey; readonly id: number; readonly rank?: number };

/** Of equals the newest comes first. */
export function compareSpots(a: Spot, b: Spot, reverse: boolean): number {
  const ranks = (a.rank ?? notTyped) - (b.rank ?? notTyped);
  if (ranks !== 0) return ranks;
  if (a.key === null || b.key === null) {
    if (a.key !== b.key) return a.key === null ? 1 : -1;
    return b.id - a.id;
  }
  const ways = reverse ? -1 : 1;
  if (a.key === b.key) return ways * (b.id - a.id);
  return ways * (a.key < b.key ? -1 : 1);
}

export function isReversed(order: JobOrder, reverse: boolean | undefined): boolean {
  return (order === 'oldest') !== (reverse === true);
}
