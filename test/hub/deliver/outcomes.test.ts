import { describe, expect, it } from 'vitest';
import { type Absence, concludeOutcome, type Found, type OutcomeLook, outcomePathsOf } from '../../../electron/hub/deliver/outcomes.ts';
import type { DeliveryRow } from '../../../electron/hub/store/store.ts';

const delivery: DeliveryRow = {
  id: 1,
  jobId: 1,
  fileId: 1,
  hotFolderId: 1,
  placeId: 1,
  outcome: null,
  wished: false,
  name: 'a.pdf',
  size: 9,
  sha256: 'x',
  state: 'delivered',
  send: 1,
  tries: 0,
  reasonCode: null,
  raw: null,
  nextTryAt: null,
  mark: '{"ino":5,"ctimeMs":1}',
  priority: 0,
  createdAt: 10_000,
  deliveredAt: 10_500,
};
const nothing: OutcomeLook = { lying: new Set<string>(), working: [], done: [], failed: [] };
const found = (change: Partial<Found>): Found => ({ folderPath: '/done', name: 'a.pdf', ino: '99', mtimeMs: 11_000, ...change });
const times = { now: 20_000, monotonicMs: 5000, takenAfterMs: 2000, lyingAfterMs: 60_000 };
const conclude = (look: Partial<OutcomeLook>, before?: Absence, row = delivery) =>
  concludeOutcome(row, { ...nothing, ...look }, before, times).kind;

describe('what became of a delivered file', () => {
  it('lies there as long as its name is there', () => {
    expect(concludeOutcome(delivery, { ...nothing, lying: new Set(['a.pdf']) }, undefined, times)).toEqual({
      kind: 'lyingThere',
      tooLong: false,
    });
    expect(concludeOutcome(delivery, { ...nothing, lying: new Set(['a.pdf']) }, undefined, { ...times, now: 71_000 })).toEqual({
      kind: 'lyingThere',
      tooLong: true,
    });
  });
  it('is taken only after two looks and the time asked for', () => {
    expect(conclude({})).toBe('absent');
    expect(conclude({}, { sinceMs: 4000, looks: 1 })).toBe('absent');
    expect(conclude({}, { sinceMs: 3000, looks: 1 })).toBe('taken');
  });
  it('is printed when the very file lies in done, however old its time', () => {
    expect(conclude({ done: [found({ ino: '5', mtimeMs: 1 })] })).toBe('printed');
  });
  it('is printed when a copy of its name was written to done since', () => {
    expect(conclude({ done: [found({})] })).toBe('printed');
  });
  it('is not printed because a file of an earlier send still lies in done', () => {
    expect(conclude({ done: [found({ mtimeMs: 9000 })] })).toBe('absent');
  });
  it('is refused when it lies in failed, even if it lies in done too', () => {
    expect(conclude({ failed: [found({ ino: '5' })], done: [found({})] })).toBe('refused');
  });
  it('is taken at once when the printer works on it', () => {
    expect(conclude({ working: [found({ ino: '5' })] })).toBe('taken');
    expect(conclude({ working: [found({ ino: '5' })] }, undefined, { ...delivery, state: 'taken' })).toBe('absent');
  });
});

describe('outcome folders', () => {
  it('are looked for below the hot folder or where a full path says', () => {
    expect(outcomePathsOf({ path: '/hot', outcome: { kind: 'named', done: 'ready', failed: '/other/bad' } })).toEqual({
      working: [],
      done: ['/hot/ready'],
      failed: ['/other/bad'],
    });
    expect(outcomePathsOf({ path: '/hot', outcome: { kind: 'kodak' } }).done).toEqual(['/hot/Input_Success', '/hot/Input_Warning']);
  });
});
