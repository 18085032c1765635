import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errnoOf } from '../../../electron/hub/disk/fault.ts';
import { type Files, files, system, workOn } from '../../../electron/hub/disk/files.ts';
import { workForHub } from '../../../electron/hub/disk/live.ts';
import { operations } from '../../../electron/hub/disk/operations.ts';
import { hotFolderSettingsSchema } from '../../../shared/hot-folder.ts';
import { need, run } from '../../faults/machine.ts';

const [ours, theirs] = [
  { id: 'hub-a', computer: 'PC-A' },
  { id: 'hub-b', computer: 'PC-B' },
];
const quiet = () => undefined;
let root = '';
let path = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'printfloor-marker-'));
  path = join(root, 'press');
  await mkdir(path);
  workForHub(ours);
});
afterEach(async () => {
  workForHub(null);
  await rm(root, { recursive: true, force: true });
});

const settings = (kind: 'inside' | 'beside') => hotFolderSettingsSchema.parse({ name: 'press', path, temp: { kind } });
const probe = (kind: 'inside' | 'beside' = 'inside', takeOver = false) => operations.probe(quiet, settings(kind), null, takeOver);
const codeOf = (work: Promise<unknown>) => work.then(() => 'fine', errnoOf);
const liveOf = ({ markerPath, marker }: { markerPath: string; marker: string }) => ({ folderPath: path, markerPath, marker });

describe('a second hub on the same hot folder', () => {
  it('is refused and told on which computer the first one runs', async () => {
    expect((await probe()).result.ok).toBe(true);
    workForHub(theirs);
    const { result } = await probe();
    expect(result).toMatchObject({ ok: false, reasonCode: 'OtherHub' });
    expect(result.steps.find(({ step }) => step === 'marker')?.raw).toContain('PC-A');
    workForHub(ours);
    expect((await probe()).result.ok).toBe(true);
  });

  it('is refused also where it would keep its marker elsewhere', async () => {
    await probe('beside');
    workForHub(theirs);
    expect((await probe('inside')).result.reasonCode).toBe('OtherHub');
  });

  it('may take over when a person says so; the first one then knows and writes nothing', async () => {
    const first = await probe('beside');
    workForHub(theirs);
    const second = await probe('inside', true);
    expect(second.result.ok).toBe(true);
    expect(await codeOf(operations.checkLive(quiet, liveOf(second)))).toBe('fine');
    workForHub(ours);
    expect(await codeOf(operations.checkLive(quiet, liveOf(first)))).toBe('OtherHub');
    expect(await codeOf(operations.peekLive(quiet, liveOf(first)))).toBe('OtherHub');
    await writeFile(join(root, 'source'), 'x');
    const copying = operations.copyVerified(
      quiet,
      [join(root, 'source')],
      join(root, 't.part'),
      { size: 1, sha256: '' },
      liveOf(first),
      false,
    );
    expect(await codeOf(copying)).toBe('OtherHub');
    expect(await readdir(root)).not.toContain('t.part');
    const back = await operations.probe(quiet, settings('beside'), first, true);
    expect(back).toMatchObject({ marker: first.marker, result: { ok: true } });
    workForHub(theirs);
    expect(await codeOf(operations.checkLive(quiet, liveOf(second)))).toBe('OtherHub');
  });
});

describe('a marker of an earlier version, without a hub', () => {
  it('is signed by the hub whose it is, and then refused to any other', async () => {
    const live = liveOf({ markerPath: join(path, '.printfloor-marker'), marker: 'of-yesterday' });
    await writeFile(live.markerPath, 'of-yesterday');
    expect(await codeOf(operations.peekLive(quiet, live))).toBe('fine');
    expect(await readFile(live.markerPath, 'utf8')).toBe('of-yesterday\nhub hub-a PC-A');
    workForHub(theirs);
    expect(await codeOf(operations.checkLive(quiet, live))).toBe('OtherHub');
  });

  it('keeps its text when the folder is named anew', async () => {
    await writeFile(join(path, '.printfloor-marker'), 'of-yesterday\n');
    expect((await probe()).marker).toBe('of-yesterday');
  });

  it('of another folder is not ours whatever hub it names', async () => {
    const live = liveOf({ markerPath: join(path, '.printfloor-marker'), marker: 'mine' });
    await writeFile(live.markerPath, 'other\nhub hub-a PC-A');
    expect(await codeOf(operations.checkLive(quiet, live))).toBe('NotTheShare');
  });
});

