/** A program or a script comes as a print file, also where a hot folder takes any type: whoever opens it there runs it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

const hostile: readonly (readonly [string, Buffer])[] = [
  ['1001-1 setup.exe', windows],
  ['1002-1 flyer.tif', windows],
  ['1003-1 flyer.pdf', bytes([0x7f], 'ELF', [2, 1, 1], '\n%PDF-1.7\n%%EOF\n'.repeat(9))],
  ['1004-1 flyer.xyz', bytes([0xcf, 0xfa, 0xed, 0xfe], 'x'.repeat(100))],
  ['1005-1 flyer.jpg', bytes('#!/bin/sh\nrm -rf /\n')],
  ['1006-1 run.SH', bytes('echo not even the first line tells\n')],
  ['1007-1 flyer.pdf.lnk', bytes([0x4c, 0, 0, 0], 'x'.repeat(100))],
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
