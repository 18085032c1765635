import { describe, expect, it } from 'vitest';
import { isAllowed } from '../../build/licences.ts';

describe('a licence', () => {
  it.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0)', true],
    ['(MIT AND Zlib)', true],
    ['(MIT AND GPL-3.0)', false],
    ['GPL-3.0-or-later', false],
    ['AGPL-3.0', false],
    ['MPL-2.0', false],
    ['SEE LICENSE IN LICENSE.md', false],
    ['UNLICENSED', false],
    ['', false],
  ])('%s: may ship %s', (licence, may) => {
    expect(isAllowed(licence, false)).toBe(may);
  });

  it('that asks only for changes of the package itself is good for a tool', () => {
    expect([isAllowed('MPL-2.0', true), isAllowed('GPL-3.0', true)]).toEqual([true, false]);
  });
});
