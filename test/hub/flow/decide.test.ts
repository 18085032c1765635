import { describe, expect, it } from 'vitest';
import { decideFile, missingFiles, startStatus } from '../../../electron/hub/flow/decide.ts';
import { numberedName, rejectionText } from '../../../electron/hub/flow/file-away.ts';
import type { FileRow } from '../../../electron/hub/store/store.ts';

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

describe('an arriving file', () => {
  it('is a duplicate when its content is known, whatever its name and even if that was an older version', () => {
    expect(decideFile([], [file({ current: false }), file({ id: 2, sha256: 'two' })], { name: 'other.pdf', sha256: 'one' })).toMatchObject({
      kind: 'duplicate',
      of: { id: 1 },
    });
  });
  it('is a new version when its content changed, under its name or, where the job has one file, under any', () => {
    expect(decideFile([], [file({})], { name: 'A.PDF', sha256: 'two' }).kind).toBe('newVersion');
    expect(decideFile([], [file({})], { name: 'flyer-final.pdf', sha256: 'two' }).kind).toBe('newVersion');
  });
  it('is one more when the ticket waits for it', () => {
    expect(decideFile(['cover.pdf'], [file({})], { name: 'Cover.pdf', sha256: 'two' }).kind).toBe('another');
  });
  it('is the first of a job without files', () => {
    expect(decideFile([], [], { name: 'a.pdf', sha256: 'one' }).kind).toBe('first');
  });
});

describe('a ticket', () => {
  it('misses the files the job does not have, compared without case and Unicode form', () => {
    expect(missingFiles(['A.pdf', 'Müll.pdf', 'c.pdf'], [file({}), file({ name: 'Mu\u0308ll.pdf' })])).toEqual(['c.pdf']);
  });
  it.each([
    [{ submitted: false, approval: 'none' }, 'InBasket'],
    [{ submitted: true, approval: 'required' }, 'UnapprovedOrder'],
    [{ submitted: true, approval: 'none', startAt: '2030-01-01T00:00:00Z' }, 'FutureOrder'],
    [{ submitted: true, approval: 'none', startAt: '2020-01-01T00:00:00Z' }, 'Ordered'],
    [{ submitted: true, approval: 'given' }, 'Ordered'],
  ] as const)('%j starts as %s', (ticket, status) => {
    expect(startStatus(ticket, Date.parse('2026-11-24T00:00:00Z'))).toBe(status);
  });
});

describe('putting aside', () => {
  it('numbers a taken name before its extension', () => {
    expect([1, 2].map((turn) => numberedName('x.y.pdf', turn)).concat(numberedName('noend', 3))).toEqual([
      'x.y.pdf',
      'x.y (2).pdf',
      'noend (3)',
    ]);
  });
  it('says what, why and what to do', () => {
    const text = rejectionText('a\u0000.pdf', '/in', { code: 'NotWhole', detail: 'no %%EOF' }, 0);
    expect(text).toContain('was cut off');
    expect(text).toContain('no %%EOF');
    expect(text).not.toContain('\u0000');
  });
});
