/**
 * A sub-folder swapped for a link at the worst moment: what is behind it may be anything that the hub may read and the sender may not. Nothing of it is listed, hashed, delivered,
 * handed out or moved, and nothing is written there.
 */
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { files } from '../../electron/hub/disk/files.ts';
import { type OpenDisk, openDisk } from '../../electron/hub/disk/open-disk.ts';
import type { DiskRequest } from '../../electron/hub/disk/protocol.ts';
import { overTheWay } from '../../electron/hub/disk/way.ts';
import { realPorts } from '../../electron/hub/ports/real.ts';
import { systemTimers } from '../../electron/hub/ports/system.ts';
import { openFloor } from '../flow/floor.ts';
import { meddleAt } from '../flow/meddled-disk.ts';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';

const name = '1001-1 Secret.pdf';
const secret = pdfBytes(77);

describe('a sub-folder of incoming becomes a link to a folder of others just before the hub', () => {
  const moments: Record<string, (request: DiskRequest) => boolean> = {
    'lists it': ({ call, args }) => call === 'entries' && String(args[0]).endsWith('/sub'),
    'opens a file in it': ({ call, args }) => call === 'inspect' && String(args[0]).endsWith(`/sub/${name}`),
    'moves a file out of it': ({ call, args }) => call === 'moveFile' && String(args[0]).endsWith(`/sub/${name}`),
  };
  it.each(Object.keys(moments))('%s', async (what) => {
    const others = await mkdtemp(join(tmpdir(), 'printfloor-others-'));
    writeFileSync(join(others, name), secret);
    const is = moments[what] ?? (() => false);
    let incoming = '';
    const swap = (): void => {
      renameSync(join(incoming, 'sub'), join(others, 'was-sub'));
      symlinkSync(others, join(incoming, 'sub'));
    };
    const meddled = meddleAt(() => (incoming === '' ? null : { when: 'before', is, act: swap }));
    const floor = await openFloor(meddled.fork);
    try {
      incoming = floor.places.incoming;
      mkdirSync(join(incoming, 'sub'));
      writeFileSync(join(incoming, 'sub', name), pdfBytes(1));
      await until(() => meddled.done(), 'the sub-folder is swapped');
      await floor.drop('2002-1 Later.pdf', pdfBytes(2));
      await floor.untilStatus('2002-1', 'InHotFolder');
      // The link itself is put aside as what it is.
      await until(async () => (await floor.arrivals('rejected')).length > 0, 'the link is told of');
      expect(readFileSync(join(others, name)).equals(secret)).toBe(true);
      const sha256 = createHash('sha256').update(secret).digest('hex');
      expect((await floor.jobs()).flatMap(({ files }) => files).filter((file) => file.sha256 === sha256)).toEqual([]);
      expect(readdirSync(floor.press).filter((file) => readFileSync(join(floor.press, file)).equals(secret))).toEqual([]);
    } finally {
      await floor.close();
      await rm(others, { recursive: true, force: true });
    }
  });
});

