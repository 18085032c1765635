/** What a screen remembers of what it did. */
import { expect, it } from 'vitest';
import { withAnswer } from '../../renderer/actions/latest.ts';
import type { Done } from '../../renderer/wishes/wish.ts';

const of = { number: '1', actionId: 'a', call: { kind: 'status', code: 'Printed' } } as const;
const done = (at: number): Done => ({ ...of, event: null, job: null, already: false, at });

it('lets go of what was done long ago by a page that is open for weeks', () => {
  // The job with the highest number was acted on first.
  const ids = Array.from({ length: 1000 }, (_, at) => 1000 - at);
  const answers = ids.reduce<Readonly<Record<number, Done>>>((all, id, at) => withAnswer(all, id, done(at + 1)), {});
  expect(Object.keys(answers)).toHaveLength(200);
  expect([answers[1], answers[1000]]).toEqual([done(1000), undefined]);
});
