/** The port of the disk: what disk work does, it does through it alone. */
import { afterEach, expect, it } from 'vitest';
import { type Files, files, system, workOn } from '../../../electron/hub/disk/files.ts';
import { operationNames, runOperation } from '../../../electron/hub/disk/operations.ts';

const real = { ...system, files };
afterEach(() => workOn(real));

it('no operation goes past the port to the real disk', async () => {
  const asked: string[] = [];
  const dead = (name: string) => async (): Promise<never> => {
    asked.push(name);
    throw Object.assign(new Error(`${name} of a dead disk`), { code: 'EIO' });
  };
  const names = [
    'link',
    'rename',
    'unlink',
    'lstat',
    'stat',
    'readNames',
    'readKinds',
    'readRawNames',
    'checkReadable',
    'freeBytes',
    'readLink',
    'realPath',
    'makeFolders',
    'open',
    'make',
    'openFolder',
  ] as const;
  const deadFiles = Object.fromEntries(names.map((name) => [name, dead(name)])) as unknown as Files;
  workOn({ ...system, files: deadFiles });
  const live = { folderPath: '/', markerPath: '/marker', marker: 'x' };
  const args: Partial<Record<(typeof operationNames)[number], readonly unknown[]>> = {
    entries: ['/tmp'],
    stampsOf: [['/tmp/never']],
    checkLive: [live],
    peekLive: [live],
    copyVerified: [['/etc/hostname'], '/tmp/never.part', { size: 1, sha256: '' }, live, false],
    putBack: [live, '/tmp', 'local', false],
    whichFolder: [live],
    publish: ['/tmp/never.part', '/tmp/never', live],
    lookAtHandOver: ['/tmp/a', '/tmp/b'],
    moveFile: ['/tmp/a', '/tmp/b', null, { size: 0, mtimeMs: 0, ino: '' }],
    probe: [{ path: '/tmp', temp: { kind: 'auto' } }, null],
  };
  for (const name of operationNames) {
    // Only said, and never looked at; the record is read by SQLite itself.
    if (name === 'nameFolders' || name === 'checkRecord') continue;
    asked.length = 0;
    const answer = await runOperation(name, args[name] ?? ['/tmp', 1000]).catch((error: unknown) => error);
    expect(asked, name).not.toEqual([]);
    // These answer all the same: by the path alone, and that nothing was put back.
    if (name === 'whereIs' || name === 'putBack') continue;
    expect(answer, name).toMatchObject(name === 'probe' ? { result: { ok: false, reasonCode: 'DiskError' } } : { code: 'EIO' });
  }
});
