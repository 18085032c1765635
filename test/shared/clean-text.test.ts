import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanLine, cleanLines } from '../../shared/clean-text.ts';
import { shortHash } from '../../shared/short-hash.ts';
import { ticketSchema } from '../../shared/ticket.ts';

describe('texts without what nobody sees', () => {
  it.each([
    ['Invoice\u202efdp.exe', 'Invoicefdp.exe'],
    ['\ufeffAda\u200b \u200eByron\u200f', 'Ada Byron'],
    ['NUL\0 in\u0007 it', 'NUL in it'],
    ['two\r\nlines\tand a tab', 'two  lines and a tab'],
    ['half \ud83d', 'half '],
    ['e\u0301', 'é'],
    [`e${'\u0301\u0316'.repeat(50_000)}`, `é${'\u0316'.repeat(15)}${'\u0301'.repeat(14)}`],
    ['Müller & Söhne – 10 €', 'Müller & Söhne – 10 €'],
  ])('%j becomes %j', (written, clean) => {
    expect(cleanLine(written)).toBe(clean);
  });

  it('lines stay lines in a note', () => {
    expect(cleanLines('one\r\ntwo\rthree\u2028four\u0000\n\tfive\u202e')).toBe('one\ntwo\nthree\nfour\n\tfive');
  });

  it('hold nothing unseen, and are the same when cleaned twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const clean of [cleanLine, cleanLines]) {
          expect(clean(text)).not.toMatch(/[\p{Cf}\p{Cs}\0]/u);
          expect(clean(clean(text))).toBe(clean(text));
        }
      }),
    );
  });

  it('are what a ticket holds, in every field', () => {
    expect(
      ticketSchema.parse({
        order: '1',
        title: 'Card\u202e\0s',
        product: '\u200bCard',
        notes: 'a\0\r\nb',
        customer: { name: 'Ada\u200e', email: 'a@b\u200b.c', company: '\ufeffE', phone: '1\u202c' },
        attributes: { 'si\u200bze': 'A\u00005' },
      }),
    ).toMatchObject({
      title: 'Cards',
      product: 'Card',
      notes: 'a\nb',
      customer: { name: 'Ada', email: 'a@b.c', company: 'E', phone: '1' },
      attributes: { size: 'A5' },
    });
    expect(ticketSchema.safeParse({ order: '1', title: '\u200b\u202e' }).success).toBe(false);
  });
});

it('a short hash is the same for the same text, and another for others', () => {
  expect(shortHash('Flyer')).toBe(shortHash('Flyer'));
  const hashes = Array.from({ length: 20_000 }, (_, index) => shortHash(`Brochure page ${index}`));
  expect(new Set(hashes).size).toBe(20_000);
  for (const hash of hashes.slice(0, 100)) expect(hash).toMatch(/^[0-9a-z]{8}$/);
});
