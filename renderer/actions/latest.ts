/** What this screen did last, and what of it can be taken back. Pure. */
import type { Done, Wish } from '../wishes/wish.ts';

/** So long the press offers to take back what was just done. */
const offeredMs = 60_000;

type Answers = Readonly<Record<number, Done>>;
export type Latest = { readonly jobId: number; readonly answer: Done };

/** A page is open for weeks: what was done is remembered of so many jobs, of those acted on last. */
const mostDone = 200;

/** With one answer more. */
export function withAnswer(answers: Answers, jobId: number, answer: Done): Answers {
  const all = { ...answers, [jobId]: answer };
  const done = Object.entries(all);
  if (done.length <= mostDone) return all;
  const oldest = done.toSorted(([, one], [, other]) => one.at - other.at).slice(0, done.length - mostDone);
  const gone = new Set(oldest.map(([id]) => id));
  return Object.fromEntries(Object.entries(all).filter(([id]) => !gone.has(id)));
}

/** The latest answer of this screen, whichever job it was for; null when it is too long ago to offer anything. */
export function latestAnswer(answers: Answers, now: number): Latest | null {
  const latest = Object.entries(answers).reduce<Latest | null>(
    (last, [id, answer]) => (last === null || answer.at >= last.answer.at ? { jobId: Number(id), answer } : last),
    null,
  );
  return latest !== null && now - latest.answer.at < offeredMs ? latest : null;
}

/** What was refused and nobody has taken note of yet, oldest first. */
export function refusedIn(wishes: readonly Wish[]): readonly Wish[] {
  return wishes.filter(({ state }) => state.kind === 'refused');
}

/** The event that taking back this answer names; null where there is nothing to take back. */
export function undoableSeq(answer: Done): number | null {
  return !answer.already && answer.call.kind === 'status' && answer.event !== null ? answer.event.seq : null;
}
