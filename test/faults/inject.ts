/** Makes system calls of the hub's disk processes fail, through strace. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { until } from '../until.ts';
import { run } from './machine.ts';

/** All processes below `pid` that do disk work; the hub itself, with its database, is not among them. */
async function diskProcesses(pid: number): Promise<number[]> {
  const children = (await run('pgrep', ['-P', String(pid)]).catch(() => '')).split('\n').filter((line) => line !== '');
  const found: number[] = [];
  for (const child of children) {
    const command = await readFile(`/proc/${child}/cmdline`, 'utf8').catch(() => '');
    if (command.includes('disk-process')) found.push(Number(child));
  }
  return found;
}

/** `fault` in strace's words: `fsync:error=EIO`. Every such call fails until `stop`. */
export async function startInjecting(hubPid: number, fault: string): Promise<{ readonly stop: () => Promise<void> }> {
  const pids = await until(async () => {
    const found = await diskProcesses(hubPid);
    return found.length > 0 ? found : null;
  }, 'the hub has a disk process');
  const call = fault.slice(0, fault.indexOf(':'));
  const child = spawn('strace', ['-f', '-e', `trace=${call}`, '-e', `inject=${fault}`, ...pids.flatMap((pid) => ['-p', String(pid)])], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-20_000);
  });
  const attached = () => pids.every((pid) => said.includes(`Process ${pid} attached`));
  await until(attached, 'strace has attached').catch((error: unknown) => {
    child.kill('SIGKILL');
    throw new Error(`${String(error)}: ${said.slice(-500)}`);
  });
  return {
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGINT');
      await once(child, 'exit');
    },
  };
}
