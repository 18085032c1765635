/** Files of any size that cost their sender nothing: holes are free. They are looked at within limits, and hold up nobody else's. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { files, system, workOn } from '../../electron/hub/disk/files.ts';
import { inspect, largestFile } from '../../electron/hub/disk/look.ts';
import { type OpenDisk, openDisk } from '../../electron/hub/disk/open-disk.ts';
import { pumpAndReadBack } from '../../electron/hub/disk/pump.ts';
import type { DiskPath } from '../../electron/hub/disk/raw-name.ts';
import { watchFolder } from '../../electron/hub/intake/watch/watch-folder.ts';
import { realPorts } from '../../electron/hub/ports/real.ts';
import { openFloor } from '../flow/floor.ts';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';

const mega = 1024 * 1024;
const giga = 1024 * mega;
let root = '';
const at = (...names: string[]) => join(root, ...names);
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'printfloor-endless-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** A file that says it has so many bytes, and holds these at its beginning. */
const sparse = (path: string, size: number, head: string | Uint8Array = ''): void => {
  writeFileSync(path, head);
  truncateSync(path, size);
};

describe('one look at a file of holes', () => {
  let bytes = 0;
  beforeEach(() => {
    const real = { files, ...system };
    onTestFinished(() => workOn(real));
    bytes = 0;
    const counting = async (path: DiskPath) => {
      const file = await real.files.open(path);
      const read: typeof file.read = (buffer, offset, length, position) => {
        bytes += length;
        return file.read(buffer, offset, length, position);
      };
      return { ...file, read };
    };
    workOn({ ...real, files: { ...real.files, open: counting } });
  });

  it('goes back some megabytes from its end, and no further', async () => {
    sparse(at('a.pdf'), 50 * giga, pdfBytes(1));
    expect(await inspect(at('a.pdf'), mega)).toMatchObject({ size: 50 * giga, inner: null, sha256: null });
    expect(bytes).toBeLessThan(20 * mega);
  });

  it('finds an end that lies some megabytes before', async () => {
    sparse(at('a.pdf'), 9 * mega, pdfBytes(1));
    const { inner } = await inspect(at('a.pdf'), 0);
    expect(inner?.end).toBe(pdfBytes(1).toString('latin1').trimEnd().length);
    expect(Buffer.from(inner?.bytes ?? []).toString('latin1')).toMatch(/%%EOF\s*$/);
  });

  it('reads nothing of one that is larger than any that is taken, also where all of it is wanted', async () => {
    for (const size of [largestFile + 1, 15 * 1024 * giga]) {
      sparse(at('a.pdf'), size, pdfBytes(1));
      await expect(inspect(at('a.pdf'), Number.MAX_SAFE_INTEGER)).rejects.toMatchObject({ code: 'TooLarge' });
    }
    expect(bytes).toBe(0);
  });
});

it('a copy that somebody makes endless while it is being made is not read to its end', async () => {
  const copyPath = at('copy');
  await writeFile(at('a.pdf'), pdfBytes(1, 2 * mega));
  const [from, to] = [await files.open(at('a.pdf')), await files.make(copyPath, 'everybody')];
  let bytes = 0;
  const meddled: typeof to = {
    ...to,
    read: (buffer, offset, length, position) => {
      bytes += length;
      if (bytes > giga) throw new Error('it is read without end');
      return to.read(buffer, offset, length, position);
    },
    write: async (buffer, offset, length, position) => {
      const answer = await to.write(buffer, offset, length, position);
      truncateSync(copyPath, 15 * 1024 * giga);
      return answer;
    },
  };
  const whole = await inspect(at('a.pdf'), Number.MAX_SAFE_INTEGER);
  const { hash } = await pumpAndReadBack(from, meddled, whole.size, () => undefined);
  expect(hash).not.toBe(whole.sha256);
  await Promise.all([from.close(), to.close()]);
});

it('one of 15 TB in the incoming folder is told, stays there, and holds up nothing; once it is gone, so is its notice', async () => {
  const floor = await openFloor();
  try {
    const path = join(floor.places.incoming, '1-1 Endless.pdf');
    sparse(path, 15 * 1024 * giga, pdfBytes(1));
    const told = async () => (await floor.arrivals('rejected')).filter(({ detail }) => detail?.includes('64 GB'));
    await until(async () => (await told()).length === 1, 'it is told');
    expect(await told()).toMatchObject([{ path, reasonCode: 'TooLarge', seen: false }]);
    expect(statSync(path).size).toBe(15 * 1024 * giga);
    await floor.drop('2-1 Small.pdf', pdfBytes(2));
    await floor.untilStatus('2-1', 'InHotFolder');
    await rm(path);
    await until(async () => (await told())[0]?.seen === true, 'the notice is done with');
    expect(await told()).toHaveLength(1);
  } finally {
    await floor.close();
  }
});

describe('with a disk process of its own', () => {
  let disk: OpenDisk;
  beforeEach(() => {
    disk = openDisk('local', { ...realPorts, named: () => [root, at('in'), at('door'), at('press')] });
  });
  afterEach(() => disk.stop());

  it('sixty large files that are being taken leave room for a small one', async () => {
    await mkdir(at('in'));
    for (let index = 0; index < 60; index++) {
      const path = at('in', `large-${index}.xyz`);
      sparse(path, 2 * giga);
      // Something at its end: nobody has to look back.
      appendFileSync(path, 'end');
    }
    const taken: string[] = [];
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const watch = watchFolder({
      ports: realPorts,
      path: at('in'),
      location: 'local',
      disk,
      times: () => ({ settleMs: 0, incompleteAfterMs: 1000 }),
      isHidden: () => false,
      goesFirst: () => false,
      isNumbered: () => true,
      isExpected: async () => true,
      judge: async () => ({ readiness: 'now', verdict: null }),
      accept: async ({ name }) => {
        taken.push(name);
        if (name.startsWith('large')) await held;
      },
      leftThere: async () => [],
      onGone: () => undefined,
      onState: () => undefined,
    });
    await until(() => taken.length > 0, 'large ones are being taken');
    await writeFile(at('in', 'small.xyz'), 'x');
    await until(() => taken.includes('small.xyz'), 'the small one is taken');
    expect(taken.filter((name) => name.startsWith('large')).length).toBeLessThan(10);
    letGo();
    await watch.stop();
  });

  it.runIf(process.platform === 'linux')(
    'a pipe where a folder was to be flushed stops nothing, and a named folder may be a link',
    async () => {
      execFileSync('mkfifo', [at('press')]);
      await expect(disk.flushFolder(at('press'))).rejects.toMatchObject({ code: 'ENOTDIR' });
      await mkdir(at('in'));
      symlinkSync(at('in'), at('door'));
      await disk.flushFolder(at('door'));
      await (await open(at('in', 'a'), 'w')).close();
      expect(existsSync(at('door', 'a'))).toBe(true);
    },
  );
});
