/** Names that say "this replaces the one before", names that seem to, and the copies that sync programs make. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kinshipOf, readSigns } from '../../../electron/hub/intake/name-signs.ts';

describe('an explicit version', () => {
  it.each([
    'Flyer v2.pdf',
    'Flyer_V2.PDF',
    'Flyer (v2).pdf',
    'Flyer-rev B.pdf',
    'Flyer revB.pdf',
    'Korrektur Flyer.pdf',
    'flyer_Korrektur2.pdf',
  ])('%s is newer than Flyer.pdf', (name) => expect(kinshipOf(name, 'Flyer.pdf')).toBe('newer'));
  it('is counted: an older one that comes late is never taken for the newest', () => {
    expect(kinshipOf('Flyer v3.pdf', 'Flyer v2.pdf')).toBe('newer');
    expect(kinshipOf('Flyer v2.pdf', 'Flyer v3.pdf')).toBe('unclear');
    expect(kinshipOf('Flyer.pdf', 'Flyer v2.pdf')).toBe('unclear');
    expect(kinshipOf('Flyer rev B.pdf', 'Flyer v2.pdf')).toBe('unclear');
  });
  it('is not a part of a word or of another name', () => {
    for (const name of ['Interview2.pdf', 'Korrekturabzug.pdf', 'Copyshop.pdf', 'New York.pdf', 'Nav2.pdf'])
      expect([name, readSigns(name).version]).toEqual([name, null]);
    expect(kinshipOf('inside v2.pdf', 'cover.pdf')).toBe('none');
    expect(kinshipOf('Flyer v2.tif', 'Flyer.pdf')).toBe('none');
  });
});

describe('a sign that proves nothing', () => {
  it.each(['Flyer (1).pdf', 'Flyer - Kopie.pdf', 'Copy of Flyer.pdf', 'Flyer_neu.pdf', 'Flyer final.pdf', 'V8 Flyer.pdf'])(
    '%s is asked about beside Flyer.pdf',
    (name) => expect(kinshipOf(name, 'Flyer.pdf')).toBe('unclear'),
  );
  it('makes no kin of files in one row', () => {
    expect(kinshipOf('Page (2).pdf', 'Page (1).pdf')).toBe('none');
    expect(kinshipOf('V8 Motor.pdf', 'V6 Motor.pdf')).toBe('none');
  });
});

describe('the copy of a conflict', () => {
  it.each([
    'Flyer.sync-conflict-20261125-101500-ABCDEF7.pdf',
    "Flyer (Ada's conflicted copy 2026-11-25).pdf",
    'Flyer (In Konflikt stehende Kopie von Ada 2026-11-25).pdf',
    'Flyer (conflicted copy 2026-11-25 101500).pdf',
    'Flyer_conflict-20261125-101500.pdf',
  ])('%s is known as one of Flyer.pdf', (name) => {
    expect(readSigns(name)).toMatchObject({ conflictCopy: true, base: 'flyer.pdf' });
    expect(kinshipOf(name, 'Flyer.pdf')).toBe('unclear');
  });
  it('is not what has the word in its title', () => {
    for (const name of ['Konflikt.pdf', 'Seminar (Konfliktmanagement).pdf', 'Conflict of interest.pdf'])
      expect([name, readSigns(name).conflictCopy]).toEqual([name, false]);
  });
});

it('a name is never a newer version of itself, nor two names of each other', () => {
  const name = fc
    .tuple(
      fc.constantFrom('Flyer', 'cover', 'A-1', ''),
      fc.constantFrom('', ' v1', '_v2', ' rev C', ' (2)', '_neu', ' Korrektur'),
      fc.constantFrom('.pdf', '.PDF', '.tif'),
    )
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(name, name, (one, other) => {
      expect(kinshipOf(one, one)).toBe('same');
      expect(kinshipOf(one, other) === 'newer' && kinshipOf(other, one) === 'newer').toBe(false);
    }),
  );
});

it('a name of nothing but signs between words takes no longer than its length', () => {
  const before = process.cpuUsage();
  for (let at = 0; at < 2000; at++) readSigns(`${'- '.repeat(115)}${at}.pdf`);
  // Work, not time: each took several thousandths of a second.
  expect(process.cpuUsage(before).user).toBeLessThan(1.5e6);
});

it('a name is compared with those of a thousand others at once', () => {
  const names = Array.from({ length: 1000 }, (_, at) => `${'- '.repeat(110)}Flyer ${at} v2.pdf`);
  const before = process.cpuUsage();
  for (let turn = 0; turn < 3; turn++) expect(names.filter((there) => kinshipOf('Flyer v9.pdf', there) !== 'none')).toEqual([]);
  expect(kinshipOf('Flyer 7 v3.pdf', names[7] ?? '')).toBe('newer');
  expect(process.cpuUsage(before).user).toBeLessThan(1.5e6);
});
