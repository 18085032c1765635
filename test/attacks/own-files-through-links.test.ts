/** Links and pipes at the names of our own small files, where anybody could guess them: nothing is written through them, and nothing waits for them. */
import { execFileSync } from 'node:child_process';
import { existsSync, readlinkSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { files, system, workOn } from '../../electron/hub/disk/files.ts';
import { inspect } from '../../electron/hub/disk/look.ts';
import { type OpenDisk, openDisk } from '../../electron/hub/disk/open-disk.ts';
import type { DiskPath } from '../../electron/hub/disk/raw-name.ts';
import { realPorts } from '../../electron/hub/ports/real.ts';
import { hotFolderSettingsSchema } from '../../shared/hot-folder.ts';

let root = '';
let disk: OpenDisk;
const at = (...names: string[]) => join(root, ...names);
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'printfloor-own-'));
  await mkdir(at('press'));
  await writeFile(at('victim'), 'precious');
  disk = openDisk('local', { ...realPorts, hub: { id: 'ours', computer: 'PC' } });
});
afterEach(async () => {
  disk.stop();
  await rm(root, { recursive: true, force: true });
});

const tryInside = async () => {
  const settings = hotFolderSettingsSchema.parse({ name: 'press', path: at('press'), temp: { kind: 'inside' } });
  return await disk.probe(settings, null);
};

it.each(['.printfloor-marker.part', '.printfloor-marker'])('a link at %s leads Try it to no other file', async (name) => {
  await symlink(at('victim'), at('press', name));
  await tryInside();
  expect(await readFile(at('victim'), 'utf8')).toBe('precious');
});

it('a link at the draft of an incoming marker leads to no other file, and one at the marker stays a link', async () => {
  for (const name of ['.printfloor-incoming.part', '.printfloor-incoming']) await symlink(at('victim'), at('press', name));
  await disk.takeIncoming(at('press'), false);
  expect(await readFile(at('victim'), 'utf8')).toBe('precious');
  expect(readlinkSync(at('press', '.printfloor-incoming'))).toBe(at('victim'));
});

it('a link at the name of a reason, or of its draft, is not written through, and not replaced', async () => {
  for (const name of ['b.pdf.reason.txt', 'b.pdf.reason.txt.part']) await symlink(at('victim'), at('press', name));
  await expect(disk.writeNote(at('press', 'b.pdf.reason.txt'), 'why')).rejects.toMatchObject({ code: 'NameTaken' });
  expect(await readFile(at('victim'), 'utf8')).toBe('precious');
  expect((await readdir(at('press'))).sort()).toEqual(['b.pdf.reason.txt', 'b.pdf.reason.txt.part']);
});

it('a text of somebody else at the name of a marker stays as it is', async () => {
  const text = 'Colours of this press:\ncyan first, then the rest\n';
  await writeFile(at('press', '.printfloor-marker'), text);
  expect((await tryInside()).result.ok).toBe(false);
  expect(await readFile(at('press', '.printfloor-marker'), 'utf8')).toBe(text);
});

const endless = existsSync('/dev/zero');
describe.runIf(process.platform === 'linux')('what is no file, at the name of one', () => {
  const pipe = (...names: string[]) => execFileSync('mkfifo', [at(...names)]);
  const stillWorks = async () => {
    const [stamp] = await disk.stampsOf([at('victim')]);
    expect(stamp?.size).toBe(8);
  };

  it('a pipe as the marker of a hot folder is said to be no marker, at once', async () => {
    pipe('press', 'marker');
    const live = { folderPath: at('press'), markerPath: at('press', 'marker'), marker: 'x' };
    await expect(disk.checkLive(live)).rejects.toMatchObject({ code: 'NotTheShare' });
    await stillWorks();
  });

  it.runIf(endless)('an endless device as the marker costs no memory', async () => {
    await symlink('/dev/zero', at('press', 'marker'));
    const live = { folderPath: at('press'), markerPath: at('press', 'marker'), marker: 'x' };
    await expect(disk.checkLive(live)).rejects.toMatchObject({ code: 'NotTheShare' });
    await stillWorks();
  });

  it('a pipe where a file was to be looked at, read, copied or moved stops nothing', async () => {
    pipe('press', 'a.pdf');
    const path = at('press', 'a.pdf');
    const stamp = { size: 0, mtimeMs: 0, ino: '' };
    await expect(disk.inspect(path, 1000)).rejects.toMatchObject({ code: 'NotAPlainFile' });
    await expect(disk.readSmall(path, 1000)).rejects.toMatchObject({ code: 'NotAPlainFile' });
    await expect(disk.readPart(path, stamp, 0, 10)).rejects.toMatchObject({ code: 'NotAPlainFile' });
    const live = { folderPath: at('press'), markerPath: at('press', 'marker'), marker: 'x' };
    await writeFile(at('press', 'marker'), 'x');
    const copied = disk.copyVerified([path], at('press', 't.part'), { size: 0, sha256: '' }, live, false);
    await expect(copied).rejects.toMatchObject({ code: 'SourceMissing' });
    expect((await disk.lookAtHandOver(at('press', 't.part'), path)).final?.size).toBe(-1);
    await stillWorks();
  });
});

it('a file that grows as fast as it is read is not read to an end that it has not', async () => {
  await writeFile(at('press', 'a.pdf'), 'begin');
  const real = { files, ...system };
  onTestFinished(() => workOn(real));
  let reads = 0;
  const open = async (path: DiskPath) => {
    const file = await real.files.open(path);
    const read = async (_buffer: Buffer, _offset: number, length: number) => {
      if (reads++ > 100) throw new Error('reads on and on');
      return { bytesRead: length };
    };
    return { ...file, read };
  };
  workOn({ ...real, files: { ...real.files, open } });
  await inspect(at('press', 'a.pdf'), Number.MAX_SAFE_INTEGER);
  expect(reads).toBeLessThan(10);
});
