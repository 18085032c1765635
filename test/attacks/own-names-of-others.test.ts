/** What people call their files like our own leftovers stays, in a folder they type in, at every start, and beside our copies. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { copyVerified } from '../../electron/hub/disk/copy.ts';
import { operations } from '../../electron/hub/disk/operations.ts';
import { besideName } from '../../electron/hub/disk/own-names.ts';
import { hotFolderSettingsSchema } from '../../shared/hot-folder.ts';
import { openFloor } from '../flow/floor.ts';
import { pdfBytes } from '../pdf.ts';

const quiet = () => undefined;
const uuid = '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed';
/** Also the full forms: where people keep their files, all of these are theirs. */
const theirs = [
  'try-2',
  'try-out',
  'try-flyer.part',
  `try-${uuid}`,
  '.probe-1.txt',
  `.probe-${uuid}.part`,
  `.probe-${uuid}-2.txt`,
  'press.marker.part',
].sort();
const put = (folderPath: string): void => {
  mkdirSync(folderPath, { recursive: true });
  for (const name of theirs) writeFileSync(join(folderPath, name), 'theirs');
};
const left = (folderPath: string): string[] => readdirSync(folderPath).filter((name) => theirs.includes(name));

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'printfloor-theirs-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

it.each(['inside', 'beside', 'staging'] as const)('Try it deletes none of them, with copies %s', async (kind) => {
  const [path, staging] = [join(root, 'press'), join(root, 'copies')];
  for (const folderPath of [path, staging]) put(folderPath);
  const temp = kind === 'staging' ? { kind, path: staging } : { kind };
  const { result } = await operations.probe(quiet, hotFolderSettingsSchema.parse({ name: 'press', path, temp }), null);
  expect(result.ok).toBe(true);
  expect([left(path), left(staging)]).toEqual([theirs, theirs]);
});

it('in our own folder beside hot folders only the full forms go', async () => {
  const path = join(root, 'press');
  for (const folderPath of [path, join(root, besideName)]) put(folderPath);
  await operations.clearMoments(quiet, [join(root, besideName), path], join(root, besideName, 'press.marker'));
  expect(left(path)).toEqual(theirs);
  const gone = [`try-${uuid}`, `.probe-${uuid}.part`, 'press.marker.part'];
  expect(left(join(root, besideName))).toEqual(theirs.filter((name) => !gone.includes(name)));
});

it('a start deletes none of them in a hot folder, nor in the folder around it', async () => {
  const floor = await openFloor();
  try {
    await floor.ask('PATCH', '/hot-folders/1', { temp: { kind: 'inside' } });
    for (const folderPath of [floor.press, dirname(floor.press)]) put(folderPath);
    await floor.restart();
    await floor.drop('1-1 A.pdf', pdfBytes(1));
    await floor.untilStatus('1-1', 'InHotFolder');
    expect([left(floor.press), left(dirname(floor.press))]).toEqual([theirs, theirs]);
  } finally {
    await floor.close();
  }
});

it('a folder at the name of a copy is said to be there, and stays', async () => {
  const temp = join(root, '.printfloor-1-abc.part');
  mkdirSync(join(temp, 'theirs'), { recursive: true });
  writeFileSync(join(root, 'source'), 'x');
  const copied = copyVerified([join(root, 'source')], temp, { size: 1, sha256: '' }, null, false, quiet);
  await expect(copied).rejects.toMatchObject({ code: 'NameTaken', path: temp });
  expect(readdirSync(temp)).toEqual(['theirs']);
});
