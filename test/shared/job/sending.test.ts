/** A job of several files of which some have gone: a word for the whole job is true of a part only. */
import { expect, it } from 'vitest';
import type { DeliveryState } from '../../../shared/delivery.ts';
import { objections } from '../../../shared/job/may-say.ts';
import { stillToGo } from '../../../shared/job/sending.ts';
import { type JobState, standingSchema } from '../../../shared/job/state.ts';

const files = [1, 2].map((id) => ({ id, current: true }));
const deliveries = (...states: DeliveryState[]) => states.map((state, index) => ({ fileId: index + 1, state, tries: 0 }));

it.each([
  ['both wait', ['waiting', 'waiting'], []],
  ['one lies there', ['delivered', 'waiting'], [2]],
  ['one is just being handed over', ['publishing', 'waiting'], [1, 2]],
  ['both are just being handed over', ['publishing', 'publishing'], []],
  ['both went', ['taken', 'delivered'], []],
] as const)('%s', (_, states, left) => {
  expect(stillToGo(files, deliveries(...states)).map(({ id }) => id)).toEqual(left);
});

it('InProduction asks while one file is just being handed over, and not beside one that lies at the printer', () => {
  const standing = { code: 'InHotFolder', custom: null, at: '2026-11-24T12:00:00.000Z', seq: 2, actor: 'system' };
  const lies: Pick<JobState, 'tracks'> = {
    tracks: { production: standingSchema.parse({ ...standing, reason: null, reasonCode: null, raw: null }) },
  };
  const asks = (state: Pick<JobState, 'tracks'>): boolean =>
    objections(
      { state, startAt: null, missing: [], isPartlySent: true },
      { code: 'InProduction', custom: null, now: 0 },
      { kind: 'person', isAdmin: true, actor: 'admin', station: null },
    ).includes('notAllSent');
  expect(asks({ tracks: {} })).toBe(true);
  expect(asks(lies)).toBe(false);
});
