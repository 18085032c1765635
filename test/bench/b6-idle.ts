/** B6: what it costs to do nothing, with 100,000 files lying in 100 hot folders. */
import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { hotFolderSchema } from '../../shared/hot-folder.ts';
import { until } from '../until.ts';
import { startBenchHub } from './hub.ts';
import { cpuSeconds, memoryMb, printRow, printTarget, scaled, withFolder } from './measure.ts';

type Idle = { readonly percent: number; readonly mb: number };

async function watchIdle(pid: number, seconds: number): Promise<Idle> {
  const before = await cpuSeconds(pid);
  const from = performance.now();
  await pause(seconds * 1000);
  const percent = (((await cpuSeconds(pid)) - before) / ((performance.now() - from) / 1000)) * 100;
  return { percent, mb: await memoryMb(pid) };
}

/** Lets a process come to rest: until it uses next to nothing for a few seconds, or as long as it may take. */
async function letRest(pid: number, longestMs: number): Promise<void> {
  const deadline = performance.now() + longestMs;
  while (performance.now() < deadline) {
    const { percent } = await watchIdle(pid, 4);
    if (percent < 3) return;
  }
}

async function idleOf(program: string, args: readonly string[], ready: RegExp, seconds: number): Promise<Idle> {
  const child = spawn(program, [...args], { stdio: ['ignore', 'pipe', 'pipe'], cwd: join(import.meta.dirname, '../..') });
  let said = '';
  const hear = (chunk: Buffer) => {
    said += chunk.toString();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  try {
    await until(() => ready.test(said), `${program} watches`, 120_000);
    await pause(3000);
    return await watchIdle(child.pid ?? 0, seconds);
  } finally {
    child.kill('SIGKILL');
  }
}

export async function idle(): Promise<boolean> {
  return withFolder(async (root) => {
    const folders = scaled(100, 10);
    const filesEach = 1000;
    const seconds = scaled(60, 15);
    const { hub } = await startBenchHub(join(root, 'data'));
    try {
      const paths: string[] = [];
      for (let at = 1; at <= folders; at += 1) {
        const path = join(root, 'hot', `printer-${at}`);
        await mkdir(path, { recursive: true });
        for (let file = 0; file < filesEach; file += 1) await writeFile(join(path, `note ${file}.txt`), 'lies here');
        await hub.ask(hotFolderSchema, 'POST', '/hot-folders', { name: `printer-${at}`, path });
        paths.push(path);
      }
      await letRest(hub.pid, 120_000);
      const ours = await watchIdle(hub.pid, seconds);
      const polling = `import { watch } from 'chokidar'; watch(process.argv.slice(1), { usePolling: true, interval: 1000, depth: 0 }).on('ready', () => console.log('ready'));`;
      const chokidar = await idleOf(process.execPath, ['--input-type=module', '-e', polling, ...paths], /ready/, seconds);
      const inotify = await idleOf('inotifywait', ['-m', '-e', 'close_write', ...paths], /Watches established/, seconds);
      console.log(`B6: idle with ${folders * filesEach} files in ${folders} hot folders, ${seconds} s`);
      const row = (name: string, safety: string, { percent, mb }: Idle) =>
        printRow({ name, safety, values: [percent], unit: '% of a core', more: `${mb.toFixed(0)} MB` });
      row('Printfloor', 'folders looked at again and again: a lost event is found', ours);
      row('chokidar, polling each second', 'the same, files only', chokidar);
      row('inotifywait -m', 'a lost event stays lost', inotify);
      return printTarget('idle', ours.percent, ' % of a core', { atMost: 2 });
    } finally {
      await hub.clean();
    }
  });
}