describe('every way to a path below a named folder', () => {
  let root = '';
  let disk: OpenDisk;
  const at = (...names: string[]) => join(root, ...names);
  const live = { folderPath: '', markerPath: '', marker: 'x' };
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'printfloor-way-'));
    for (const path of [at('in'), at('others'), at('archive')]) await mkdir(path);
    writeFileSync(at('others', 'a.pdf'), secret);
    writeFileSync(at('in', 'marker'), 'x');
    symlinkSync(at('others'), at('in', 'sub'));
    disk = openDisk('local', { ...realPorts, named: () => [at('in'), at('archive'), at('door')] });
    Object.assign(live, { folderPath: at('in'), markerPath: at('in', 'marker') });
  });
  afterEach(async () => {
    disk.stop();
    await rm(root, { recursive: true, force: true });
  });
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: { code: string }) => error.code,
    );
  const linked = () => at('in', 'sub', 'a.pdf');
  const stampOfSecret = async () => {
    const [stamp] = await disk.stampsOf([at('others', 'a.pdf')]);
    if (stamp == null) throw new Error('the file of others is gone');
    return stamp;
  };

  it('is closed where a link stands on it, to looks, reads, copies, moves, notes and removals', async () => {
    const expected = { size: secret.length, sha256: createHash('sha256').update(secret).digest('hex') };
    const stamp = await stampOfSecret();
    writeFileSync(at('archive', 'own.pdf'), 'own');
    const [own] = await disk.stampsOf([at('archive', 'own.pdf')]);
    const ends = {
      entries: await codeOf(disk.entries(at('in', 'sub'))),
      names: await codeOf(disk.names(at('in', 'sub'))),
      inspect: await codeOf(disk.inspect(linked(), 1e9)),
      readPart: await codeOf(disk.readPart(linked(), stamp, 0, 10)),
      readSmall: await codeOf(disk.readSmall(linked(), 1e6)),
      stampsOf: await codeOf(disk.stampsOf([linked()])),
      moveOut: await codeOf(disk.moveFile(linked(), at('archive', 'a.pdf'), expected, stamp)),
      moveIn: own == null ? '' : await codeOf(disk.moveFile(at('archive', 'own.pdf'), at('in', 'sub', 'own.pdf'), null, own)),
      note: await codeOf(disk.writeNote(at('in', 'sub', 'note.txt'), 'text')),
      remove: await codeOf(disk.removeFile(linked())),
      flush: await codeOf(disk.flushFolder(at('in', 'sub'))),
      copyTo: await codeOf(disk.copyVerified([at('archive', 'own.pdf')], at('in', 'sub', 't.part'), { size: 3, sha256: '' }, live, false)),
    };
    expect(new Set(Object.values(ends))).toEqual(new Set(['ELOOP']));
    expect(await codeOf(disk.copyVerified([linked()], at('in', 't.part'), expected, live, false))).toBe('SourceMissing');
    expect(readdirSync(at('others'))).toEqual(['a.pdf']);
    expect(readFileSync(at('others', 'a.pdf')).equals(secret)).toBe(true);
    expect(readdirSync(at('archive'))).toEqual(['own.pdf']);
  });

  it('is open where the named folder itself is reached through links, and says the paths that people know', async () => {
    symlinkSync(at('in'), at('door'));
    mkdirSync(at('in', 'real', 'deep'), { recursive: true });
    writeFileSync(at('in', 'real', 'deep', 'b.pdf'), 'b');
    expect((await disk.entries(at('door', 'real', 'deep'))).map((entry) => entry.name)).toEqual(['b.pdf']);
    expect((await disk.inspect(at('door', 'real', 'deep', 'b.pdf'), 100)).size).toBe(1);
    await disk.writeNote(at('door', 'real', 'deep', 'b.txt'), 'note');
    expect(readFileSync(at('in', 'real', 'deep', 'b.txt'), 'utf8')).toBe('note');
    const gone = at('door', 'real', 'none', 'c.pdf');
    await expect(disk.inspect(gone, 100)).rejects.toMatchObject({ code: 'ENOENT', path: at('door', 'real', 'none') });
    const missing = at('door', 'real', 'deep', 'c.pdf');
    await expect(disk.inspect(missing, 100)).rejects.toMatchObject({
      code: 'ENOENT',
      path: missing,
      message: expect.stringContaining(missing),
    });
  });

  it('is looked at before and after where a folder cannot be held, as on Windows', async () => {
    mkdirSync(at('in', 'real'));
    writeFileSync(at('in', 'real', 'a.pdf'), 'harmless');
    const swap = (): void => {
      renameSync(at('in', 'real'), at('in', 'was-real'));
      symlinkSync(at('others'), at('in', 'real'));
    };
    const open: typeof files.open = async (path) => {
      swap();
      return await files.open(path);
    };
    const looking = { hold: null, makeFolder: (path: string) => mkdir(path) };
    const port = overTheWay(files, looking, systemTimers);
    expect((await port.lstat(at('in', 'real', 'a.pdf'))).size).toBe(8);
    expect(await codeOf(port.lstat(linked()))).toBe('ELOOP');
    expect(await codeOf(port.makeFolders(at('in', 'sub', 'new')))).toBe('ELOOP');
    await port.makeFolders(at('in', 'new', 'newer'));
    expect(await codeOf(port.readNames(at('in', 'new', 'newer')))).toBe('done');
    expect(await codeOf(overTheWay({ ...files, open }, looking, systemTimers).open(at('in', 'real', 'a.pdf')))).toBe('ELOOP');
  });

  it('is strict where nobody named a folder around it', async () => {
    expect(await codeOf(disk.inspect(at('others', 'a.pdf'), 100))).toBe('done');
    symlinkSync(at('others'), at('elsewhere'));
    expect(await codeOf(disk.inspect(at('elsewhere', 'a.pdf'), 100))).toBe('ELOOP');
  });

  it.runIf(process.getuid?.() === 0 && process.platform === 'linux')(
    'while another account swaps the folder as fast as it can: the file of others is never seen',
    async () => {
      mkdirSync(at('in', 'swap'));
      writeFileSync(at('in', 'swap', 'a.pdf'), 'harmless');
      symlinkSync(at('others'), at('in', 'link'));
      execFileSync('chown', ['-R', '65534', at('in')]);
      execFileSync('chmod', ['755', root]);
      execFileSync('chmod', ['600', at('others', 'a.pdf')]);
      const script = `const fs = require('node:fs');
        process.chdir(${JSON.stringify(at('in'))});
        console.log('begun');
        for (;;) {
          fs.renameSync('swap', 'real'); fs.renameSync('link', 'swap');
          fs.renameSync('swap', 'link'); fs.renameSync('real', 'swap');
        }`;
      const swapper = spawn(process.execPath, ['-e', script], { uid: 65534, stdio: ['ignore', 'pipe', 'inherit'] });
      try {
        await new Promise((begun) => swapper.stdout.once('data', begun));
        const stamp = await stampOfSecret();
        const path = at('in', 'swap', 'a.pdf');
        const met: Record<string, number> = {};
        for (let turn = 0; turn < 400; turn++) {
          const [seen, moved, read] = await Promise.all([
            disk.inspect(path, 1e6).catch((error: { code: string }) => error.code),
            codeOf(disk.moveFile(path, at('archive', `${turn}.pdf`), null, stamp)),
            disk.readSmall(path, 1e6).catch((error: { code: string }) => error.code),
          ]);
          const was = typeof seen === 'string' ? seen : `${seen.size} bytes`;
          met[was] = (met[was] ?? 0) + 1;
          expect(was).not.toBe(`${secret.length} bytes`);
          expect(moved).not.toBe('done');
          if (typeof read !== 'string' && read !== null) expect(Buffer.from(read).toString()).toBe('harmless');
        }
        expect(met['ELOOP'], JSON.stringify(met)).toBeGreaterThan(0);
        expect([existsSync(at('others', 'a.pdf')), readdirSync(at('archive'))]).toEqual([true, []]);
      } finally {
        swapper.kill('SIGKILL');
      }
    },
  );
});
