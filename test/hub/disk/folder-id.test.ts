import { describe, expect, it } from 'vitest';
import { acceptedId, compareFolders, isKnownBare, readFolderId } from '../../../electron/hub/disk/folder-id.ts';

describe('a hot folder is known again', () => {
  it.each([
    ['when nothing changed', '1 20 30', '1 20 30', 'same'],
    ['when its marker was written anew', '1 20 30', '1 20 31', 'same'],
    ['when the disk has another number after a start', '1 20 30', '2 20 30', 'same'],
    ['as another one, when only the folder is', '1 20 30', '1 21 30', 'another'],
    ['as another one, when another disk was mounted over it', '1 20 30', '2 2 30', 'another'],
    ['by what stands in its marker, when a share gave all ids anew', '1 20 30', '1 21 31', 'renumbered'],
    ['by what stands in its marker, when a share gave all ids anew and one is the same by chance', '1 20 30', '2 20 31', 'renumbered'],
    ['as an earlier version wrote it, when it is the same', '1 20', '1 20 30', 'same'],
    ['by what stands in its marker, where an earlier version did not note which file that is', '1 20', '1 21 30', 'renumbered'],
    ['as another one, when it was removed and one made in its place that got its number', '1 20 30 777', '1 20 30 888', 'another'],
    ['by what stands in its marker, when another disk has its number and its root', '1 2 30 777', '1 2 31 888', 'renumbered'],
    ['when nothing changed since it was made', '1 20 30 777', '1 20 30 777', 'same'],
    ['when an earlier version did not note when it was made', '1 20 30', '1 20 30 777', 'same'],
    ['when its disk tells no more when it was made', '1 20 30 777', '1 20 30', 'same'],
  ] as const)('%s', (_, known, seen, verdict) => {
    expect(compareFolders(known, seen)).toBe(verdict);
  });

  it.each([
    ['surely, when its disk, number and birth are the same', '1 2 30 777', '777', 'local', 'surely'],
    ['not, when another disk with the same numbers lies there', '1 2 30 777', '888', 'local', 'no'],
    ['perhaps, when nobody knows when it was made', '1 2 30', '777', 'local', 'perhaps'],
    ['perhaps, when its disk does not tell when', '1 2 30 777', null, 'local', 'perhaps'],
    ['perhaps, when it is the root of a disk that was formatted in that second', '1 2 30 7000000000', '7000000000', 'local', 'perhaps'],
    ['perhaps, on a share', '9 2 30', null, 'network', 'perhaps'],
    ['not, on another local disk', '9 2 30 777', '777', 'local', 'no'],
  ] as const)('without its marker %s', (_, known, born, location, verdict) => {
    expect(isKnownBare(known, { dev: '1', ino: '2', born }, location)).toBe(verdict);
  });

  it('that a person has accepted, until it was looked at', () => {
    expect(readFolderId(acceptedId('1 20 30'))).toEqual({ folderId: '1 20 30', accepted: true });
    expect(readFolderId('1 20 30')).toEqual({ folderId: '1 20 30', accepted: false });
  });
});
