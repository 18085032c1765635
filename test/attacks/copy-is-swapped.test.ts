/** Between its check and its final name the copy lies in a folder that others may write: what they put under its name never becomes the file of the job. */
import { createHash } from 'node:crypto';
import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { publish } from '../../electron/hub/disk/change.ts';
import { type CopyMark, copyVerified } from '../../electron/hub/disk/copy.ts';
import { errnoOf } from '../../electron/hub/disk/fault.ts';
import { files, system, workOn } from '../../electron/hub/disk/files.ts';
import type { Live } from '../../electron/hub/disk/live.ts';

let root = '';
let live: Live;
let mark: CopyMark;
const at = (...names: string[]) => join(root, ...names);
const [temp, final] = [() => at('staging', 'a.part'), () => at('press', 'a.pdf')];
const codeOf = (work: Promise<unknown>) => work.then(() => 'done', errnoOf);

const swap = (): void => {
  renameSync(temp(), at('staging', 'kept'));
  writeFileSync(temp(), 'evil!');
};

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'printfloor-swapped-'));
  for (const name of ['press', 'staging']) await mkdir(at(name));
  await writeFile(at('source'), 'right');
  live = { folderPath: at('press'), markerPath: at('staging', 'marker'), marker: 'x' };
  await writeFile(live.markerPath, 'x');
  const expected = { size: 5, sha256: createHash('sha256').update('right').digest('hex') };
  mark = await copyVerified([at('source')], temp(), expected, live, false, () => undefined);
});
afterEach(() => rm(root, { recursive: true, force: true }));

it('a copy that was swapped before the hand-over is not handed over', async () => {
  swap();
  expect(await codeOf(publish(temp(), final(), live, mark))).toBe('CopyDiffers');
  expect(await readdir(at('press'))).toEqual([]);
});

it('a copy that is swapped in the very moment of the hand-over loses its name again', async () => {
  const real = { files, ...system };
  onTestFinished(() => workOn(real));
  const link: typeof files.link = async (from, to) => {
    swap();
    await real.files.link(from, to);
    expect(existsSync(final())).toBe(true);
  };
  workOn({ ...real, files: { ...real.files, link } });
  expect(await codeOf(publish(temp(), final(), live, mark))).toBe('CopyDiffers');
  expect(await readdir(at('press'))).toEqual([]);
});

it('what is put back in between is not taken for the copy, and whatever has the name stays for a person to see', async () => {
  const real = { files, ...system };
  onTestFinished(() => workOn(real));
  const link: typeof files.link = async (from, to) => {
    swap();
    await real.files.link(from, to);
    renameSync(at('staging', 'kept'), temp());
  };
  workOn({ ...real, files: { ...real.files, link } });
  expect(await codeOf(publish(temp(), final(), live, mark))).toBe('CopyDiffers');
  workOn(real);
  expect(await codeOf(publish(temp(), final(), live, mark))).toBe('NameTaken');
});
