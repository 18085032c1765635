import { describe, expect, it } from 'vitest';
import { isMarked, judgeContent, judgeHandOver, readMark, writeMark } from '../../../electron/hub/deliver/hand-over.ts';

const mark = { ino: '5', ctimeMs: 1000 };
const untouched = { ino: '5', ctimeMs: 1000 };
const linked = { ino: '5', ctimeMs: 1001 };

describe('after a crash in the moment of handing over', () => {
  it.each([
    ['the copy still waits: nothing was handed over', untouched, null, 'notYet'],
    ['both names are there: handed over, the old name was not removed yet', linked, { ino: '5', size: 9 }, 'handedOver'],
    ['only the final name is there', null, { ino: '5', size: 9 }, 'handedOver'],
    ['both names are gone: handed over, and the printer took it', null, null, 'handedOver'],
    ['the copy was linked and the final name is gone: taken, or something else touched the copy', linked, null, 'uncertain'],
    ['the copy is another file than the one verified', { ino: '6', ctimeMs: 1000 }, null, 'startAgain'],
    ['the file of an earlier send has the name, and the copy waits: nothing was handed over', untouched, { ino: '8', size: 9 }, 'notYet'],
    ['a stranger of the same size has the name, and the copy was touched: its content decides', linked, { ino: '8', size: 9 }, 'compare'],
    ['a stranger of the same size has the name, and the copy is gone: its content decides', null, { ino: '8', size: 9 }, 'compare'],
    ['the copy is another file by now, and was touched', { ino: '6', ctimeMs: 1001 }, null, 'uncertain'],
    ['a stranger of another size has the name, and the copy waits', untouched, { ino: '8', size: 3 }, 'notYet'],
    ['a stranger has the name and the copy is gone', null, { ino: '8', size: 3 }, 'uncertain'],
  ] as const)('%s', (_, temp, final, verdict) => {
    expect(judgeHandOver(mark, { temp, final }, 9, true)).toBe(verdict);
  });

  it('both names are gone, and a printer that tidies up could reach the copy', () => {
    expect(judgeHandOver(mark, { temp: null, final: null }, 9, false)).toBe('uncertain');
  });
});

it('the same content under its name proves nothing where it was sent before', () => {
  expect([judgeContent(true, 1), judgeContent(false, 1), judgeContent(true, 2)]).toEqual(['handedOver', 'uncertain', 'uncertain']);
});

describe('a mark on record', () => {
  it('of an earlier version, which wrote the file id as a number, means the same file', () => {
    expect(isMarked('{"ino":5,"ctimeMs":1000}', '5')).toBe(true);
    expect(isMarked('{"ino":5,"ctimeMs":1000}', '6')).toBe(false);
    expect(judgeHandOver(readMark('{"ino":5,"ctimeMs":1000}') ?? mark, { temp: untouched, final: null }, 9, true)).toBe('notYet');
  });
  it('tells files apart whose ids are the same as numbers', () => {
    const [ours, other] = ['9007199254740993', '9007199254740992'];
    expect(Number(ours)).toBe(Number(other));
    expect(isMarked(JSON.stringify({ ino: ours, ctimeMs: 1 }), ours)).toBe(true);
    expect(isMarked(JSON.stringify({ ino: ours, ctimeMs: 1 }), other)).toBe(false);
  });
  it('of an earlier version with a rounded id still means the file it was rounded from', () => {
    const seen = '18446744073709551557';
    const rounded = JSON.stringify({ ino: Number(seen), ctimeMs: 1 });
    expect(isMarked(rounded, seen)).toBe(true);
    expect(isMarked(rounded, '18446744073709000000')).toBe(false);
  });
  it('keeps the time of the last write where it is known, and says nothing of it where it is not', () => {
    for (const kept of [
      { ino: '5', ctimeMs: 1000.25, mtimeMs: 999.125, before: ['7'] },
      { ino: '5', ctimeMs: 1000.25, before: null },
    ])
      expect(readMark(writeMark(kept))).toEqual(kept);
  });
});
