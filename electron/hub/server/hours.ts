/**
 * When the shop works, as its settings say; read anew whenever they change, whoever changes them. The record knows due times alone, and when a job must be ready is
 * said as it is told: so another calendar holds at once for every job, and nothing is written for it.
 */
import type { Job } from '../../../shared/job.ts';
import { alwaysOpen, type ShopHours, shopHours } from '../../../shared/work-calendar.ts';
import type { Store } from '../store/store.ts';

export type Hours = {
  now(): ShopHours;
  /** Resolves when what is in the settings by now is what holds. */
  current(): Promise<void>;
  stop(): void;
};

/** A shop that is always open. */
export const neverClosed: Hours = {
  now: () => shopHours(alwaysOpen, 'UTC'),
  current: () => Promise.resolve(),
  stop: () => undefined,
};

export async function startHours({ read, onChange }: Pick<Store, 'read' | 'onChange'>): Promise<Hours> {
  const look = async (): Promise<ShopHours> => {
    const { calendar, timeZone } = await read.settings();
    return shopHours(calendar, timeZone);
  };
  let hours = await look();
  let reading = Promise.resolve();
  const lookAgain = async (): Promise<void> => {
    try {
      hours = await look();
    } catch {
      // What cannot be read now has been read before.
    }
  };
  const stop = onChange(({ settings }) => {
    if (settings) reading = reading.then(lookAgain);
  });
  return { now: () => hours, current: () => reading, stop };
}

/** The job with when it must be ready. */
export function withReadyBy(job: Job, { readyBy }: ShopHours): Job {
  return { ...job, readyBy: job.dueAt === null ? null : new Date(readyBy(Date.parse(job.dueAt))).toISOString() };
}
