/**
 * When the shop works, as its settings say. The record knows due times alone, and when a job must be ready is
 * said as it is told: so another calendar holds at once for every job, and nothing is written for it.
 */
import type { Job } from '../../../shared/job.ts';
import { alwaysOpen, type ShopHours, shopHours } from '../../../shared/work-calendar.ts';
import type { Store } from '../store/store.ts';
import { type FromSettings, fromSettings } from './from-settings.ts';

export type Hours = FromSettings<ShopHours>;

/** A shop that is always open. */
export const neverClosed: Hours = {
  now: () => shopHours(alwaysOpen, 'UTC'),
  current: () => Promise.resolve(),
  stop: () => undefined,
};

export function startHours(store: Pick<Store, 'read' | 'onChange'>): Promise<Hours> {
  return fromSettings(store, ({ calendar, timeZone }) => shopHours(calendar, timeZone));
}

/** The job with when it must be ready. */
export function withReadyBy(job: Job, { readyBy }: ShopHours): Job {
  return { ...job, readyBy: job.dueAt === null ? null : new Date(readyBy(Date.parse(job.dueAt))).toISOString() };
}
