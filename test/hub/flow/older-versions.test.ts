import { expect, it } from 'vitest';
import { olderVersions } from '../../../electron/hub/flow/older-versions.ts';
import type { FileRow } from '../../../electron/hub/store/store.ts';

const file = (id: number, name: string, version: number, current = false): FileRow => ({
  ...{ id, name, version, current, jobId: 1, size: 1, sha256: `${id}`, type: 'pdf', sourcePath: '', archivePath: '', filed: true },
  arrivedAt: 0,
});
const older = (files: readonly FileRow[], name: string, version: number): number[] => [
  ...olderVersions(files, { name, version }, (one) => one),
];

it('of two files of a job only its own count', () => {
  const files = [file(1, 'a.pdf', 1), file(2, 'b.pdf', 1), file(3, 'a.pdf', 2, true), file(4, 'b.pdf', 2), file(5, 'b_v3.pdf', 3, true)];
  expect(older(files, 'a.pdf', 2)).toEqual([1]);
  expect(older(files, 'b_v3.pdf', 3)).toEqual([2, 4]);
});

it('where the names do not tell each of them, all that was replaced may be one', () => {
  const files = [file(1, 'flyer.pdf', 1), file(2, 'new.pdf', 2), file(3, 'other.pdf', 1)];
  expect(older(files, 'new.pdf', 3)).toEqual([1, 2, 3]);
});
