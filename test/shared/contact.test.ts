import fc from 'fast-check';
import { expect, it } from 'vitest';
import { withoutAddresses } from '../../shared/contact.ts';

/** What an address is, as one pattern, which takes too long for long texts. */
const address = /[^\s@＠<>()[\]"',;:/\\]{1,64}[@＠][^\s@＠<>()[\]"',;:/\\]{1,250}\.\p{L}{2,}/gu;

it('finds the addresses that a single pattern would find', () => {
  const piece = fc.constantFrom('a', 'b.de', '.', '@', '＠', ' ', ',', 'ä', '😀', 'x'.repeat(63), 'y'.repeat(249));
  const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(text, (written) => {
      expect(withoutAddresses(written)).toBe(written.replace(address, '…'));
    }),
    { numRuns: 2000 },
  );
});
