import { describe, expect, test } from 'vitest';
import {
  closeArguments,
  closedMode,
  inheritsRights,
  isOpen,
  isOwnFile,
  keepRightsArguments,
  readSid,
  removeArguments,
} from '../../electron/hub/data-rights.ts';

test('a mode never becomes more than it was', () => {
  expect(closedMode(0o777, 0o711)).toBe(0o711);
  expect(closedMode(0o700, 0o711)).toBe(0o700);
  expect(closedMode(0o2770, 0o711)).toBe(0o2710);
  expect(closedMode(0o666, 0o600)).toBe(0o600);
});

test('open is what another account may write; not by a group that is the own account’s', () => {
  const facts = (mode: number, group: number) => ({ kind: 'folder' as const, owner: 1000, group, mode, names: 1 });
  expect([0o777, 0o775, 0o755].map((mode) => isOpen(facts(mode, 100), 1000))).toEqual([true, true, false]);
  expect([0o777, 0o775, 0o755].map((mode) => isOpen(facts(mode, 1000), 1000))).toEqual([true, false, false]);
});

test.each([
  ['printfloor.sqlite', true],
  ['printfloor.sqlite-wal', true],
  ['printfloor.before-9.sqlite', true],
  ['printfloor.before.part', true],
  ['.lock', true],
  ['.lock-journal', true],
  ['admin-token', true],
  ['admin-token.0123456789ab', true],
  ['hub-id', true],
  ['record-on-server', true],
  ['notes.txt', false],
  ['incoming', false],
])('%s is a file of ours: %s', (name, isOurs) => expect(isOwnFile(name)).toBe(isOurs));

describe('on Windows', () => {
  test('the folder is closed to all but this account, the system and the administrators, by their ids, which are the same in every language', () => {
    expect(closeArguments('C:\\Printfloor', 'S-1-5-21-1-2-3-1001')).toEqual([
      'C:\\Printfloor',
      '/inheritance:r',
      '/grant:r',
      '*S-1-5-21-1-2-3-1001:(OI)(CI)F',
      '*S-1-5-18:(OI)(CI)F',
      '*S-1-5-32-544:(OI)(CI)F',
      '/q',
    ]);
    expect(keepRightsArguments('C:\\Printfloor\\incoming')).toEqual(['C:\\Printfloor\\incoming', '/inheritance:d', '/q']);
  });

  test('what was granted to everybody by itself is taken away', () => {
    expect(removeArguments('C:\\Printfloor', ['S-1-1-0', 'S-1-5-11'])).toEqual([
      'C:\\Printfloor',
      '/remove:g',
      '*S-1-1-0',
      '*S-1-5-11',
      '/q',
    ]);
  });

  test('who this is', () => {
    expect(readSid('"desk\\ada","S-1-5-21-3623811015-3361044348-30300820-1013"\r\n')).toBe('S-1-5-21-3623811015-3361044348-30300820-1013');
    expect(readSid('ERROR: unable to get the user')).toBeNull();
  });

  test('whether it was done already', () => {
    expect(inheritsRights('C:\\Printfloor BUILTIN\\Users:(I)(OI)(CI)(RX)\r\n             NT AUTHORITY\\SYSTEM:(I)(OI)(CI)(F)\r\n')).toBe(
      true,
    );
    expect(inheritsRights('C:\\Printfloor desk\\ada:(OI)(CI)(F)\r\n             NT AUTHORITY\\SYSTEM:(OI)(CI)(F)\r\n')).toBe(false);
  });
});
