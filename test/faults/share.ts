/**
 * Stand-ins for a network share that can be taken away: a folder on the "server", and a mount of it that can be unmounted, frozen or full. The RIP of such a
 * share works on the server's side, as real ones do.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../until.ts';
import { run } from './machine.ts';

export type Share = {
  /** Where the hub sees it. */
  readonly path: string;
  /** The same folder on the server, there whatever becomes of the mount. */
  readonly serverPath: string;
  readonly mount: () => Promise<void>;
  /** The mount point stays, empty; files in use go on until they are closed, as with `umount -l`. */
  readonly unmount: () => Promise<void>;
  /** The server stops answering: whoever touches the share hangs until `thaw`. */
  readonly freeze: () => void;
  readonly thaw: () => void;
  readonly clean: () => Promise<void>;
};

async function isMounted(path: string): Promise<boolean> {
  return (await readFile('/proc/self/mounts', 'utf8')).split('\n').some((line) => line.split(' ')[1] === path);
}

/** A bindfs share, mounted. Needs root and bindfs. */
export async function makeShare(): Promise<Share> {
  const root = await mkdtemp(join(tmpdir(), 'printfloor-share-'));
  const path = join(root, 'mnt');
  const serverPath = join(root, 'server');
  await mkdir(path);
  await mkdir(serverPath);
  const servers: ChildProcess[] = [];
  const signal = (name: NodeJS.Signals) => {
    for (const server of servers) if (server.exitCode === null && server.signalCode === null) server.kill(name);
  };
  const share: Share = {
    path,
    serverPath,
    mount: async () => {
      servers.push(spawn('bindfs', ['-f', serverPath, path], { stdio: 'ignore' }));
      await until(() => isMounted(path), 'the share is mounted');
    },
    unmount: async () => {
      if (await isMounted(path)) await run('umount', ['-l', path]);
    },
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
    clean: async () => {
      share.thaw();
      await share.unmount();
      signal('SIGKILL');
      await Promise.all(
        servers.map(async (server) => (server.exitCode === null && server.signalCode === null ? once(server, 'exit') : null)),
      );
      await rm(root, { recursive: true, force: true });
    },
  };
  await share.mount();
  return share;
}

/** A disk of `bytes`, in memory. Needs root. */
export async function makeSmallDisk(bytes: number): Promise<{ readonly path: string; readonly clean: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'printfloor-small-'));
  await run('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', path]);
  return {
    path,
    clean: async () => {
      await run('umount', ['-l', path]);
      await rm(path, { recursive: true, force: true });
    },
  };
}
