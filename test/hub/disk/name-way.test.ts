import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { errnoOf } from '../../../electron/hub/disk/fault.ts';
import { files } from '../../../electron/hub/disk/files.ts';
import { findNameWay, nameIn } from '../../../electron/hub/disk/name-way.ts';
import { need, run } from '../../faults/machine.ts';

let root = '';
let ours = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'printfloor-names-'));
  ours = await mkdtemp(join(tmpdir(), 'printfloor-ours-'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await Promise.all([root, ours].map((path) => rm(path, { recursive: true, force: true })));
});

const exact = { foldsCase: false, foldsForm: false };
const composed = 'Gl\u00FCck.pdf';
const apart = composed.normalize('NFD');

describe('two names that differ in case or form only', () => {
  it('are two files where the folder keeps both', async () => {
    for (const name of ['A.pdf', 'a.pdf', composed, apart]) await writeFile(join(root, name), name);
    expect(await findNameWay(root, null)).toEqual(exact);
    expect(new Set([composed, apart, 'A.pdf', 'a.pdf'].map((name) => nameIn(exact, name))).size).toBe(4);
  });

  it('are told in an empty folder by a file of ours, which is gone afterwards', async () => {
    expect(await findNameWay(root, ours)).toEqual(exact);
    expect([await readdir(root), await readdir(ours)]).toEqual([[], []]);
  });

  it('are one file where the folder says so: NTFS, which here shows the names it was given in other case', async (context) => {
    await need(context, { root: true, programs: ['mkntfs', 'lowntfs-3g'], from: 'ntfs-3g' });
    const image = join(ours, 'ntfs.img');
    await run('truncate', ['-s', '20M', image]);
    await run('mkntfs', ['-q', '-F', image]);
    await run('lowntfs-3g', ['-o', 'ignore_case', image, root]);
    try {
      const [hot, staging] = [join(root, 'hot'), join(root, 'staging')];
      await Promise.all([mkdir(hot), mkdir(staging)]);
      const byTrying = await findNameWay(hot, staging);
      expect([byTrying, await readdir(staging)]).toEqual([{ foldsCase: true, foldsForm: false }, []]);
      await writeFile(join(hot, 'Flyer A.PDF'), 'x');
      expect(await readdir(hot)).toEqual(['flyer a.pdf']);
      const way = await findNameWay(hot, staging);
      expect(way).toEqual({ foldsCase: true, foldsForm: false });
      expect((await readdir(hot)).map((name) => nameIn(way, name))).toContain(nameIn(way, 'Flyer A.PDF'));
    } finally {
      await run('umount', [root]);
    }
  });

  it('are one file where the folder finds a composed name under its other form too', async () => {
    await writeFile(join(root, apart), 'x');
    const { lstat } = files;
    // Stands for a Mac's disk: whatever form is asked for, the file is found.
    vi.spyOn(files, 'lstat').mockImplementation((path) => lstat(`${path}`.normalize('NFD')));
    const way = await findNameWay(root, null);
    expect(way).toMatchObject({ foldsForm: true });
    expect(nameIn(way, composed)).toBe(nameIn(way, apart));
  });

  it('are the same to a folder exactly when both are folded to the same', () => {
    const names = fc.array(fc.constantFrom('a', 'A', '\u00E4', 'a\u0308', '\u00C4', '\u00DF', 'SS', '1', '\u03C2', '\u03A3'), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(names, fc.boolean(), fc.boolean(), (letters, foldsCase, foldsForm) => {
        const way = { foldsCase, foldsForm };
        const name = letters.join('');
        const key = nameIn(way, name);
        expect(nameIn(way, key)).toBe(key);
        if (!foldsCase && !foldsForm) expect(key).toBe(name);
        if (foldsForm) expect(nameIn(way, name.normalize('NFD'))).toBe(key);
        if (foldsCase) expect(nameIn(way, name.replaceAll('a', 'A'))).toBe(nameIn(way, name.replaceAll('A', 'a')));
      }),
    );
    expect(nameIn({ foldsCase: true, foldsForm: true }, 'stra\u00DFe')).not.toBe(nameIn({ foldsCase: true, foldsForm: true }, 'strasse'));
  });

  it('cannot be told of a folder that is not there', async () => {
    await rm(root, { recursive: true });
    expect(await findNameWay(root, ours).catch(errnoOf)).toBe('ENOENT');
    expect(await stat(ours).then(() => 'there')).toBe('there');
  });
});
