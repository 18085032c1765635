/** What the approval of one job says of the others of its order: some are approved, some still wait. Pure. */
import type { NewEvent } from '../event.ts';
import type { StatusCode } from '../status.ts';
import type { Other, Sibling } from './decide.ts';
import { engine } from './mover.ts';
import type { JobState } from './state.ts';

export function tellSiblings(siblings: readonly Sibling[], before: JobState, after: JobState, now: number): Other[] {
  const tell = (from: StatusCode, to: StatusCode, reason: string): Other[] =>
    siblings
      .filter(({ review }) => review === from)
      .map(({ id }) => ({ jobId: id, events: [{ code: to, at: now, actor: engine.actor, reason } satisfies NewEvent] }));
  const [was, is] = [before, after].map(({ tracks }) => tracks.review?.code === 'Approved');
  if (!was && is) return tell('AwaitingApproval', 'PartiallyApproved', 'Another job of the order is approved; this one still waits.');
  if (was && !is && !siblings.some(({ review }) => review === 'Approved'))
    return tell('PartiallyApproved', 'AwaitingApproval', 'The approval of the other job was taken back.');
  return [];
}
