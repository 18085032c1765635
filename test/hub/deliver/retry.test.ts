import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideAfterFault, pauseBefore } from '../../../electron/hub/deliver/retry.ts';
import { DiskFault, reasonOf } from '../../../electron/hub/disk/fault.ts';
import { reasonCodes, reasonEntry } from '../../../shared/reason.ts';

describe('pauses between tries', () => {
  it('grow to a minute and never beyond, spread by a fifth', () => {
    expect([1, 2, 3, 6, 7, 20].map((tries) => pauseBefore(tries, 0.5))).toEqual([1000, 2000, 4000, 32_000, 60_000, 60_000]);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (tries, chance) => pauseBefore(tries, chance) <= 66_000,
      ),
    );
  });
});

describe('what a fault means', () => {
  it('a fault of the folder is never a failure of the job, however often', () => {
    for (const code of reasonCodes.filter((reason) => reasonEntry(reason).of === 'folder'))
      expect(decideAfterFault(code, 10_000, 0)).toEqual({ kind: 'folderTrouble' });
  });
  it('a passing fault of the job is tried again, but not forever', () => {
    expect(decideAfterFault('FileBusy', 1, 0).kind).toBe('tryAgain');
    expect(decideAfterFault('FileBusy', 10, 0).kind).toBe('fail');
  });
  it('a final fault fails at once', () => {
    expect(decideAfterFault('NameTooLong', 1, 0).kind).toBe('fail');
  });
  it.each([
    ['ENOSPC', 'DiskFull'],
    ['EDQUOT', 'DiskFull'],
    ['EACCES', 'NoPermission'],
    ['EROFS', 'ReadOnly'],
    ['ENOTCONN', 'ShareOff'],
    ['EHOSTDOWN', 'ShareOff'],
    ['ENAMETOOLONG', 'NameTooLong'],
    ['EIO', 'DiskError'],
    ['EBUSY', 'FileBusy'],
    ['EWHATEVER', 'UnknownError'],
  ])('%s reads %s', (errno, reason) => {
    expect(reasonOf(new DiskFault(errno, ''))).toBe(reason);
  });
});
