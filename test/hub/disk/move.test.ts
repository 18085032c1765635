import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { appendFile, chmod, link, lstat, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { errnoOf } from '../../../electron/hub/disk/fault.ts';
import { files, system, workOn } from '../../../electron/hub/disk/files.ts';
import { entries } from '../../../electron/hub/disk/look.ts';
import { moveFile } from '../../../electron/hub/disk/move.ts';
import { infoOf, type Stamp, stampOf } from '../../../electron/hub/disk/stamp.ts';
import { shortHash } from '../../../shared/short-hash.ts';
import { until } from '../../until.ts';

let root = '';
const quiet = () => undefined;
const at = (name: string) => join(root, name);
const stampAt = async (path: string): Promise<Stamp> => stampOf(infoOf(await lstat(path, { bigint: true })));
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const codeOf = (work: Promise<unknown>) => work.then(() => 'done', errnoOf);

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'printfloor-move-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('a file that is not the one that was meant stays where it is', () => {
  const meddlings: Record<string, (path: string) => Promise<void>> = {
    'has grown': (path) => appendFile(path, 'more'),
    'was edited in place': (path) => writeFile(path, 'other', { flag: 'r+' }),
    'was replaced': async (path) => {
      await writeFile(`${path}.new`, 'new content');
      await rename(`${path}.new`, path);
    },
  };
  it.each(Object.keys(meddlings))('when it %s', async (what) => {
    await writeFile(at('a.pdf'), 'first');
    const stamp = await stampAt(at('a.pdf'));
    await new Promise((done) => setTimeout(done, 5));
    await meddlings[what]?.(at('a.pdf'));
    const content = await readFile(at('a.pdf'), 'utf8');
    expect(await codeOf(moveFile(at('a.pdf'), at('archive/a.pdf'), null, stamp, quiet))).toBe('SourceChanged');
    expect(await readFile(at('a.pdf'), 'utf8')).toBe(content);
    expect(await readdir(at('archive'))).toEqual([]);
  });

  it('whatever moment it is replaced in: the old is filed whole, or nothing is', async () => {
    for (let turn = 0; turn < 200; turn += 1) {
      const [from, to] = [at(`${turn}.pdf`), at(`archive-${turn}.pdf`)];
      await writeFile(from, 'old');
      await writeFile(at('new'), 'newcomer');
      const [end] = await Promise.all([codeOf(moveFile(from, to, null, await stampAt(from), quiet)), rename(at('new'), from)]);
      expect(await readFile(from, 'utf8')).toBe('newcomer');
      if (end === 'done') expect(await readFile(to, 'utf8')).toBe('old');
      else expect([end, existsSync(to)]).toEqual(['SourceChanged', false]);
    }
  });
});

describe('a newcomer that takes the old name while the file is being put away', () => {
  const whole = { ...system, files };
  afterEach(() => workOn(whole));
  const comes = async () => {
    await writeFile(at('new'), 'newcomer');
    await rename(at('new'), at('a.pdf'));
  };

  it('during the flush of its new name, is not removed in its place', async () => {
    await writeFile(at('a.pdf'), 'old');
    const stamp = await stampAt(at('a.pdf'));
    let came = false;
    const openFolder: typeof files.openFolder = async (path) => {
      if (!came) await comes();
      came = true;
      return await whole.files.openFolder(path);
    };
    workOn({ ...system, files: { ...files, openFolder } });
    expect(await moveFile(at('a.pdf'), at('archive/a.pdf'), null, stamp, quiet)).toBe('moved');
    expect([await readFile(at('archive/a.pdf'), 'utf8'), await readFile(at('a.pdf'), 'utf8')]).toEqual(['old', 'newcomer']);
  });

  it('during the copy of what somebody gave another name meanwhile, is not removed in its place', async () => {
    await writeFile(at('a.pdf'), 'old');
    const content = { size: 3, sha256: hashOf(Buffer.from('old')) };
    const stamp = await stampAt(at('a.pdf'));
    const linkThere: typeof files.link = async (from, to) => {
      await whole.files.link(from, to);
      if (from === at('a.pdf')) await link(at('a.pdf'), at('kept by somebody.pdf'));
    };
    const make: typeof files.make = async (...given) => {
      const file = await whole.files.make(...given);
      await comes();
      return file;
    };
    workOn({ ...system, files: { ...files, link: linkThere, make } });
    expect(await moveFile(at('a.pdf'), at('archive/a.pdf'), content, stamp, quiet)).toBe('copied');
    expect([await readFile(at('archive/a.pdf'), 'utf8'), await readFile(at('a.pdf'), 'utf8')]).toEqual(['old', 'newcomer']);
  });
});

