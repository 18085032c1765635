/**
 * Under which statuses a job is counted: its headline, and what can never be one on the track where it stands. That a printed job was once ordered is
 * true, and tells nobody how many orders wait. Pure.
 */
import type { StatusCode } from '../status.ts';
import { isHeadline, type JobState } from './state.ts';

export function countedUnder({ status, tracks }: Pick<JobState, 'status' | 'tracks'>): ReadonlySet<StatusCode> {
  const beside = Object.values(tracks).flatMap(({ code }) => (isHeadline(code) ? [] : [code]));
  return new Set([status, ...beside]);
}
