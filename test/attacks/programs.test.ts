/** A program or a script comes as a print file, also where a hot folder takes any type: whoever opens it there runs it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkWholeness } from '../../electron/hub/prepare/check.ts';
import { isProgramType, typeOf } from '../../electron/hub/prepare/file-types.ts';
import { programIn } from '../../electron/hub/prepare/program.ts';
import { type Floor, filesBelow, openFloor } from '../flow/floor.ts';
import { until } from '../until.ts';

let floor: Floor;
beforeAll(async () => {
  floor = await openFloor();
  await floor.ask('PATCH', '/hot-folders/1', { types: [] });
});
afterAll(() => floor.close());

const bytes = (...signs: (string | number[])[]) => Buffer.concat(signs.map((sign) => Buffer.from(sign as string)));
const windows = bytes('MZ', [0x90, 0, 3, 0, 0, 0, 4, 0], 'This program cannot be run in DOS mode.'.repeat(4));

/** A head without a zero, as if it were words: what follows stands where it points to. */
const words = (control: string) => {
  const head = Buffer.concat([Buffer.from(`MZ ${control}is a text, is it? `.padEnd(60, 'x')), Buffer.from([0x20, 0x20, 0x01, 0])]);
  return Buffer.concat([head, Buffer.alloc(0x12020 - head.length, ' '), Buffer.from('PE\0\0 and so on')]);
};

const hostile: readonly (readonly [string, Buffer])[] = [
  ['1001-1 setup.exe', windows],
  ['1002-1 flyer.tif', windows],
  ['1003-1 flyer.pdf', bytes([0x7f], 'ELF', [2, 1, 1], '\n%PDF-1.7\n%%EOF\n'.repeat(9))],
  ['1004-1 flyer.xyz', bytes([0xcf, 0xfa, 0xed, 0xfe], 'x'.repeat(100))],
  ['1005-1 flyer.jpg', bytes('#!/bin/sh\nrm -rf /\n')],
  ['1006-1 run.SH', bytes('echo not even the first line tells\n')],
  ['1007-1 flyer.pdf.lnk', bytes([0x4c, 0, 0, 0], 'x'.repeat(100))],
  ['1010-1 open me.settingcontent-ms', bytes('<PCSettings>of Windows</PCSettings>')],
  ['1011-1 pictures.library-ms', bytes('<libraryDescription/>')],
  ['1012-1 run.application', bytes('<assembly/>')],
  ['1013-1 console.msc', bytes('<MMC_ConsoleFile/>')],
  ['1014-1 page.html', bytes('<script>alert(1)</script>')],
  ['1015-1 disk.ISO', bytes('CD001'.repeat(99))],
  ['1016-1 prices.xlsm', bytes('PK', [3, 4], 'macros')],
  ['1017-1 flyer.tif', words('\u0001')],
  ['1008-1 order.json', bytes('#!/usr/bin/env node\n{"order":"1","job":"1"}\n')],
];

test('whatever its name and whatever the folder takes, it is put among the rejected with its reason, and no printer gets it', async () => {
  for (const [name, content] of hostile) await floor.drop(name, content);
  await floor.drop('1009-1 words.txt', 'MZ may begin a text, too.\n');
  await until(async () => (await floor.arrivals('rejected')).length === hostile.length, 'all are rejected');
  const arrivals = await floor.arrivals('rejected');
  expect(arrivals.map(({ name, reasonCode }) => [name, reasonCode]).sort()).toEqual(hostile.map(([name]) => [name, 'IsProgram']).sort());
  const notes = () => readdirSync(floor.places.rejected).filter((name) => name.endsWith('.reason.txt') && !name.startsWith('.'));
  await until(() => notes().length === hostile.length, 'each with its note');
  for (const [name, content] of hostile) {
    expect(readFileSync(join(floor.places.rejected, name))).toEqual(content);
    expect(readFileSync(join(floor.places.rejected, `${name}.reason.txt`), 'utf8')).toMatch(/program or a script.*\n.*Do not open it/);
  }
  await floor.untilStatus('1009-1', 'InHotFolder');
  expect(Object.keys(await filesBelow(floor.press))).toEqual(['1009-1 words.txt']);
});

test('the same by upload: refused, and nothing of it stays', async () => {
  const [job] = await floor.jobs();
  const answer = await fetch(`${floor.hub().url}/api/jobs/${job?.id}/files?name=flyer.pdf`, {
    method: 'POST',
    headers: { authorization: `Bearer ${floor.hub().token}` },
    body: new Uint8Array(windows),
  });
  expect([answer.status, await answer.json()]).toEqual([
    400,
    expect.objectContaining({ message: expect.stringMatching(/program or a script/) }),
  ]);
  expect(readdirSync(floor.places.work).filter((name) => name.startsWith('upload-'))).toEqual([]);
});

test('a head of Windows that looks like words is known by where it leads; words are not', async () => {
  const verdict = async (content: Buffer) => {
    const ends = { size: content.length, head: content.subarray(0, 4096), tail: content.subarray(-4096), inner: null };
    return (await checkWholeness('txt', ends, async (at, length) => content.subarray(at, at + length))).kind;
  };
  const pointing = Buffer.concat([Buffer.from('MZ is a text, is it? '.padEnd(60, 'x')), Buffer.from([0x21, 0x21, 0x21, 0x21])]);
  expect(await verdict(pointing)).not.toBe('program');
  const head = Buffer.concat([pointing, Buffer.alloc(200, ' ')]);
  // Not whole in memory: half a gigabyte, as a sparse file would be.
  const ends = { size: 0x21212121 + 100, head, tail: head, inner: null };
  const read = (found: string) => async (at: number) => Buffer.from(at === 0x21212121 ? found : '');
  expect((await checkWholeness('txt', ends, read('PE\0\0'))).kind).toBe('program');
  expect((await checkWholeness('txt', ends, read('text'))).kind).not.toBe('program');
});

test('a picture for a cutter is none', () => expect(isProgramType(typeOf('1001-1 sticker.svg'))).toBe(false));

describe('how programs begin', () => {
  test.each([
    [bytes('%PDF-1.7'), null],
    [bytes('MZ is a text'), null],
    [bytes('MZ'), null],
    [bytes('MM', [0, 42]), null],
    [bytes([0xca, 0xfe, 0xba, 0xbe]), /Java/],
    [bytes([0xef, 0xbb, 0xbf], '#!/bin/sh'), /#!/],
    [bytes([0x7f], 'ELF'), /ELF/],
  ])('%j', (head, found) => (found === null ? expect(programIn(head)).toBeNull() : expect(programIn(head)).toMatch(found)));
});
