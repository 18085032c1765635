import { expect, it } from 'vitest';
import {
  boardKey,
  boardPlaces,
  compareSpots,
  firstKeyOf,
  isReversed,
  type JobOrder,
  noDue,
  placeOnBoard,
  type Sortable,
  sortKey,
} from '../../../shared/job/board.ts';
import { reasonCodes } from '../../../shared/reason.ts';

const noon = Date.UTC(2026, 10, 24, 12);
const hour = 3_600_000;
const job = (more: Partial<Sortable> = {}): Sortable => ({
  number: '1001-1',
  title: 'Flyer',
  customer: null,
  quantity: null,
  dueAt: null,
  statusAt: null,
  hotFolder: null,
  stage: 'queue',
  attention: [],
  ...more,
});

function sorted(jobs: readonly Sortable[], order: JobOrder, reverse = false): string[] {
  return jobs
    .map((one, at) => ({ key: sortKey(one, order), id: at + 1, title: one.title }))
    .sort((a, b) => compareSpots(a, b, isReversed(order, reverse)))
    .map(({ title }) => title);
}

it('what stops comes first, then what needs somebody, is late, is due next, has no date, is to be collected, is finished', () => {
  const at = (ms: number) => new Date(noon + ms).toISOString();
  const jobs = [
    job({ title: 'finished long ago', stage: 'shipped', dueAt: at(-900 * hour) }),
    job({ title: 'to collect', stage: 'collection', dueAt: at(-8 * hour) }),
    job({ title: 'no date, older' }),
    job({ title: 'no date, newer' }),
    job({ title: 'due next', dueAt: at(hour) }),
    job({ title: 'late', dueAt: at(-hour) }),
    job({ title: 'needs somebody', attention: [{ code: 'NoRuleFits' }], dueAt: at(90 * hour) }),
    job({ title: 'shipped, and asks', stage: 'shipped', attention: [{ code: 'NoRuleFits' }] }),
    job({ title: 'stops', attention: [{ code: 'CopyToHotFolderFailed' }], dueAt: at(99 * hour) }),
    job({ title: 'goes wrong this minute', attention: [{ code: 'LiesThoughStopped' }] }),
  ];
  expect(sorted(jobs, 'urgent')).toEqual([
    'goes wrong this minute',
    'stops',
    'needs somebody',
    'shipped, and asks',
    'late',
    'due next',
    'no date, newer',
    'no date, older',
    'to collect',
    'finished long ago',
  ]);
});

it('numbers are sorted by what they count, letters without their marks, and what has none stays last both ways', () => {
  const jobs = ['10-2', '9-1', '10-10'].map((number) => job({ number, title: number }));
  expect(sorted(jobs, 'number')).toEqual(['9-1', '10-2', '10-10']);
  expect(sorted(jobs, 'number', true)).toEqual(['10-10', '10-2', '9-1']);
  const named = ['Öl', 'ost', null, 'Ober'].map((company) =>
    job({ title: company ?? 'none', customer: company === null ? null : { company } }),
  );
  expect(sorted(named, 'customer')).toEqual(['Ober', 'Öl', 'ost', 'none']);
  expect(sorted(named, 'customer', true)).toEqual(['ost', 'Öl', 'Ober', 'none']);
});

it('no moment leads out of the place it is in, and no key is rounded', () => {
  for (const place of Object.values(boardPlaces))
    for (const due of [Date.parse('0001-01-01T00:00:00Z'), noon, Date.parse('9999-12-31T23:59:59.999Z'), noDue]) {
      expect(Number.isSafeInteger(boardKey(place, due))).toBe(true);
      expect(boardKey(place, due)).toBeGreaterThanOrEqual(firstKeyOf(place));
      expect(boardKey(place, due)).toBeLessThan(firstKeyOf(place + 1));
    }
});

it('every problem has a place', () => {
  for (const code of reasonCodes) expect(placeOnBoard({ stage: 'press', attention: [{ code }] })).toBeLessThan(boardPlaces.inWork);
});
