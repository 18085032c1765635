/**
 * How large one job may become, whoever adds to it and in however many pieces: it is read whole in every list, at every ticket and for every file that may be its.
 * Only growth is refused, so that what an earlier version let in goes on. Pure.
 */

import { nameKey } from '../../../shared/name-key.ts';
import { mostOfJob, type Ticket } from '../../../shared/ticket.ts';
import { said } from '../../../shared/words/say.ts';
import { Refusal } from '../parts.ts';
import type { JobRow } from '../store/store.ts';

const called = {
  names: 'refusals.tooManyNames',
  attributes: 'refusals.tooManyAttributes',
  files: 'refusals.tooManyFiles',
  deliveries: 'refusals.tooManyDeliveries',
} as const;

function tooLarge(number: string, what: keyof typeof mostOfJob): Refusal {
  const words = said(called[what], { number, most: mostOfJob[what], todo: said('reasons.JobTooLarge.todo') });
  return new Refusal('NOT_NOW', words, { reasonCode: 'JobTooLarge' });
}

type Size = { readonly [what in keyof typeof mostOfJob]?: number };

function refuseGrowth(number: string, before: Size, after: Size): void {
  for (const what of ['names', 'attributes', 'files', 'deliveries'] as const) {
    const size = after[what] ?? 0;
    if (size > mostOfJob[what] && size > (before[what] ?? 0)) throw tooLarge(number, what);
  }
}

/** @throws Refusal `JobTooLarge` where the job would grow too large by a ticket, or by the jobs whose files become its */
export function refuseTooLarge(job: JobRow | null, ticket: Ticket, joining: readonly JobRow[]): void {
  if (job === null && joining.length === 0) return;
  const all = [...(job === null ? [] : [job]), ...joining];
  const before = sizeOf(job);
  refuseGrowth(job?.number ?? ticket.order, before, {
    names: new Set([...(job?.ticketFiles ?? []), ...ticket.files].map(nameKey)).size,
    attributes: Object.keys({ ...job?.attributes, ...ticket.attributes }).length,
    files: all.reduce((sum, { files }) => sum + files.length, 0),
    // Each ticket may send its files elsewhere.
    deliveries: all.reduce((sum, { deliveries }) => sum + deliveries.length, before.deliveries === 0 ? 0 : 1),
  });
}

function sizeOf(job: JobRow | null): Required<Size> {
  return {
    names: job?.ticketFiles.length ?? 0,
    attributes: Object.keys(job?.attributes ?? {}).length,
    files: job?.files.length ?? 0,
    deliveries: job?.deliveries.length ?? 0,
  };
}

/** @throws Refusal `JobTooLarge` where the job has as many files as one may have */
export function refuseOneMore(number: string, files: readonly unknown[]): void {
  refuseGrowth(number, {}, { files: files.length + 1 });
}

/** @throws Refusal `JobTooLarge` where the job was sent as often as one may be */
export function refuseMoreSends(number: string, deliveries: readonly unknown[], more: number): void {
  refuseGrowth(number, {}, { deliveries: deliveries.length + more });
}