it('goes on where an earlier try died between the two names', async () => {
  await writeFile(at('a.pdf'), 'first');
  await link(at('a.pdf'), at('b.pdf'));
  await moveFile(at('a.pdf'), at('b.pdf'), null, await stampAt(at('a.pdf')), quiet);
  expect(await readdir(root)).toEqual(['b.pdf']);
});

it('is removed only after its new name is on disk, and that of a new folder: a power cut in between loses nothing', async () => {
  await writeFile(at('a.pdf'), 'first');
  const stamp = await stampAt(at('a.pdf'));
  const done: string[] = [];
  const real = { files, ...system };
  onTestFinished(() => workOn(real));
  workOn({
    ...real,
    files: {
      ...real.files,
      openFolder: async (path) => {
        const file = await real.files.openFolder(path);
        return { ...file, sync: () => file.sync().then(() => void done.push(`flushed ${path}`)) };
      },
      unlink: (path) => real.files.unlink(path).then(() => void done.push(`removed ${path}`)),
    },
  });
  expect(await moveFile(at('a.pdf'), at('archive/today/a.pdf'), null, stamp, quiet)).toBe('moved');
  expect(done).toEqual([`flushed ${at('archive/today')}`, `flushed ${at('archive')}`, `removed ${at('a.pdf')}`]);
});

