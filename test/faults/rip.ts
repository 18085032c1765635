/** Starts the fake RIP on a hot folder and reads what it saw. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../until.ts';
import type { RipLine, RipMode, RipOptions } from './fake-rip.ts';

export type FakeRip = {
  readonly pid: number;
  /** Everything it saw and did so far, in order. */
  readonly lines: () => Promise<RipLine[]>;
  readonly stop: () => Promise<void>;
};

/** `workPath`: a folder of the test's own for the log and for what the RIP moves out. Resolves once it looks. */
export async function startFakeRip(folder: string, workPath: string, mode: RipMode, delayMs = 20): Promise<FakeRip> {
  const options: RipOptions = { folder, log: join(workPath, 'rip.ndjson'), mode, delayMs, outPath: join(workPath, 'rip-out') };
  const child = spawn(process.execPath, [join(import.meta.dirname, 'fake-rip.ts'), JSON.stringify(options)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const lines = () => readRipLog(options.log);
  await until(async () => (await lines()).some((line) => line.what === 'ready'), 'the fake RIP looks');
  return {
    pid: child.pid ?? 0,
    lines,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

async function readRipLog(path: string): Promise<RipLine[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  // The last line may be half written.
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  return whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line): RipLine => JSON.parse(line));
}
