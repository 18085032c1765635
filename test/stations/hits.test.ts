/** What is found is marked where it was hit, and belongs in the list as the hub has decided it. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { matches, noFilter } from '../../renderer/floor/filter.ts';
import { piecesOf } from '../../renderer/floor/hits.ts';
import { jobWith } from './job-for-tests.ts';

const marked = (text: string, q: string): string[] =>
  piecesOf(text, q)
    .filter(({ hit }) => hit)
    .map((piece) => piece.text);

it('marks the beginnings of words that were typed, with accents or without', () => {
  expect(marked('Bergmann & Söhne', 'sohn BERG')).toEqual(['Berg', 'Söhn']);
  expect(marked('Bergmann & So\u0308hne', 'söhne')).toEqual(['Söhne']);
  expect(marked('Flyer', 'lyer')).toEqual([]);
  expect(marked('Flyer', '')).toEqual([]);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.string({ unit: 'grapheme', maxLength: 8 }), (text, q) => {
      expect(
        piecesOf(text, q)
          .map((piece) => piece.text)
          .join(''),
      ).toBe(text.normalize('NFC'));
    }),
  );
});

it('does not drop from the list what the hub has found without its accents', () => {
  const job = jobWith({ id: 1, customer: { name: 'Ada', company: 'Söhne' } });
  for (const q of ['sohne', 'Söhne', 'SOHNE ada']) expect(matches(job, { ...noFilter, q }), q).toBe(true);
  expect(matches(job, { ...noFilter, q: 'sohnen' })).toBe(false);
});
