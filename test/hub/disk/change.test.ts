import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lookAtHandOver, publish } from '../../../electron/hub/disk/change.ts';
import { copyVerified } from '../../../electron/hub/disk/copy.ts';
import { errnoOf } from '../../../electron/hub/disk/fault.ts';
import { files, system, workOn } from '../../../electron/hub/disk/files.ts';
import { flushFolder } from '../../../electron/hub/disk/flush.ts';
import { checkLive, type Live } from '../../../electron/hub/disk/live.ts';

let root = '';
let live: Live;
const quiet = () => undefined;
const at = (name: string) => join(root, name);
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const codeOf = (work: Promise<unknown>) => work.then(() => 'done', errnoOf);

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'printfloor-change-'));
  live = { folderPath: root, markerPath: at('marker'), marker: 'here' };
  await writeFile(live.markerPath, 'here\n');
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('a verified copy', () => {
  it.each([0, 1, 4096, 4 * 1024 * 1024, 9 * 1024 * 1024 + 17])('of %i bytes is the same, byte for byte', async (size) => {
    const bytes = randomBytes(size);
    await writeFile(at('source'), bytes);
    await copyVerified([at('source')], at('t.part'), { size, sha256: hashOf(bytes) }, live, size % 2 === 0, quiet);
    expect(hashOf(await readFile(at('t.part')))).toBe(hashOf(bytes));
  });
  it('takes the second place where the original may lie, and says when it lies in none', async () => {
    await writeFile(at('source'), 'x');
    const expected = { size: 1, sha256: hashOf(Buffer.from('x')) };
    await copyVerified([at('gone'), at('source')], at('t.part'), expected, live, false, quiet);
    expect(await codeOf(copyVerified([at('gone')], at('u.part'), expected, live, false, quiet))).toBe('SourceMissing');
  });
  it('is not made of a source that is not what was recorded, and leaves nothing', async () => {
    await writeFile(at('source'), 'edited');
    expect(
      await codeOf(copyVerified([at('source')], at('t.part'), { size: 6, sha256: hashOf(Buffer.from('origin')) }, live, false, quiet)),
    ).toBe('SourceChanged');
    expect(await codeOf(copyVerified([at('source')], at('t.part'), { size: 5, sha256: '' }, live, false, quiet))).toBe('SourceChanged');
    expect(await readdir(root)).toEqual(['marker', 'source']);
  });
  it('of a source that grows meanwhile is not made', async () => {
    const bytes = randomBytes(48 * 1024 * 1024);
    await writeFile(at('source'), bytes);
    const work = codeOf(copyVerified([at('source')], at('t.part'), { size: bytes.length, sha256: hashOf(bytes) }, live, false, quiet));
    await appendFile(at('source'), 'more');
    expect(await work).toBe('SourceChanged');
    expect(existsSync(at('t.part'))).toBe(false);
  });
});

describe('an empty mount point', () => {
  it('is not the share: nothing is written', async () => {
    await rm(live.markerPath);
    await writeFile(at('source'), 'x');
    expect(await codeOf(copyVerified([at('source')], at('t.part'), { size: 1, sha256: '' }, live, false, quiet))).toBe('NotTheShare');
    expect(await codeOf(publish(at('source'), at('final.pdf'), live))).toBe('NotTheShare');
    expect(await codeOf(checkLive({ ...live, folderPath: at('nowhere') }))).toBe('FolderMissing');
    expect(await readdir(root)).toEqual(['source']);
  });
});

describe('handing over', () => {
  it('never replaces what lies there', async () => {
    await writeFile(at('t.part'), 'new');
    await writeFile(at('final.pdf'), 'old');
    expect(await codeOf(publish(at('t.part'), at('final.pdf'), live))).toBe('NameTaken');
    expect(await readFile(at('final.pdf'), 'utf8')).toBe('old');
    expect(await readFile(at('t.part'), 'utf8')).toBe('new');
  });
  it('of fifty files to one name at the same moment lets exactly one win', async () => {
    const temps = Array.from({ length: 50 }, (_, number) => at(`${number}.part`));
    await Promise.all(temps.map((path) => writeFile(path, path)));
    const ends = await Promise.all(temps.map((path) => codeOf(publish(path, at('final.pdf'), live))));
    expect(ends.filter((end) => end === 'done')).toHaveLength(1);
    expect(await readFile(at('final.pdf'), 'utf8')).toBe(temps[ends.indexOf('done')]);
  });
});

