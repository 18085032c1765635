/** Linux lets nobody link a file of another account that he may not write, and says so as a disk without links does: no reason to look a name up, rename, and replace what came there in between. */
import { execFile } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { files, system, workOn } from '../../electron/hub/disk/files.ts';
import { moveFile } from '../../electron/hub/disk/move.ts';
import { stampOf } from '../../electron/hub/disk/stamp.ts';
import { need } from '../faults/machine.ts';

let root = '';
const quiet = () => undefined;
const at = (...names: string[]) => join(root, ...names);
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'printfloor-refused-'));
  mkdirSync(at('in'));
  mkdirSync(at('rejected'));
  writeFileSync(at('in', 'a.pdf'), 'theirs');
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('a move within one disk', () => {
  const [me, them] = [1000, 1001];
  let owner = them;
  let errno = 'EPERM';
  let replaced = 0;
  beforeEach(() => {
    const real = { files, ...system };
    onTestFinished(() => workOn(real));
    vi.spyOn(process, 'geteuid').mockReturnValue(me);
    onTestFinished(() => void vi.restoreAllMocks());
    [owner, errno, replaced] = [them, 'EPERM', 0];
    const ownerOf = (path: string) => (path.endsWith('a.pdf') && path.includes('/in/') ? owner : me);
    workOn({
      ...real,
      files: {
        ...real.files,
        lstat: async (path) => ({ ...(await real.files.lstat(path)), owner: ownerOf(`${path}`) }),
        link: async (from, to) => {
          if (`${from}`.includes('/in/')) throw Object.assign(new Error('refused'), { code: errno, path: from });
          await real.files.link(from, to);
        },
        // Another process of ours, or a sender, takes the name between the look and the rename.
        rename: async (from, to) => {
          writeFileSync(`${to}`, 'came first');
          replaced++;
          await real.files.rename(from, to);
        },
      },
    });
  });
  const move = async () =>
    await moveFile(at('in', 'a.pdf'), at('rejected', 'a.pdf'), null, stampOf(await files.lstat(at('in', 'a.pdf'))), quiet);

  it('copies a file of another account, and replaces nothing', async () => {
    expect(await move()).toBe('copied');
    expect([replaced, readdirSync(at('in')), readdirSync(at('rejected'))]).toEqual([0, [], ['a.pdf']]);
    expect(readFileSync(at('rejected', 'a.pdf'), 'utf8')).toBe('theirs');
  });

  it('renames as before on a disk without links, whoever owns the file there', async () => {
    errno = 'ENOTSUP';
    expect([await move(), replaced]).toEqual(['moved', 1]);
  });

  it('renames our own', async () => {
    owner = me;
    expect([await move(), replaced]).toEqual(['moved', 1]);
  });
});

it('really: as an account that may not write the file', async (context) => {
  await need(context, { root: true, programs: [] });
  if (readFileSync('/proc/sys/fs/protected_hardlinks', 'utf8').trim() !== '1') return context.skip();
  const nobody = 65534;
  chmodSync(root, 0o755);
  for (const name of ['in', 'rejected']) chownSync(at(name), nobody, nobody);
  chmodSync(at('in', 'a.pdf'), 0o644);
  const program = `
    const { files } = await import(${JSON.stringify(new URL('../../electron/hub/disk/files.ts', import.meta.url).href)});
    const { moveFile } = await import(${JSON.stringify(new URL('../../electron/hub/disk/move.ts', import.meta.url).href)});
    const [from, to] = ${JSON.stringify([at('in', 'a.pdf'), at('rejected', 'a.pdf')])};
    console.log(await moveFile(from, to, null, await files.lstat(from), () => undefined));
  `;
  const ran = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], { uid: nobody, gid: nobody, cwd: '/' });
  expect(ran.stdout.trim()).toBe('copied');
  expect([readdirSync(at('in')), readFileSync(at('rejected', 'a.pdf'), 'utf8')]).toEqual([[], 'theirs']);
});
