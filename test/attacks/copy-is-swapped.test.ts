/** Between its check and its final name the copy lies in a folder that others may write: what they put under its name never becomes the file of the job. */
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, renameSync, statSync, symlinkSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { publish } from '../../electron/hub/disk/change.ts';
import { type CopyMark, copyVerified } from '../../electron/hub/disk/copy.ts';
import { errnoOf } from '../../electron/hub/disk/fault.ts';
import { files, system, workOn } from '../../electron/hub/disk/files.ts';
import { type Live, workForHub } from '../../electron/hub/disk/live.ts';
import { takeIncoming } from '../../electron/hub/disk/marker.ts';
import { moveFile } from '../../electron/hub/disk/move.ts';
import { writeNote } from '../../electron/hub/disk/own-file.ts';
import { stampOf } from '../../electron/hub/disk/stamp.ts';

let root = '';
let live: Live;
let mark: CopyMark;
const content = { size: 5, sha256: createHash('sha256').update('right').digest('hex') };
const at = (...names: string[]) => join(root, ...names);
const [temp, final] = [() => at('staging', 'a.part'), () => at('press', 'a.pdf')];
const quiet = () => undefined;
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
  mark = await copyVerified([at('source')], temp(), content, live, false, quiet);
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** From now on done around each naming; `real` gives the name. Answers how to end it. */
function aroundNaming(act: (real: () => Promise<void>) => Promise<void>): () => void {
  const real = { files, ...system };
  onTestFinished(() => workOn(real));
  workOn({ ...real, files: { ...real.files, link: (from, to) => act(() => real.files.link(from, to)) } });
  return () => workOn(real);
}

it('a copy that was swapped before the hand-over is not handed over', async () => {
  swap();
  expect(await codeOf(publish(temp(), final(), live, mark, content))).toBe('CopyDiffers');
  expect(await readdir(at('press'))).toEqual([]);
});

it('a copy that is swapped in the very moment of the hand-over loses its name again', async () => {
  aroundNaming(async (name) => {
    swap();
    await name();
    expect(existsSync(final())).toBe(true);
  });
  expect(await codeOf(publish(temp(), final(), live, mark, content))).toBe('CopyDiffers');
  expect(await readdir(at('press'))).toEqual([]);
});

/** Linux gives no second name to another account's file, and some disks to none: then the copy is renamed. */
const noSecondName = Object.assign(new Error('operation not permitted'), { code: 'EPERM' });

it.each([
  ['a file', swap],
  [
    'a link',
    () => {
      unlinkSync(temp());
      symlinkSync(at('source'), temp());
    },
  ],
])('a copy that is swapped for %s of another account, which gets no second name, is not handed over by a rename', async (_, act) => {
  const end = aroundNaming(async () => {
    end();
    act();
    throw noSecondName;
  });
  expect(await codeOf(publish(temp(), final(), live, mark, content))).toBe('CopyDiffers');
  expect(await readdir(at('press'))).toEqual([]);
});

/** `moved`: done before the file is renamed. A disk without second names may give a renamed file another id. */
function onDiskWithoutLinks(moved: () => void): void {
  const real = { files, ...system };
  onTestFinished(() => workOn(real));
  const rename: typeof files.rename = async (from, to) => {
    moved();
    copyFileSync(`${from}`, `${to}`);
    unlinkSync(`${from}`);
  };
  workOn({ ...real, files: { ...real.files, rename, link: () => Promise.reject(noSecondName) } });
}

it('on a disk without second names a copy that has another id since its rename is handed over', async () => {
  onDiskWithoutLinks(() => undefined);
  expect(await codeOf(publish(temp(), final(), live, mark, content))).toBe('done');
  expect(await readdir(at('press'))).toEqual(['a.pdf']);
});

it('there, too, what is swapped in the very moment of the rename is not told as delivered', async () => {
  onDiskWithoutLinks(swap);
  expect(await codeOf(publish(temp(), final(), live, mark, content))).toBe('CopyDiffers');
});

it('what is put back in between is not taken for the copy, and whatever has the name stays for a person to see', async () => {
  const end = aroundNaming(async (name) => {
    swap();
    await name();
    renameSync(at('staging', 'kept'), temp());
  });
  expect(await codeOf(publish(temp(), final(), live, mark, content))).toBe('CopyDiffers');
  end();
  expect(await codeOf(publish(temp(), final(), live, mark, content))).toBe('NameTaken');
});

it('a copy that somebody wrote into before the hand-over is not handed over', async () => {
  for (const evil of ['evil!', 'evil and longer']) {
    writeFileSync(temp(), evil);
    expect(await codeOf(publish(temp(), final(), live, mark, content))).toBe('CopyDiffers');
    expect(await readdir(at('press'))).toEqual([]);
  }
});

it('a copy that is written into in the very moment of the hand-over loses its name again', async () => {
  aroundNaming(async (name) => {
    writeFileSync(temp(), 'evil!');
    await name();
  });
  expect(await codeOf(publish(temp(), final(), live, mark, content))).toBe('CopyDiffers');
  expect(await readdir(at('press'))).toEqual([]);
});

it.each([
  ['a scanner or a backup', () => utimesSync(temp(), 1, 1)],
  ['whoever sets its rights', () => chmodSync(temp(), 0o640)],
])('a copy of which only the times were moved, by %s, is handed over', async (_, move) => {
  move();
  expect(await codeOf(publish(temp(), final(), live, mark, content))).toBe('done');
  expect(await readdir(at('press'))).toEqual(['a.pdf']);
});

it('on a share, which moves its times by itself, nothing is read once more', async () => {
  const ofShare = await copyVerified([at('source')], at('staging', 'b.part'), content, live, true, quiet);
  expect(Object.keys(ofShare)).toEqual(['ino', 'ctimeMs']);
  utimesSync(at('staging', 'b.part'), 1, 1);
  const real = { files, ...system };
  onTestFinished(() => workOn(real));
  const open: typeof files.open = async (path) => {
    if (`${path}`.endsWith('.part')) throw new Error('read once more');
    return await real.files.open(path);
  };
  workOn({ ...real, files: { ...real.files, open } });
  expect(await codeOf(publish(at('staging', 'b.part'), final(), live, ofShare, content))).toBe('done');
});

it.runIf(process.platform !== 'win32')('with umask 000 nobody else may write what we make; what we keep nobody else reads', async () => {
  const before = process.umask(0);
  onTestFinished(() => {
    process.umask(before);
    workForHub(null);
  });
  workForHub({ id: 'ours', computer: 'PC' });
  const modeOf = (...names: string[]) => (statSync(at(...names)).mode & 0o777).toString(8);
  await copyVerified([at('source')], at('staging', 'b.part'), content, live, false, quiet);
  expect(modeOf('staging', 'b.part')).toBe('644');
  await takeIncoming(at('press'), false);
  expect(modeOf('press', '.printfloor-incoming')).toBe('644');
  await mkdir(at('kept'));
  await writeNote(at('kept', 'note.txt'), 'why');
  expect(modeOf('kept', 'note.txt')).toBe('600');
  // A second name elsewhere: it is copied.
  writeFileSync(at('named twice'), 'right', { mode: 0o666 });
  await files.link(at('named twice'), at('second name'));
  const info = await files.lstat(at('named twice'));
  expect(await moveFile(at('named twice'), at('kept', 'c.pdf'), content, stampOf(info), quiet)).toBe('copied');
  expect(modeOf('kept', 'c.pdf')).toBe('600');
});
