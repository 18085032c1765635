/** What the program says at its start when it cannot start, or was only asked. A real process each time. */
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { need, run } from './faults/machine.ts';
import { headlessPath, startTestHub } from './hub-client.ts';
import { until } from './until.ts';

let data = '';
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'printfloor-start-'));
});
afterEach(() => rm(data, { recursive: true, force: true }));

function start(args: readonly string[], under: readonly string[] = []): Promise<{ code: number | null; said: string }> {
  const [program = process.execPath, ...before] = [...under, process.execPath];
  return new Promise((done) => {
    const child = spawn(program, [...before, headlessPath, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.on('close', (code) => done({ code, said }));
  });
}

/** A sentence with its advice, and no inside of the program. */
function expectSentence(said: string, sentence: RegExp): void {
  expect(said).toMatch(sentence);
  expect(said).not.toMatch(/^\s+at |node:internal|\.[jt]s:\d+/m);
}

/** Breaks a promise that nobody waits for, in the hub's own process alone, when it is told to. */
function breakingWith(error: string): Record<string, string> {
  const code = `if (/headless.[jt]s$/.test(process.argv[1] ?? '')) process.on('SIGUSR2', () => void Promise.reject(${error}))`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}` };
}

describe('a promise that broke and that nobody waited for', () => {
  it('by a fault of ours ends it with a sentence, so that it is started again and goes on from the record', async () => {
    const hub = await startTestHub({ data, env: breakingWith("new TypeError('nothing of the kind')") });
    try {
      const made = await hub.api('POST', '/jobs', { order: '1', job: '1', title: 'Cards' });
      process.kill(hub.pid, 'SIGUSR2');
      await hub.waitForExit(10_000);
      expect(await hub.stop()).toBe(1);
      expect(hub.output()).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z Printfloor: ended by a fault of its own\. .*TypeError: nothing of the kind/m);
      await hub.start();
      expect((await hub.api('GET', '/jobs/1')).body).toEqual(made.body);
    } finally {
      await hub.clean();
    }
  });

  it('by a full disk is told, and the hub lives', async () => {
    const hub = await startTestHub({ data, env: breakingWith("Object.assign(new Error('no space left'), { code: 'ENOSPC' })") });
    try {
      process.kill(hub.pid, 'SIGUSR2');
      await until(() => hub.output().includes('no space left'), 'it is told');
      expect((await hub.api('GET', '/health')).status).toBe(200);
    } finally {
      await hub.clean();
    }
  });
});

describe('a start that was only a question', () => {
  it.each(['--help', '-h'])('%s tells the options and ends well, whatever else is said', async (option) => {
    const { code, said } = await start(['--data', data, option]);
    expect(code).toBe(0);
    for (const name of ['--data', '--port', '--headless', '--demo', '--help']) expect(said).toContain(name);
  });
});

describe('a start that cannot be says why in one sentence, without a stack:', () => {
  it('a second one on the same data folder', async () => {
    const hub = await startTestHub({ data });
    try {
      const { code, said } = await start(['--data', data, '--port', '0']);
      expect(code).toBe(1);
      expectSentence(said, /^Printfloor: Another Printfloor is running on .*\. Close that one, or choose another data folder\.$/m);
      expect((await hub.api('GET', '/health')).status).toBe(200);
    } finally {
      await hub.clean();
    }
  });

  it('the port is in use', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    try {
      await new Promise((done) => server.once('listening', done));
      const { port } = server.address() as AddressInfo;
      const { code, said } = await start(['--data', data, '--port', String(port)]);
      expect(code).toBe(1);
      expectSentence(said, new RegExp(`^Printfloor: Port ${port} is taken by another program`, 'm'));
    } finally {
      server.close();
    }
  });

  it('the data folder is a file', async () => {
    await writeFile(join(data, 'file'), 'x');
    const { code, said } = await start(['--data', join(data, 'file'), '--port', '0']);
    expect(code).toBe(1);
    expectSentence(said, /cannot be written/);
  });

  it('the data folder is read-only', async (context) => {
    await need(context, { root: true });
    await run('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', data]);
    try {
      const { code, said } = await start(['--data', data, '--port', '0']);
      expect(code).toBe(1);
      expectSentence(said, /cannot be written/);
    } finally {
      await run('umount', [data]);
    }
  });

  it('the database may be read and not written by this account', async (context) => {
    await need(context, { root: true, programs: ['setpriv'] });
    new Database(join(data, 'printfloor.sqlite')).exec('create table x (y)').close();
    await run('chmod', ['644', join(data, 'printfloor.sqlite')]);
    await run('chown', ['65534', data]);
    const { code, said } = await start(['--data', data, '--port', '0'], ['setpriv', '--reuid', '65534', '--clear-groups', '--']);
    expect(code).toBe(1);
    expectSentence(said, /^Printfloor: .*(cannot be opened for writing|cannot be written)/m);
  });

  it("the data folder is another account's: nothing in it is touched, and it is said whose", async (context) => {
    await need(context, { root: true, programs: ['setpriv'] });
    await run('chmod', ['711', data]);
    const { code, said } = await start(['--data', data, '--port', '0'], ['setpriv', '--reuid', '65534', '--clear-groups', '--']);
    expect(code).toBe(1);
    expectSentence(
      said,
      /^Printfloor: The data folder .* belongs to another account of this computer \(user id 0\), and is left alone\. .*--data/m,
    );
    expect(await readdir(data)).toEqual([]);
  });

  it('another Printfloor has the port: of another account, mostly', async () => {
    const hub = await startTestHub({});
    try {
      const { code, said } = await start(['--data', data, '--port', new URL(hub.url).port]);
      expect(code).toBe(1);
      expectSentence(said, /^Printfloor: Another Printfloor answers at port \d+ already: .*--port and another number\.$/m);
    } finally {
      await hub.clean();
    }
  });

  it('the database is damaged', async () => {
    await writeFile(join(data, 'printfloor.sqlite'), 'this is no database, and long enough to be looked at '.repeat(40));
    const { code, said } = await start(['--data', data, '--port', '0']);
    expect(code).toBe(1);
    expectSentence(said, /^Printfloor: The database .* is damaged and was left as it is\. .*Put the last backup in its place\.$/m);
  });

  it('the database was made by a newer program', async () => {
    const hub = await startTestHub({ data });
    await hub.stop();
    new Database(join(data, 'printfloor.sqlite')).exec("insert into migration values (999, 'later', 'x', 0)").close();
    const { code, said } = await start(['--data', data, '--port', '0']);
    expect(code).toBe(1);
    expectSentence(said, /^Printfloor: The database was made by a newer Printfloor/m);
  });

  it('another program holds the database', async () => {
    const hub = await startTestHub({ data });
    await hub.stop();
    const other = new Database(join(data, 'printfloor.sqlite'));
    other.pragma('locking_mode = EXCLUSIVE');
    other.exec('begin exclusive');
    try {
      const { code, said } = await start(['--data', data, '--port', '0']);
      expect(code).toBe(1);
      expectSentence(said, /^Printfloor: Another program holds the database/m);
    } finally {
      other.close();
    }
  });
});
