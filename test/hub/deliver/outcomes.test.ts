import { describe, expect, it } from 'vitest';
import {
  type Absence,
  concludeOutcome,
  type Found,
  filesToHash,
  matchOutcomes,
  type OutcomeLook,
  outcomePathsOf,
} from '../../../electron/hub/deliver/outcomes.ts';
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
  mark: '{"ino":"5","ctimeMs":1,"before":[]}',
  priority: 0,
  createdAt: 10_000,
  deliveredAt: 10_500,
};
const nothing: OutcomeLook = { working: [], done: [], failed: [] };
/** By default a copy: another file, with the name and the size. */
const found = (change: Partial<Found>): Found => ({ folderPath: '/done', name: 'a.pdf', ino: '99', size: 9, ...change });
const times = { lyingMs: 10_000, monotonicMs: 5000, takenAfterMs: 2000, lyingAfterMs: 60_000 };
type Case = { lies?: boolean; before?: Absence; row?: DeliveryRow; hash?: string };
const conclude = (look: Partial<OutcomeLook>, { lies = false, before, row = delivery, hash = 'other' }: Case = {}) => {
  const outcomes = matchOutcomes([row], { ...nothing, ...look }, () => hash);
  return concludeOutcome(row, outcomes.get(row.id), lies, before, times).kind;
};

describe('an id that the disk has given to a second copy', () => {
  const mark = (ino: string, ctimeMs: number, before: readonly string[]) => JSON.stringify({ ino, ctimeMs, before });
  const unsure: DeliveryRow = { ...delivery, id: 2, name: 'b.pdf', state: 'uncertain', deliveredAt: null, mark: mark('5', 1, []) };

  it('is that of the copy made last, also where its delivery was planned first', () => {
    const again: DeliveryRow = { ...delivery, mark: mark('5', 20, []) };
    const look = { ...nothing, done: [found({ ino: '5' })] };
    expect([...matchOutcomes([again, unsure], look, () => null).keys()]).toEqual([1]);
  });
  it('says nothing of a delivery that it is known to have nothing to do with', () => {
    const row: DeliveryRow = { ...unsure, mark: mark('5', 1, ['5']) };
    expect(conclude({ done: [found({ ino: '5' })] }, { row })).not.toBe('printed');
    expect(conclude({ done: [found({ ino: '5' })] }, { row: unsure })).toBe('printed');
  });
});