describe('a hub that moved to another computer with its data folder', () => {
  it('is the same hub', async () => {
    const first = await probe();
    workForHub({ ...ours, computer: 'PC-NEW' });
    expect(await codeOf(operations.checkLive(quiet, liveOf(first)))).toBe('fine');
    expect(await readFile(first.markerPath, 'utf8')).toContain('hub hub-a PC-NEW');
  });
});

it('a folder for copies is known to be shared as long as another hub keeps a marker there', async () => {
  const { stagingPath } = await probe('beside');
  expect(await operations.worksAlone(quiet, stagingPath)).toBe(true);
  workForHub(theirs);
  await mkdir(join(root, 'other'));
  await operations.probe(quiet, { ...settings('beside'), path: join(root, 'other') }, null, false);
  expect(await operations.worksAlone(quiet, stagingPath)).toBe(false);
});

describe('an incoming folder', () => {
  const take = (takeOver = false) => codeOf(operations.takeIncoming(quiet, path, takeOver));

  it("is one hub's, unless a person says that another takes over", async () => {
    expect(await take()).toBe('fine');
    workForHub(theirs);
    expect([await take(), await take(true), await take()]).toEqual(['OtherHub', 'fine', 'fine']);
    workForHub(ours);
    expect(await take()).toBe('OtherHub');
  });

  it('may be the hot folder of another hub: one hub passes on to the next', async () => {
    await probe('inside');
    workForHub(theirs);
    expect(await take()).toBe('fine');
  });

  it('that is read-only serves without a marker', async (context) => {
    await need(context, { root: true });
    await run('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', path]);
    try {
      expect(await take()).toBe('fine');
      expect(await readdir(path)).toEqual([]);
    } finally {
      await run('umount', [path]);
    }
  });

  it('that is not there is told as missing, and nothing is made', async () => {
    await chmod(path, 0o755);
    await rm(path, { recursive: true });
    expect(await take()).toBe('ENOENT');
    expect(await readdir(root)).not.toContain(basename(path));
  });
});

describe('who asks for a folder while another look at it is about to begin', () => {
  const whole = { ...system, files };
  afterEach(() => workOn(whole));

  it('shares that look; who asks once it has begun gets one of his own', async () => {
    const live = liveOf(await probe());
    let opened = 0;
    let whenOpened = (): void => undefined;
    const open: Files['open'] = async (file) => {
      opened += 1;
      whenOpened();
      return await whole.files.open(file);
    };
    workOn({ ...system, files: { ...files, open } });
    await Promise.all(Array.from({ length: 5 }, () => operations.checkLive(quiet, live)));
    expect(opened).toBe(1);
    const late = new Promise<unknown>((answer) => {
      whenOpened = () => {
        whenOpened = () => undefined;
        answer(codeOf(writeFile(live.markerPath, 'another').then(() => operations.checkLive(quiet, live))));
      };
    });
    // A system that nothing was read from yet: the marker is opened once more.
    workOn({ ...system, files: { ...files, open } });
    void operations.checkLive(quiet, live).catch(() => undefined);
    expect(await late).toBe('NotTheShare');
  });
});

describe('a marker that was read a moment ago', () => {
  const whole = { ...system, files };
  let opened = 0;
  let nowMs = 0;
  beforeEach(() => {
    opened = 0;
    nowMs = 0;
    const open: Files['open'] = (at) => {
      opened += 1;
      return whole.files.open(at);
    };
    workOn({ ...system, clock: { ...system.clock, monotonic: () => nowMs }, files: { ...files, open } });
  });
  afterEach(() => workOn(whole));

  it('is not read again as long as nobody touches it, and is after a second', async () => {
    const live = liveOf(await probe());
    await operations.checkLive(quiet, live);
    const before = opened;
    await operations.checkLive(quiet, live);
    expect(opened).toBe(before);
    nowMs += 1000;
    await operations.checkLive(quiet, live);
    expect(opened).toBe(before + 1);
  });

  it('is read at once when somebody has put another in its place, written into it, or taken it away', async () => {
    const live = liveOf(await probe());
    await operations.checkLive(quiet, live);
    const text = await readFile(live.markerPath, 'utf8');
    await writeFile(live.markerPath, text.replace(ours.id, theirs.id));
    expect(await codeOf(operations.checkLive(quiet, live))).toBe('OtherHub');
    await rm(live.markerPath);
    expect(await codeOf(operations.checkLive(quiet, live))).toBe('NotTheShare');
    await writeFile(live.markerPath, text);
    expect(await codeOf(operations.checkLive(quiet, live))).toBe('fine');
  });
});
