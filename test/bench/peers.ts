/** The programs we measure ourselves against, as a shop would set them up: plain commands of Debian. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../faults/machine.ts';
import { until } from '../until.ts';

const longMs = 1_800_000;

/** Runs a line of shell to its end. */
export async function shell(line: string): Promise<void> {
  await run('sh', ['-c', line], longMs);
}

export type Peer = { readonly pid: number; readonly stop: () => Promise<void> };

function asPeer(child: ChildProcess): Peer {
  return {
    pid: child.pid ?? 0,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
      process.kill(-child.pid, 'SIGKILL');
      await once(child, 'exit');
    },
  };
}

async function startUntilSaid(program: string, args: readonly string[], ready: RegExp): Promise<Peer> {
  const child = spawn(program, [...args], { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const hear = (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-10_000);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const peer = asPeer(child);
  await until(() => ready.test(said), `${program} is ready`, 60_000).catch(async (error: unknown) => {
    await peer.stop();
    throw new Error(`${String(error)}: ${said}`);
  });
  return peer;
}

/** The loop many shops have: whatever is closed in one folder is copied into the other. `each` may use $f, the file's name. */
export async function startInotifyLoop(incoming: string, each: string): Promise<Peer> {
  const loop = `inotifywait -m -e close_write --format '%f' '${incoming}' | while IFS= read -r f; do ${each}; done`;
  return startUntilSaid('sh', ['-c', loop], /Watches established/);
}

/** lsyncd watching one folder and running rsync into the other one second after the first change. */
export async function startLsyncd(workPath: string, from: string, to: string): Promise<Peer> {
  const config = join(workPath, 'lsyncd.conf');
  const log = join(workPath, 'lsyncd.log');
  await writeFile(
    config,
    `settings { nodaemon = true, logfile = "${log}", statusFile = "${join(workPath, 'lsyncd.status')}" }
sync { default.rsync, source = "${from}", target = "${to}", delay = 1, rsync = { whole_file = true, _extra = { "--fsync" } } }
`,
  );
  const peer = asPeer(spawn('lsyncd', ['-nodaemon', config], { detached: true, stdio: 'ignore' }));
  await until(async () => /finished/i.test(await readFile(log, 'utf8').catch(() => '')), 'lsyncd is ready', 30_000);
  return peer;
}