describe('what became of a delivered file', () => {
  it('lies there as long as its name is there', () => {
    expect(concludeOutcome(delivery, undefined, true, undefined, times)).toEqual({ kind: 'lyingThere', tooLong: false });
    expect(concludeOutcome(delivery, undefined, true, undefined, { ...times, lyingMs: 60_000 })).toEqual({
      kind: 'lyingThere',
      tooLong: true,
    });
  });
  it('is taken only after two looks and the time asked for', () => {
    expect(conclude({})).toBe('absent');
    expect(conclude({}, { before: { sinceMs: 4000, looks: 1 } })).toBe('absent');
    expect(conclude({}, { before: { sinceMs: 3000, looks: 1 } })).toBe('taken');
  });
  it('is printed when the very file lies in done, whatever the printer named it', () => {
    expect(conclude({ done: [found({ ino: '5' })] })).toBe('printed');
    expect(conclude({ done: [found({ ino: '5', name: '20261125T191500 a.pdf' })] })).toBe('printed');
    expect(conclude({ failed: [found({ ino: '5', name: 'a_1.pdf' })] })).toBe('refused');
  });
  it('is printed when a copy of its content or its name came to done since, whatever time it shows', () => {
    expect(conclude({ done: [found({ name: 'a_1.pdf' })] }, { hash: 'x' })).toBe('printed');
    expect(conclude({ done: [found({ size: 1000 })] })).toBe('printed');
    expect(conclude({ done: [found({ name: 'A.PDF' })] })).toBe('printed');
  });
  it('is not printed because a file of an earlier send still lies in done', () => {
    const row = { ...delivery, mark: '{"ino":"5","ctimeMs":1,"before":["99"]}' };
    expect(conclude({ done: [found({})] }, { row, hash: 'x' })).toBe('absent');
  });
  it('is not printed because another file of its size or with its id given anew lies in done', () => {
    expect(conclude({ done: [found({ name: 'b.pdf' })] })).toBe('absent');
    expect(conclude({ done: [found({ name: 'b.pdf', ino: '5', size: 10 })] })).toBe('absent');
  });
  it('is told by the very file alone where nobody looked before it was delivered', () => {
    const row = { ...delivery, mark: '{"ino":5,"ctimeMs":1}' };
    expect(conclude({ done: [found({})] }, { row, hash: 'x' })).toBe('absent');
    expect(conclude({ done: [found({ ino: '5' })] }, { row })).toBe('printed');
  });
  it('is refused when it lies in failed, even if a copy lies in done too', () => {
    expect(conclude({ failed: [found({ ino: '5' })], done: [found({})] })).toBe('refused');
  });
  it('is taken at once when the printer works on it', () => {
    expect(conclude({ working: [found({ ino: '5' })] })).toBe('taken');
    expect(conclude({ working: [found({ ino: '5' })] }, { row: { ...delivery, state: 'taken' } })).toBe('nothingNew');
  });
  it('that was taken or went out of sight is believed printed once it lies in done', () => {
    for (const state of ['taken', 'uncertain'] as const) {
      expect(conclude({ done: [found({ ino: '5' })] }, { row: { ...delivery, state } })).toBe('printed');
      expect(conclude({}, { row: { ...delivery, state }, before: { sinceMs: 0, looks: 9 } })).toBe('nothingNew');
    }
  });
});

describe('two sends of one content', () => {
  const first: DeliveryRow = { ...delivery, mark: '{"ino":"5","ctimeMs":1,"before":[]}' };
  const second: DeliveryRow = { ...first, id: 2, send: 2, mark: '{"ino":"6","ctimeMs":1,"before":[]}' };
  const owners = (look: Partial<OutcomeLook>) => [...matchOutcomes([second, first], { ...nothing, ...look }, () => 'x').keys()];

  it('share no file: one copy in done is the older one', () => {
    expect(owners({ done: [found({})] })).toEqual([1]);
    expect(owners({ done: [found({}), found({ ino: '98', name: 'b.pdf' })] }).sort()).toEqual([1, 2]);
  });
  it('are told apart by which file it is', () => {
    expect(owners({ done: [found({ ino: '6' })] })).toEqual([2]);
  });
  it('of which the second was given the id of the first: the file is the second', () => {
    const again = { ...second, mark: first.mark };
    expect([...matchOutcomes([first, again], { ...nothing, done: [found({ ino: '5' })] }, () => null).keys()]).toEqual([2]);
  });
});

it("only files that may be somebody else's copy are read", () => {
  const look = {
    ...nothing,
    done: [found({}), found({ ino: '5' }), found({ ino: '7', size: 10 })],
    failed: [found({ ino: '8', name: 'z.pdf' })],
  };
  expect(filesToHash([delivery], look).map(({ ino }) => ino)).toEqual(['99', '8']);
});

describe('outcome folders', () => {
  it('are looked for below the hot folder or where a full path says', () => {
    expect(outcomePathsOf('/hot', { kind: 'named', done: 'ready', failed: '/other/bad' })).toEqual({
      working: [],
      done: ['/hot/ready'],
      failed: ['/other/bad'],
    });
    expect(outcomePathsOf('/hot', { kind: 'kodak' }).done).toEqual(['/hot/Input_Success', '/hot/Input_Warning']);
    expect(outcomePathsOf('/hot', null)).toEqual({ working: [], done: [], failed: [] });
  });
});
