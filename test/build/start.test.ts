/** `npm start -- --headless` as a person or a supervisor runs it: a real npm, real signals, a real port. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { until } from '../until.ts';

const root = join(import.meta.dirname, '../..');
const startMs = 60_000;

type Started = { readonly npm: ChildProcess; said(): string; readonly exited: Promise<number | null>; readonly dataPath: string };

const folders: string[] = [];
const groups: number[] = [];

function newFolder(): string {
  const path = mkdtempSync(join(tmpdir(), 'printfloor-start-'));
  folders.push(path);
  return path;
}

/** In a process group of its own, as a terminal would. */
function npmStart(args: readonly string[], env: NodeJS.ProcessEnv = {}): Started {
  const dataPath = newFolder();
  const npm = spawn('npm', ['start', '--', ...args], {
    cwd: root,
    detached: true,
    env: { ...process.env, PRINTFLOOR_DATA: dataPath, PRINTFLOOR_PORT: '0', ...env },
    shell: process.platform === 'win32',
  });
  if (npm.pid !== undefined) groups.push(npm.pid);
  let said = '';
  for (const stream of [npm.stdout, npm.stderr]) stream.on('data', (data: Buffer) => (said += data.toString()));
  return { npm, said: () => said, exited: new Promise((done) => npm.on('close', done)), dataPath };
}

async function readyUrl(started: Started): Promise<string> {
  const line = await until(() => /^Printfloor ready: (http:\/\/127\.0\.0\.1:\d+)$/m.exec(started.said()), 'it is ready', startMs);
  return line[1] ?? '';
}

function isGroupAlive(pid: number): boolean {
  try {
    return process.kill(-pid, 0);
  } catch {
    return false;
  }
}

afterEach(async () => {
  for (const group of groups.splice(0)) if (isGroupAlive(group)) process.kill(-group, 'SIGKILL');
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
});

describe.skipIf(process.platform === 'win32')('npm start -- --headless', () => {
  test('says where it is and where the token lies, never the token; answers', async () => {
    const started = npmStart(['--headless']);
    const url = await readyUrl(started);
    const token = readFileSync(join(started.dataPath, 'admin-token'), 'utf8').trim();
    const health = await fetch(`${url}/api/health`, { headers: { authorization: `Bearer ${token}` } });
    expect(health.status).toBe(200);
    const page = await fetch(url);
    expect(await page.text()).toContain('<div id="root">');
    expect(started.said()).toContain(join(started.dataPath, 'admin-token'));
    expect(started.said()).not.toContain(token);
    started.npm.kill('SIGTERM');
    expect(await started.exited).toBe(0);
  });

  const ends = {
    'SIGTERM to npm': ({ npm }: Started) => npm.kill('SIGTERM'),
    'SIGINT to npm': ({ npm }: Started) => npm.kill('SIGINT'),
    'Ctrl+C in a terminal': ({ npm }: Started) => process.kill(-(npm.pid ?? 0), 'SIGINT'),
    'SIGTERM to all of it': ({ npm }: Started) => process.kill(-(npm.pid ?? 0), 'SIGTERM'),
  };
  test.each(Object.entries(ends))('%s: everything ends within five seconds, with 0 where npm lives to tell', async (_name, end) => {
    const started = npmStart(['--headless']);
    await readyUrl(started);
    const from = performance.now();
    end(started);
    expect(await started.exited).toBe(0);
    expect(performance.now() - from).toBeLessThan(5000);
    await until(() => !isGroupAlive(started.npm.pid ?? 0), 'no process is left', 4000);
  });

  test('npm killed: nothing is left running', async () => {
    const started = npmStart(['--headless']);
    await readyUrl(started);
    started.npm.kill('SIGKILL');
    await until(() => !isGroupAlive(started.npm.pid ?? 0), 'no process is left', 6000);
  });

  test('a port that is taken is said, with what to do', async () => {
    const other = createServer();
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const { port } = other.address() as AddressInfo;
    const started = npmStart(['--headless', '--port', String(port)]);
    expect(await started.exited).toBe(1);
    expect(started.said()).toContain(`Port ${port} is taken by another program`);
    await new Promise((done) => other.close(done));
  });

  test('an option it does not know is refused with those it knows', async () => {
    const started = npmStart(['--headles']);
    expect(await started.exited).toBe(2);
    for (const known of ['--data', '--port', '--headless', '--demo']) expect(started.said()).toContain(known);
  });

  test('a data folder that cannot be had is said, with what to do', async () => {
    const file = join(newFolder(), 'a-file');
    writeFileSync(file, '');
    const started = npmStart(['--headless', '--data', join(file, 'data')]);
    expect(await started.exited).toBe(1);
    expect(started.said()).toContain('cannot be written');
    expect(started.said()).toContain('--data');
  });

  test('without a display it says so in one line and goes on without its window', async () => {
    const started = npmStart([], { DISPLAY: '', WAYLAND_DISPLAY: '' });
    await readyUrl(started);
    if (process.platform === 'linux')
      expect(started.said()).toMatch(/^Printfloor runs without its window, since there is no display here/m);
    started.npm.kill('SIGTERM');
    expect(await started.exited).toBe(0);
  });
});