const whole = { ...system, files };

describe('handed over on a disk that keeps a removal and loses a name when the power fails', () => {
  afterEach(() => workOn(whole));

  it('the copy still lies there until the name is durable', async () => {
    const { openFolder } = files;
    let copyAtFlush: boolean | null = null;
    workOn({
      ...system,
      files: {
        ...files,
        openFolder: async (path) => {
          if (path === root) copyAtFlush = existsSync(at('t.part')) && existsSync(at('final.pdf'));
          return await openFolder(path);
        },
      },
    });
    await writeFile(at('t.part'), 'new');
    await publish(at('t.part'), at('final.pdf'), live);
    expect(copyAtFlush).toBe(true);
    expect((await readdir(root)).sort()).toEqual(['final.pdf', 'marker']);
  });
});

describe('on a disk without hard links', () => {
  const failingWith = (code: string) =>
    workOn({ ...system, files: { ...files, link: () => Promise.reject(Object.assign(new Error('no links'), { code })) } });
  afterEach(() => workOn(whole));

  it.each(['EPERM', 'EACCES', 'EISDIR', 'ENOTSUP', 'ENOSYS', 'UNKNOWN'])(
    'which says %s, a file gets its name by a rename that replaces nothing',
    async (code) => {
      failingWith(code);
      await writeFile(at('t.part'), 'new');
      await publish(at('t.part'), at('final.pdf'), live);
      expect((await readdir(root)).sort()).toEqual(['final.pdf', 'marker']);
      await writeFile(at('t.part'), 'newer');
      expect(await codeOf(publish(at('t.part'), at('final.pdf'), live))).toBe('NameTaken');
      expect(await readFile(at('final.pdf'), 'utf8')).toBe('new');
    },
  );

  it('a rename whose answer was lost, and that was taken at once, is no copy that somebody removed', async () => {
    failingWith('EPERM');
    const { rename } = files;
    const withoutLinks = files;
    workOn({
      ...system,
      files: {
        ...withoutLinks,
        rename: async (from, to) => {
          await rename(from, to);
          await rm(`${to as string}`);
          await rename(from, to);
        },
      },
    });
    await writeFile(at('t.part'), 'new');
    expect(await codeOf(publish(at('t.part'), at('final.pdf'), live))).toBe('ENOENT');
  });

  it('a copy that was gone before the rename was somebody else’s doing', async () => {
    failingWith('EPERM');
    expect(await codeOf(publish(at('t.part'), at('final.pdf'), live))).toBe('CopyDiffers');
  });

  it('a folder that was replaced in the moment of the rename loses the name again', async () => {
    failingWith('EPERM');
    const { rename } = files;
    workOn({
      ...system,
      files: {
        ...files,
        rename: async (from, to) => {
          await rename(from, to);
          workOn({ ...system, files: { ...files, rename, stat: async (path) => ({ ...(await whole.files.stat(path)), ino: '1' }) } });
        },
      },
    });
    const { dev, ino } = await whole.files.stat(root);
    const { ino: markerIno } = await whole.files.lstat(at('marker'));
    await writeFile(at('t.part'), 'new');
    const known = { ...live, folderId: `${dev} ${ino} ${markerIno}` };
    expect(await codeOf(publish(at('t.part'), at('final.pdf'), known))).toBe('OtherFolder');
    expect((await readdir(root)).sort()).toEqual(['marker', 't.part']);
  });
});

it('a name that is too long for the disk is no file of that name', async () => {
  await writeFile(at('t.part'), 'x');
  expect((await lookAtHandOver(at('t.part'), at(`${'n'.repeat(300)}.pdf`))).final).toBeNull();
});

describe('flushing a folder', () => {
  it('serves many callers, and fails for a missing one without breaking the next', async () => {
    await Promise.all(Array.from({ length: 100 }, () => flushFolder(root)));
    expect(await codeOf(flushFolder(at('nowhere')))).toBe('ENOENT');
    await flushFolder(root);
  });
});
