import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJobName } from '../../shared/file-name.ts';
import { notTyped, numberParts, numberRank, plainDigits, shownNumber } from '../../shared/job-number.ts';
import { orderIdSchema, ticketSchema } from '../../shared/ticket.ts';

describe('the number of a job', () => {
  it('is shown by no other job', () => {
    expect([shownNumber('7001-2', '3'), shownNumber('7001', '2-3')]).toEqual(['7001-2-3', '7001/2-3']);
    expect(shownNumber('W2P-778', '3')).toBe('W2P-778-3');
    const id = fc
      .array(fc.constantFrom('1', '2', 'a', 'A', '-', '.', '_'), { minLength: 1, maxLength: 6 })
      .map((signs) => signs.join(''))
      .filter((text) => orderIdSchema.safeParse(text).success);
    fc.assert(
      fc.property(id, id, id, id, (order, job, otherOrder, otherJob) => {
        fc.pre(order !== otherOrder || job !== otherJob);
        expect(shownNumber(order, job)).not.toBe(shownNumber(otherOrder, otherJob));
      }),
      { numRuns: 2000 },
    );
  });

  it('is read back as the order and the job it was made of', () => {
    const id = fc
      .array(fc.constantFrom('1', '2', 'a', 'A', '-', '.', '_'), { minLength: 1, maxLength: 6 })
      .map((signs) => signs.join(''))
      .filter((text) => orderIdSchema.safeParse(text).success);
    fc.assert(
      fc.property(id, id, (order, job) => {
        expect(numberParts(shownNumber(order, job))).toEqual({ order, job });
      }),
      { numRuns: 2000 },
    );
    for (const none of ['', '-', '/', '1001', '1001-', '-1', '1001/', '1001/2']) expect(numberParts(none), none).toBeNull();
  });

  it('is meant however it was typed, copied or scanned, and no other that begins like it', () => {
    for (const typed of ['1001-2', ' 1001-2\n', '1001\u20132', '\u200e1001-2', '١٠٠١-٢'])
      expect(numberRank(typed, '1001-2'), typed).toBe(0);
    for (const typed of ['', '1001', '1001-', '1001-2R1', '1001-21', '01001-2', '1001 2'])
      expect(numberRank(typed, '1001-2'), typed).toBe(notTyped);
    expect(numberRank('7001/2-3', '7001/2-3')).toBe(0);
    const ranks = ['w2p-778-3', 'W2P-778-3'].map((number) => numberRank('w2p-778-3', number));
    expect(ranks).toEqual([0, 1]);
  });

  it('has digits from 0 to 9, in whatever script they are written', () => {
    expect(plainDigits('٠١٢٣٤٥٦٧٨٩ ۴۵۶ १२३ ７００１ 𝟟𝟘')).toBe('0123456789 456 123 7001 70');
    const scripts = ['arab', 'arabext', 'deva', 'beng', 'thai', 'fullwide', 'tibt', 'khmr', 'mathsanb', 'mathmono'];
    fc.assert(
      fc.property(fc.constantFrom(...scripts), fc.nat(), (script, number) => {
        expect(plainDigits(new Intl.NumberFormat(`en-u-nu-${script}`, { useGrouping: false }).format(number))).toBe(String(number));
      }),
    );
    expect(ticketSchema.parse({ order: '٧٠٠١', job: '２' })).toMatchObject({ order: '7001', job: '2' });
    expect(parseJobName('٧٠٠١-٢ كتاب.pdf', ['{order}-{job} {rest}'])).toMatchObject({ order: '7001', job: '2', rest: 'كتاب' });
  });

  it('has no sign nobody sees, and no number that is no digit', () => {
    expect(ticketSchema.parse({ order: '\u200e7001\u200b', job: '\ufeff2' })).toMatchObject({ order: '7001', job: '2' });
    expect(orderIdSchema.parse('A\u0308-1')).toBe('Ä-1');
    for (const order of ['7001²', 'Ⅷ', '½', '\u202e']) expect(ticketSchema.safeParse({ order }).success, order).toBe(false);
    expect(parseJobName('1001²-2.pdf', ['{order}-{job}'])).toBeNull();
  });

  it('knows upper and lower case apart', () => {
    expect(shownNumber('w2p-1', '1')).not.toBe(shownNumber('W2P-1', '1'));
    expect(orderIdSchema.parse('w2P-1')).toBe('w2P-1');
  });
});
