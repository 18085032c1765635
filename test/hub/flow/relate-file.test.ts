import { describe, expect, it } from 'vitest';
import { numberedName, rejectionText } from '../../../electron/hub/flow/file-away.ts';
import { missingFiles, relateFile } from '../../../electron/hub/flow/relate-file.ts';
import type { FileRow } from '../../../electron/hub/store/store.ts';
import { reasonWords } from '../../../shared/reason.ts';
import { languages, said, say, sentence } from '../../../shared/words/say.ts';

const file = (change: Partial<FileRow>): FileRow => ({
  id: 1,
  jobId: 1,
  name: 'a.pdf',
  version: 1,
  current: true,
  size: 1,
  sha256: 'one',
  type: 'pdf',
  sourcePath: '',
  archivePath: '',
  filed: true,
  arrivedAt: 0,
  ...change,
});

const arriving = (name: string, sha256 = 'two', byPerson = false) => ({ name, sha256, byPerson, withoutNumber: (text: string) => text });

describe('an arriving file', () => {
  it('is a duplicate when its content is known, whatever its name', () => {
    expect(relateFile([], [file({})], arriving('other.pdf', 'one'))).toMatchObject({ kind: 'duplicate', of: { id: 1 } });
  });
  it('is the next version when it goes back to an earlier content, and asked about under another name', () => {
    const replaced = [file({ current: false }), file({ id: 2, sha256: 'two', version: 2 })];
    expect(relateFile([], replaced, arriving('a.pdf', 'one'))).toMatchObject({ kind: 'newVersion', of: { id: 2 } });
    expect(relateFile([], replaced, arriving('other.pdf', 'one'))).toEqual({ kind: 'ask' });
  });
  it('is no duplicate when the ticket waits for this name too: sets have equal pages', () => {
    expect(relateFile(['b.pdf'], [file({})], arriving('B.pdf', 'one'))).toEqual({ kind: 'another', fulfils: 'b.pdf' });
  });
  it('is a new version when its content changed under its name, or under one that says so', () => {
    for (const name of ['A.PDF', 'a v2.pdf', 'a_rev B.pdf', 'a Korrektur.pdf'])
      expect([name, relateFile([], [file({})], arriving(name)).kind]).toEqual([name, 'newVersion']);
  });
  it('is another file under another name, also where the job has one file and no ticket', () => {
    expect(relateFile([], [file({})], arriving('inside.pdf'))).toEqual({ kind: 'another', fulfils: null });
  });
  it('is asked about when its name is nearly that of another and says nothing certain', () => {
    for (const name of ['a (1).pdf', 'a_neu.pdf', 'a - Kopie.pdf', 'b v2.pdf'])
      expect([name, relateFile([], [file({})], arriving(name)).kind]).toEqual([name, 'ask']);
    expect(relateFile([], [file({ name: 'a v3.pdf' })], arriving('a v2.pdf')).kind).toBe('ask');
    expect(relateFile([], [file({})], arriving('a (1).pdf', 'two', true)).kind).toBe('newVersion');
  });
  it('is one more when the ticket waits for it', () => {
    expect(relateFile(['cover.pdf'], [file({})], arriving('Cover.pdf')).kind).toBe('another');
  });
  it('is the first of a job without files', () => {
    expect(relateFile([], [], arriving('a.pdf')).kind).toBe('first');
  });
});

describe('a ticket', () => {
  it('misses the files the job does not have, compared without case and Unicode form', () => {
    expect(missingFiles(['A.pdf', 'Müll.pdf', 'c.pdf'], [file({}), file({ name: 'Mu\u0308ll.pdf' })])).toEqual(['c.pdf']);
  });
});

describe('putting aside', () => {
  it('numbers a taken name before its extension', () => {
    expect([1, 2].map((turn) => numberedName('x.y.pdf', turn, 4711)).concat(numberedName('noend', 3, 4711))).toEqual([
      'x.y.pdf',
      'x.y (2).pdf',
      'noend (3)',
    ]);
    expect([20, 21, 22].map((turn) => numberedName('x.pdf', turn, 4711))).toEqual(['x (20).pdf', 'x (4711).pdf', 'x (4711-2).pdf']);
  });
  it('says what, why and what to do', () => {
    const text = rejectionText('a\u0000.pdf', '/in', { code: 'NotWhole', detail: 'no %%EOF' }, '1970-01-01T00:00:00.000Z', {
      language: 'en',
      timeZone: 'UTC',
    });
    expect(text).toContain('was cut off');
    expect(text).toContain('no %%EOF');
    expect(text).not.toContain('\u0000');
  });
  it("says it in the shop's language and by its clock, and in English below", () => {
    const text = rejectionText('a.pdf', '/in', { code: 'NotWhole', detail: 'no \u0000%%EOF' }, '1970-01-01T00:00:00.000Z', {
      language: 'fr',
      timeZone: 'Asia/Tokyo',
    });
    expect(text.split('\n')).toEqual([
      "a.pdf n'a pas été accepté.",
      '',
      "Le fichier n'a pas de fin\u00a0: il a été coupé.",
      'Copier de nouveau le fichier entier.',
      '',
      'Détails\u00a0: no %%EOF',
      'Code de la raison\u00a0: NotWhole',
      'Venait de\u00a0: /in',
      'Quand\u00a0: 1970-01-01 09:00:00 (Asia/Tokyo)',
      '',
      'a.pdf was not accepted.',
      '',
      'The file has no end: it was cut off.',
      'Copy the whole file again.',
      '',
      'Details: no %%EOF',
      'Reason code: NotWhole',
      'Came from: /in',
      'When: 1970-01-01 09:00:00 (Asia/Tokyo)',
      '',
    ]);
  });
  it.each(languages)('says all of it in %s, and in English below, once', (shop) => {
    const why = said('tickets.at', { where: said('tickets.line', { line: 3 }), what: said('tickets.quoteNotClosed') });
    const rejection = { code: 'BrokenTicket', detail: sentence('en', why), said: why } as const;
    const text = rejectionText('a.csv', '/in', rejection, '1970-01-01T00:00:00.000Z', { language: shop, timeZone: 'UTC' });
    for (const language of new Set([shop, 'en'] as const)) {
      const { what, todo } = reasonWords(language, 'BrokenTicket');
      const details = say(language, 'notes.details', { detail: sentence(language, why) ?? '' });
      for (const line of [what, todo, details])
        expect(
          text.split('\n').filter((one) => one === line),
          line,
        ).toHaveLength(1);
    }
  });
});
