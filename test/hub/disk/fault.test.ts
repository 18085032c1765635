/** Whose fault an error of the disk is: the folder's, which pauses it and fails no job, or the file's own. */
import { describe, expect, it } from 'vitest';
import { DiskFault, reasonOf } from '../../../electron/hub/disk/fault.ts';
import { reasonEntry } from '../../../shared/reason.ts';

const ofFolder = [
  'EXDEV ENOENT ENOTDIR ELOOP ENXIO ENODEV ENOMEDIUM ENOTCONN ECONNREFUSED ECONNRESET ECONNABORTED EHOSTDOWN EHOSTUNREACH',
  'ENETUNREACH ENETDOWN ENETRESET ENOLINK EPIPE ESTALE ETIMEDOUT ENOSPC EDQUOT EACCES EPERM EROFS EIO EREMOTEIO',
  'NotTheShare MarkerGone OtherHub OtherFolder FolderMissing ShareHangs DiskFull',
].flatMap((line) => line.split(' '));
const ofFile = [
  'EBUSY ETXTBSY EAGAIN ENAMETOOLONG EINVAL EILSEQ EFBIG',
  'EISDIR ENOTEMPTY EMLINK UNKNOWN',
  'SourceChanged SourceMissing CopyDiffers NameTaken',
].flatMap((line) => line.split(' '));

const whose = (code: string) => reasonEntry(reasonOf(new DiskFault(code, 'failed'))).of;

describe('the last step into a hot folder', () => {
  it.each(ofFolder.filter((code) => code !== 'EPERM' || process.platform !== 'win32'))(
    'that fails with %s is trouble of the folder',
    (code) => expect(whose(code)).toBe('folder'),
  );
  it.each(ofFile)('that fails with %s is trouble of the file', (code) => expect(whose(code)).toBe('job'));
});

it.each([
  [new DiskFault('EACCES', "EACCES: permission denied, open '/a'"), "EACCES: permission denied, open '/a'"],
  [new DiskFault('NameTaken', 'another file has the name'), 'NameTaken: another file has the name'],
])('is shown in small print with its code, once', (fault, raw) => expect(fault.raw).toBe(raw));
