/** What this screen did last, and what of it can be taken back. Pure. */
import type { Answer } from '../intention.ts';

/** So long the press offers to take back what was just done. */
const offeredMs = 60_000;

type Answers = Readonly<Record<number, Answer>>;
export type Latest = { readonly jobId: number; readonly answer: Answer };

/** The latest answer of this screen, whichever job it was for; null when it is too long ago to offer anything. */
export function latestAnswer(answers: Answers, now: number): Latest | null {
  const latest = Object.entries(answers).reduce<Latest | null>(
    (last, [id, answer]) => (last === null || answer.at >= last.answer.at ? { jobId: Number(id), answer } : last),
    null,
  );
  return latest !== null && now - latest.answer.at < offeredMs ? latest : null;
}

/** What was refused and nobody has taken note of yet, oldest first. */
export function refusedAnswers(answers: Answers): readonly Latest[] {
  return Object.entries(answers)
    .map(([id, answer]) => ({ jobId: Number(id), answer }))
    .filter(({ answer }) => answer.kind === 'refused')
    .sort((a, b) => a.answer.at - b.answer.at);
}

/** The event that taking back this answer names; null where there is nothing to take back. */
export function undoableSeq(answer: Answer): number | null {
  return answer.kind === 'done' && !answer.already && answer.call.kind === 'status' && answer.event !== null ? answer.event.seq : null;
}
