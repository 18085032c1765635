/** Small files that we make for a moment: none stays, also where that moment was cut short, and what somebody needs is not taken from him. */
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { files } from '../../../electron/hub/disk/files.ts';
import { workForHub } from '../../../electron/hub/disk/live.ts';
import { clearMoments, forMoment } from '../../../electron/hub/disk/moments.ts';
import { operations } from '../../../electron/hub/disk/operations.ts';
import { writeNote } from '../../../electron/hub/disk/own-file.ts';
import { besideName, momentPath } from '../../../electron/hub/disk/own-names.ts';
import { hotFolderSettingsSchema } from '../../../shared/hot-folder.ts';

const [ours, theirs] = [
  { id: 'hub-a', computer: 'PC-A' },
  { id: 'hub-b', computer: 'PC-B' },
];
let around = '';
let root = '';
let marker = '';
beforeEach(async () => {
  around = await mkdtemp(join(tmpdir(), 'printfloor-moments-'));
  root = join(around, besideName);
  await mkdir(root);
  marker = join(root, 'press.marker');
  workForHub(ours);
});
afterEach(async () => {
  workForHub(null);
  await rm(around, { recursive: true, force: true });
});

const leave = async (...paths: readonly string[]) => {
  for (const path of paths) await writeFile(path, 'cut short');
};

it('what was cut short is cleared, also what earlier versions left; what is not ours stays', async () => {
  await leave(momentPath(root, 'probe'), momentPath(root, 'probe', '.txt'), momentPath(root, 'try'), momentPath(root, 'n\u00E4me'));
  await leave(`${marker}.part`, join(root, `${momentPath('', 'n\u00E4me').normalize('NFD').toUpperCase()}`));
  const old = [
    '.probe-1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed.part',
    '.probe-1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed.part.part',
    '.printfloor-try.part.part',
    'try-1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed',
    'TRY-1B9D6BCD-BBFD-4B2D-9B5D-AB8DFBBD4BED.PART',
  ];
  await leave(...old.map((name) => join(root, name)));
  const others = ['.printfloor-7-abc.part', 'a.pdf', 'other.marker.part', 'press.marker'];
  await leave(...others.map((name) => join(root, name)));
  workForHub(theirs);
  const theirPath = momentPath(root, 'probe');
  await leave(theirPath);
  workForHub(ours);
  await clearMoments([root], marker);
  expect((await readdir(root)).sort()).toEqual([theirPath.slice(root.length + 1), ...others].sort());
});

it('what is needed at this moment is not cleared', async () => {
  const path = momentPath(root, 'try');
  await forMoment([path], async () => {
    await leave(path);
    await clearMoments([root], marker);
    expect(await readdir(root)).toHaveLength(1);
  });
  expect(await readdir(root)).toEqual([]);
});

it('a note that cannot be finished leaves no draft', async () => {
  const path = join(root, 'note');
  await mkdir(join(path, 'in the way'), { recursive: true });
  await expect(writeNote(path, 'text')).rejects.toThrow();
  expect(await readdir(root)).toEqual(['note']);
});

it('a probe leaves nothing but the marker, also of one that was cut short before it', async () => {
  const path = join(root, 'press');
  await mkdir(path);
  const cutShort = [momentPath(path, 'probe', '.txt'), momentPath(path, 'probe'), join(path, '.printfloor-marker.part')];
  await leave(...cutShort);
  const settings = hotFolderSettingsSchema.parse({ name: 'press', path, temp: { kind: 'inside' } });
  expect((await operations.probe(() => undefined, settings, null)).result.ok).toBe(true);
  expect(await readdir(path)).toEqual(['.printfloor-marker']);
});

it('a probe of a hot folder on record writes nothing where its marker is not seen, as in an empty mount point', async () => {
  await mkdir(join(root, 'press'));
  const settings = hotFolderSettingsSchema.parse({ name: 'press', path: join(root, 'press') });
  const stagingPath = join(root, '.printfloor-staging');
  const known = { stagingPath, markerPath: join(stagingPath, 'press.marker'), marker: 'm' };
  expect((await operations.probe(() => undefined, settings, known)).result).toMatchObject({ ok: false, reasonCode: 'NotTheShare' });
  expect([await readdir(root), await readdir(join(root, 'press'))]).toEqual([['press'], []]);
});

describe('a probe that fails says so of what it tried, and nothing of the steps behind it', () => {
  const probeOf = async (path: string) =>
    (await operations.probe(() => undefined, hotFolderSettingsSchema.parse({ name: 'press', path }), null)).result;

  it('where there is no folder', async () => {
    const { steps, freeBytes, reasonCode } = await probeOf(join(root, 'nowhere'));
    expect(steps).toMatchObject([{ step: 'find', ok: false }]);
    expect([freeBytes, reasonCode]).toEqual([null, 'FolderMissing']);
  });

  it('where a file stands', async () => {
    await leave(join(root, 'a.pdf'));
    expect(await probeOf(join(root, 'a.pdf'))).toMatchObject({ reasonCode: 'NotAFolder', steps: [{ step: 'find', ok: false }] });
  });

  it('where nothing can be written in it, though it can beside it: no step says that a file can be written', async () => {
    const path = join(root, 'press');
    await mkdir(path);
    const { make } = files;
    const closed = vi.spyOn(files, 'make').mockImplementation((at, reader) => {
      if (dirname(String(at)) === path) return Promise.reject(Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' }));
      return make(at, reader);
    });
    onTestFinished(() => closed.mockRestore());
    const { steps, reasonCode } = await probeOf(path);
    expect(reasonCode).toBe('NoPermission');
    expect(steps.find(({ step }) => step === 'write')?.ok).toBe(false);
    expect(steps.at(-1)?.ok).toBe(false);
  });

  it.skipIf(process.platform !== 'linux')('where a folder is there and takes no file', async () => {
    const { steps, reasonCode } = await probeOf('/proc');
    expect(reasonCode).toBe('NoPermission');
    expect(steps.filter(({ ok }) => !ok)).toHaveLength(1);
    expect(steps.at(-1)?.ok).toBe(false);
  });
});
