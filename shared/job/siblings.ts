/** What the approval of one job says of the others of its order: some are approved, some still wait. Pure. */
import type { NewEvent } from '../event.ts';
import type { StatusCode } from '../status.ts';
import { type Said, said } from '../words/say.ts';
import type { Other, Sibling } from './decide.ts';
import { inHistory } from './in-history.ts';
import { engine } from './mover.ts';
import type { JobState } from './state.ts';
import { afterwards, workOf } from './work.ts';

/** What became of the approval of a job; null where nothing did. */
export type ApprovalChange = 'given' | 'void' | null;

export function approvalChange(before: JobState, after: JobState): ApprovalChange {
  const [was, is] = [before, after].map(({ tracks }) => tracks.review?.code === 'Approved');
  if (was === is) return null;
  return is ? 'given' : 'void';
}

export function tellSiblings(siblings: readonly Sibling[], change: ApprovalChange, now: number): Other[] {
  const tell = (from: StatusCode, code: StatusCode, words: Said): Other[] =>
    siblings
      .filter(({ state }) => state.tracks.review?.code === from)
      .map((sibling) => {
        const events: NewEvent[] = [{ code, at: now, actor: engine.actor, ...inHistory(words) }];
        const work = workOf(sibling, sibling.state, afterwards(sibling.state, events), true);
        return { jobId: sibling.id, events, work };
      });
  if (change === 'given') return tell('AwaitingApproval', 'PartiallyApproved', said('history.siblingApproved'));
  if (change === 'void' && !siblings.some(({ state }) => state.tracks.review?.code === 'Approved'))
    return tell('PartiallyApproved', 'AwaitingApproval', said('history.siblingNotApproved'));
  return [];
}
