import { tmpdir } from 'node:os';
import { expect, it, vi } from 'vitest';
import { files } from '../../../electron/hub/disk/files.ts';
import { whereIs } from '../../../electron/hub/disk/where.ts';

it.runIf(process.platform === 'linux')(
  'a hundred folders asked about at once read the list of mounts once, in no more room than it needs',
  async () => {
    const allocated = vi.spyOn(Buffer, 'alloc');
    const opened = vi.spyOn(files, 'open');
    const found = await Promise.all(Array.from({ length: 100 }, (_, at) => whereIs(`${tmpdir()}/press-${at}`)));
    expect(new Set(found.map(({ location }) => location))).toEqual(new Set(['local']));
    expect(opened).toHaveBeenCalledTimes(1);
    // A list of mounts has some kilobytes, in a container with very many some hundred.
    expect(allocated.mock.calls.reduce((sum, [bytes]) => sum + bytes, 0)).toBeLessThan(1024 * 1024);
    vi.restoreAllMocks();
  },
);
