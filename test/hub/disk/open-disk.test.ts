import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { errnoOf } from '../../../electron/hub/disk/fault.ts';
import { type DiskPort, type ForkDisk, forkDiskProcess } from '../../../electron/hub/disk/fork.ts';
import { type OpenDisk, openDisk } from '../../../electron/hub/disk/open-disk.ts';
import { realPorts } from '../../../electron/hub/ports/real.ts';

let open: OpenDisk | null = null;
afterEach(() => open?.stop());

/** Real processes, and a way to get at them. */
function watchedFork(): { fork: ForkDisk; ports: DiskPort[] } {
  const ports: DiskPort[] = [];
  return {
    ports,
    fork: (label) => {
      const port = forkDiskProcess(label);
      ports.push(port);
      return port;
    },
  };
}

describe('a disk process', () => {
  it('answers, and carries errno and path of what failed', async () => {
    const root = await mkdtemp(join(tmpdir(), 'printfloor-disk-'));
    open = openDisk('test', realPorts);
    await writeFile(join(root, 'a.pdf'), 'abc');
    expect((await open.entries(root)).map(({ name, size, kind }) => ({ name, size, kind }))).toEqual([
      { name: 'a.pdf', size: 3, kind: 'file' },
    ]);
    await expect(open.peek(join(root, 'nowhere'))).rejects.toMatchObject({ code: 'ENOENT', path: join(root, 'nowhere') });
    await rm(root, { recursive: true });
  });

  it('that dies fails what it had in hand, and the next call starts a new one', async () => {
    const { fork, ports } = watchedFork();
    open = openDisk('test', { ...realPorts, forkDisk: fork });
    await open.peek('/');
    const lost = open.probe(
      {
        name: 'x',
        path: '/nowhere',
        location: 'local',
        types: [],
        template: '{name}',
        contract: false,
        outcome: { kind: 'none' },
        temp: { kind: 'inside' },
        capacity: null,
        takenAfterMs: 0,
        lyingAfterMs: 1000,
        paused: false,
      },
      null,
    );
    ports[0]?.kill();
    await expect(lost).rejects.toSatisfy((error) => errnoOf(error) === 'ShareHangs');
    await open.peek('/');
    expect(ports).toHaveLength(2);
  });

  it('that hangs is given up, and nobody waits for it any longer', async () => {
    // A double for a share whose server is gone: it takes every question and never answers.
    let killed = 0;
    open = openDisk(
      'dead share',
      {
        ...realPorts,
        forkDisk: () => ({ send: () => undefined, onMessage: () => undefined, onExit: () => undefined, kill: () => killed++ }),
      },
      0.001,
    );
    await expect(Promise.allSettled([open.peek('/'), open.names('/')])).resolves.toMatchObject([
      { reason: { code: 'ShareHangs' } },
      { reason: { code: 'ShareHangs' } },
    ]);
    expect(killed).toBe(1);
  });
});
