/** What a screen remembers of what it did. */
import { expect, it } from 'vitest';
import { withAnswer } from '../../renderer/actions/latest.ts';
import type { Answer } from '../../renderer/intention.ts';
import type { Problem } from '../../shared/api.ts';

const of = { number: '1', actionId: 'a', call: { kind: 'status', code: 'Printed' } } as const;
const problem: Problem = { code: 'NOT_NOW', message: 'Not now.', whatToDo: 'Wait.' };
const done = (at: number): Answer => ({ kind: 'done', ...of, event: null, job: null, already: false, at });

it('lets go of what was done long ago by a page that is open for weeks, and never of a refusal that nobody has noted', () => {
  const none: Readonly<Record<number, Answer>> = { 5000: { kind: 'refused', ...of, problem, at: 0 } };
  // The job with the highest number was acted on first.
  const ids = Array.from({ length: 1000 }, (_, at) => 1000 - at);
  const answers = ids.reduce((all, id, at) => withAnswer(all, id, done(at + 1)), none);
  expect(answers[5000]?.kind).toBe('refused');
  expect(Object.keys(answers)).toHaveLength(201);
  expect([answers[1], answers[1000]]).toEqual([done(1000), undefined]);
});