describe.runIf(existsSync('/dev/shm'))('to another disk', () => {
  let away = '';
  beforeEach(async () => {
    away = await mkdtemp('/dev/shm/printfloor-');
  });
  afterEach(() => rm(away, { recursive: true }));

  it('copies, verifies and only then removes; replaces nothing', async () => {
    const bytes = randomBytes(100_000);
    await writeFile(at('a.pdf'), bytes);
    await moveFile(at('a.pdf'), join(away, 'a.pdf'), { size: bytes.length, sha256: hashOf(bytes) }, await stampAt(at('a.pdf')), quiet);
    expect(hashOf(await readFile(join(away, 'a.pdf')))).toBe(hashOf(bytes));
    expect(existsSync(at('a.pdf'))).toBe(false);
    await writeFile(at('b.pdf'), 'b');
    const expected = { size: 1, sha256: hashOf(Buffer.from('b')) };
    expect(await codeOf(moveFile(at('b.pdf'), join(away, 'a.pdf'), expected, await stampAt(at('b.pdf')), quiet))).toBe('NameTaken');
    expect((await stat(join(away, 'a.pdf'))).size).toBe(100_000);
  });

  /** Copies that are made in a folder, by the turn in which they were begun: each stops after its first piece until it is let go. */
  function copiesInto(folder: string) {
    const gates: { readonly open: Promise<void>; readonly letGo: () => void }[] = [];
    const real = { files, ...system };
    onTestFinished(() => workOn(real));
    workOn({
      ...real,
      files: {
        ...real.files,
        make: async (path, reader) => {
          const file = await real.files.make(path, reader);
          if (!String(path).startsWith(folder)) return file;
          let letGo = (): void => undefined;
          const open = new Promise<void>((resolve) => {
            letGo = resolve;
          });
          let pieces = 0;
          return {
            ...file,
            write: async (...piece) => {
              if (pieces++ === 1) {
                gates.push({ open, letGo });
                await open;
              }
              return await file.write(...piece);
            },
          };
        },
      },
    });
    return {
      begun: (count: number) => until(async () => gates.length === count, `${count} copies are begun`),
      letGo: (turn: number) => gates[turn - 1]?.letGo(),
    };
  }

  it('two at once: neither takes the half copy of the other for its own, and nothing is removed before the whole is there', async () => {
    const bytes = randomBytes(24_000_000);
    const expected = { size: bytes.length, sha256: hashOf(bytes) };
    await writeFile(at('a.pdf'), bytes);
    const stamp = await stampAt(at('a.pdf'));
    const copies = copiesInto(away);
    const first = moveFile(at('a.pdf'), join(away, 'a.pdf'), expected, stamp, quiet).catch(errnoOf);
    await copies.begun(1);
    const second = moveFile(at('a.pdf'), join(away, 'a.pdf'), expected, stamp, quiet).catch(errnoOf);
    await copies.begun(2);
    // The second is in the middle of its copy all the time the first needs to come to its end.
    copies.letGo(1);
    await first;
    if (!existsSync(at('a.pdf'))) expect(hashOf(await readFile(join(away, 'a.pdf')))).toBe(expected.sha256);
    copies.letGo(2);
    await second;
    expect(hashOf(await readFile(join(away, 'a.pdf')))).toBe(expected.sha256);
    expect([await readdir(away), existsSync(at('a.pdf'))]).toEqual([['a.pdf'], false]);
  });

  it('goes on where an earlier try died before the original was removed, and makes no second copy', async () => {
    await writeFile(at('a.pdf'), 'first');
    await writeFile(join(away, 'a.pdf'), 'first');
    const expected = { size: 5, sha256: hashOf(Buffer.from('first')) };
    expect(await moveFile(at('a.pdf'), join(away, 'a.pdf'), expected, await stampAt(at('a.pdf')), quiet)).toBe('copied');
    expect([existsSync(at('a.pdf')), await readdir(away)]).toEqual([false, ['a.pdf']]);
  });

  it('clears what its own earlier try left of a copy, and nothing else', async () => {
    await writeFile(at('a.pdf'), 'first');
    const stamp = await stampAt(at('a.pdf'));
    const left = `.printfloor-move-${shortHash(`${at('a.pdf')}\n${join(away, 'a.pdf')}`)}-1.part`;
    for (const name of [left, '.printfloor-move-another0-1.part']) await writeFile(join(away, name), 'fi');
    await moveFile(at('a.pdf'), join(away, 'a.pdf'), null, stamp, quiet);
    expect((await readdir(away)).sort()).toEqual(['.printfloor-move-another0-1.part', 'a.pdf']);
  });

  it.runIf(process.getuid?.() === 0)('from a folder that may only be read: one copy, and told that the original is left', async () => {
    const locked = join(root, 'locked');
    await mkdir(locked);
    await writeFile(join(locked, 'a.pdf'), 'first');
    await Promise.all([root, locked].map((path) => chmod(path, 0o555)));
    await chmod(away, 0o777);
    const [from, to] = [join(locked, 'a.pdf'), join(away, 'a.pdf')];
    const expected = { size: 5, sha256: hashOf(Buffer.from('first')) };
    const script = `import { moveFile } from ${JSON.stringify(join(process.cwd(), 'electron/hub/disk/move.ts'))};
      process.seteuid(65534);
      for (let turn = 0; turn < 3; turn += 1)
        console.log(await moveFile(...${JSON.stringify([from, to, expected, await stampAt(from)])}, () => undefined));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    await chmod(root, 0o755);
    expect([stdout.trim().split('\n'), await readdir(away), existsSync(from)]).toEqual([['left', 'left', 'left'], ['a.pdf'], true]);
  });

  it('works for what was never hashed: tickets and what is rejected', async () => {
    await writeFile(at('t.json'), '{}');
    await moveFile(at('t.json'), join(away, 't.json'), null, await stampAt(at('t.json')), quiet);
    expect([await readFile(join(away, 't.json'), 'utf8'), existsSync(at('t.json'))]).toEqual(['{}', false]);
  });
});

describe.runIf(process.platform === 'linux')('a name that is no valid UTF-8', () => {
  const raw = (name: string) => Buffer.concat([Buffer.from(`${root}/`), Buffer.from(name, 'latin1')]);

  it('is seen as read, and its file is moved by its bytes, one after the other where two read the same', async () => {
    await writeFile(raw('gr\xfcn.pdf'), 'green');
    await writeFile(raw('gr\xf6n.pdf'), 'other');
    await writeFile(at('gut.pdf'), 'good');
    const seen = await entries(root);
    expect(seen.map(({ name, kind }) => [name, kind]).sort()).toEqual([
      ['gr\uFFFDn.pdf', 'other'],
      ['gut.pdf', 'file'],
    ]);
    for (const to of ['1.pdf', '2.pdf']) {
      const [entry] = (await entries(root)).filter((one) => one.kind === 'other');
      if (entry === undefined) throw new Error('the file is not seen any more');
      await moveFile(at('gr\uFFFDn.pdf'), at(`away/${to}`), null, stampOf(entry), quiet);
    }
    expect(await readdir(root)).toEqual(['away', 'gut.pdf']);
    expect([await readFile(at('away/1.pdf'), 'utf8'), await readFile(at('away/2.pdf'), 'utf8')].sort()).toEqual(['green', 'other']);
  });

  it('is not mixed up with a name that truly has the sign for lost letters', async () => {
    await writeFile(at('gr\uFFFDn.pdf'), 'plain');
    expect((await entries(root)).map(({ name, kind }) => [name, kind])).toEqual([['gr\uFFFDn.pdf', 'file']]);
  });
});

describe('the copy that a move makes for a moment, where the file itself may get no second name', () => {
  const whole = { ...system, files };
  afterEach(() => workOn(whole));
  const isDraft = (path: unknown) => `${path}`.includes('.printfloor-move-');
  const filed = async () => {
    await writeFile(at('a.pdf'), 'content');
    await link(at('a.pdf'), at('kept by somebody.pdf'));
    const content = { size: 7, sha256: hashOf(Buffer.from('content')) };
    return async () => codeOf(moveFile(at('a.pdf'), at('archive/a.pdf'), content, await stampAt(at('a.pdf')), quiet));
  };

  it('that cannot be removed now is no end of the move, and no second name of what is kept: the next try clears it', async () => {
    const move = await filed();
    let busy = true;
    const unlink: typeof files.unlink = (path) =>
      busy && isDraft(path) ? Promise.reject(Object.assign(new Error('held open'), { code: 'EBUSY' })) : whole.files.unlink(path);
    workOn({ ...system, files: { ...files, unlink } });
    expect(await move()).toBe('EBUSY');
    expect(existsSync(at('a.pdf'))).toBe(true);
    busy = false;
    expect(await move()).toBe('done');
    expect(await readdir(at('archive'))).toEqual(['a.pdf']);
    expect((await lstat(at('archive/a.pdf'))).nlink).toBe(1);
    expect(existsSync(at('a.pdf'))).toBe(false);
  });

  it('is removed once whoever looks at every new file lets go of it, since its source may be gone at the next try (seed 305)', async () => {
    const move = await filed();
    let tries = 0;
    const unlink: typeof files.unlink = (path) =>
      isDraft(path) && ++tries === 1 ? Promise.reject(Object.assign(new Error('held open'), { code: 'EBUSY' })) : whole.files.unlink(path);
    workOn({ ...system, files: { ...files, unlink } });
    expect(await move()).toBe('done');
    expect(await readdir(at('archive'))).toEqual(['a.pdf']);
  });

  it('is gone for good before the file is: a power cut brings it back with nothing to look for it', async () => {
    const move = await filed();
    const done: string[] = [];
    const unlink: typeof files.unlink = (path) => {
      done.push(isDraft(path) ? 'the copy is removed' : 'the file is removed');
      return whole.files.unlink(path);
    };
    const openFolder: typeof files.openFolder = (path) => {
      done.push('flush');
      return whole.files.openFolder(path);
    };
    workOn({ ...system, files: { ...files, unlink, openFolder } });
    expect(await move()).toBe('done');
    expect(done.slice(done.indexOf('the copy is removed'))).toEqual(['the copy is removed', 'flush', 'the file is removed']);
  });
});
