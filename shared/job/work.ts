/** What follows from a change of state: deliveries held, released, cancelled, planned, and the day a future order starts. Pure. */
import type { NewEvent } from '../event.ts';
import { statusEntry } from '../status.ts';
import { said } from '../words/say.ts';
import type { OrderFacts, Work } from './decide.ts';
import { inHistory } from './in-history.ts';
import { endsWishes, mayBeDelivered } from './may-be-delivered.ts';
import { engine } from './mover.ts';
import { applyEvent, type JobState } from './state.ts';

/** The state once these are recorded. */
export function afterwards(state: JobState, events: readonly NewEvent[]): JobState {
  const last = Math.max(state.statusSeq, state.stageSeq, ...Object.values(state.tracks).map((standing) => standing.seq));
  return events.reduce((now, { code, actor, at, custom = null, reason = null, data = {} }, index) => {
    const iso = new Date(at).toISOString();
    const { track } = statusEntry(code);
    return applyEvent(now, {
      seq: last + 1 + index,
      jobId: 0,
      code,
      track,
      custom,
      at: iso,
      actor,
      station: null,
      reason,
      data,
      undoes: null,
    });
  }, state);
}

/** What an approval or the clock turns into an order for production, or into one for later. */
export function comeTrue({ tracks }: JobState, startAt: number | null, now: number): NewEvent[] {
  const { intake, review } = tracks;
  const isLater = startAt !== null && startAt > now;
  const { actor } = engine;
  if (intake?.code === 'UnapprovedOrder' && review?.code === 'Approved')
    return [{ code: isLater ? 'FutureOrder' : 'Ordered', at: now, actor, ...inHistory(said('history.wasApproved')) }];
  if (intake?.code === 'FutureOrder' && startAt !== null && !isLater)
    return [{ code: 'Ordered', at: now, actor, ...inHistory(said('history.dateCame')) }];
  return [];
}

/** `always`: plan also when nothing that matters changed, since a rule, a folder or a file may have. */
export function workOf(
  { missing, startAt }: Pick<OrderFacts, 'missing' | 'startAt'>,
  before: JobState,
  after: JobState,
  always: boolean,
): Work[] {
  const [autoBefore, autoAfter] = [before, after].map((state) => mayBeDelivered({ state, missing }, false));
  const [hardBefore, hardAfter] = [before, after].map((state) => mayBeDelivered({ state, missing }, true));
  const work: Work[] = [];
  if (endsWishes(before, after)) work.push({ kind: 'endWishes' });
  if (autoAfter?.ok === false && autoAfter.why === 'sendByHand') {
    work.push({ kind: 'cancelDeliveries' });
    // Nothing is sent, but a file that is new is asked about.
    if (always) work.push({ kind: 'planDeliveries' });
  } else if (work.length > 0 || (autoBefore?.ok && !autoAfter?.ok) || (hardBefore?.ok && !hardAfter?.ok))
    work.push({ kind: 'holdDeliveries' });
  if (autoAfter?.ok) {
    // What it waited for may have come to the job without any word in its state: a file that its ticket named.
    if (!autoBefore?.ok || always) work.push({ kind: 'releaseDeliveries' }, { kind: 'planDeliveries' });
  }
  if (after.tracks.intake?.code === 'FutureOrder' && startAt !== null) work.push({ kind: 'startAt', at: startAt });
  return work;
}
