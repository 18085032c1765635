/**
 * Starts a real hub as a process of its own, the way a shop starts it, and speaks with it over HTTP. For flow and fault tests: it can be killed like
 * in a power cut and started again on the same data.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtHub } from '../build/build.mjs';
import { type Ask, connectHub } from '../electron/hub/demo/hub-api.ts';

/** `npm test` builds the program first and has its tests run that, as shops do; a test that is run by itself takes the sources as they are. */
export const headlessPath = process.env['PRINTFLOOR_TEST_BUILT'] === '1' ? builtHub : join(import.meta.dirname, '../electron/headless.ts');
const watchPath = join(import.meta.dirname, 'watch-hub-loop.ts');
const startWithinMs = 30_000;

export type HubOptions = {
  /** Data folder; a new one below the system's temporary folder when left out, removed by `clean`. */
  readonly data?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What follows the folder and the port. */
  readonly args?: readonly string[];
  /** The `headless.ts` to run, when it is not the one of this program. */
  readonly program?: string;
  /** A file in which the longest stop of the hub's loop is kept, over all its starts (see watch-hub-loop.ts). */
  readonly loopPath?: string;
  /** A command to run the hub under, such as strace or setpriv with its arguments. */
  readonly under?: readonly string[];
};

export type TestHub = {
  readonly url: string;
  readonly token: string;
  readonly data: string;
  /** Process id of the hub, or of the program it runs under. */
  readonly pid: number;
  /** Ms, from the moment it answered; 0 where nobody watches. */
  readonly longestStopMs: () => Promise<number>;
  /** Everything the hub has printed since it was started. */
  readonly output: () => string;
  readonly exited: () => boolean;
  /** One request with the admin token; `path` begins below /api. Any answer is an answer. */
  readonly api: (method: string, path: string, body?: unknown) => Promise<{ status: number; body: unknown }>;
  /** The same with the answer checked by a schema; throws when the hub refuses. */
  readonly ask: Ask;
  /** Like a power cut: the hub and every process it started are gone at once. */
  readonly kill9: () => Promise<void>;
  /** SIGTERM; answers the exit code. */
  readonly stop: () => Promise<number | null>;
  /** Starts again on the same data and port; the environment of the first start is not kept unless given again. */
  readonly start: (again?: Pick<HubOptions, 'env' | 'under'>) => Promise<void>;
  /** Until the process has ended by itself, as a crash point makes it. */
  readonly waitForExit: (ms: number) => Promise<void>;
  /** Kills what still runs and removes the data folder if it was made here. */
  readonly clean: () => Promise<void>;
};

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

type Running = { child: ChildProcess; url: string; output: () => string };

const started = new Set<ChildProcess>();
// A test run that is cut off leaves no hubs behind.
process.on('exit', () => {
  for (const child of started) killGroup(child);
});
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(1));

async function launch(
  data: string,
  port: number,
  options: Pick<HubOptions, 'args' | 'env' | 'under' | 'program' | 'loopPath'>,
): Promise<Running> {
  const { loopPath } = options;
  const watched = loopPath === undefined ? [] : ['--import', watchPath];
  const [program = process.execPath, ...before] = [...(options.under ?? []), process.execPath, ...watched];
  const child = spawn(
    program,
    [...before, options.program ?? headlessPath, '--data', data, '--port', String(port), ...(options.args ?? [])],
    {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...(loopPath !== undefined && { PRINTFLOOR_TEST_LOOP: loopPath }), ...options.env },
    },
  );
  started.add(child);
  child.once('exit', () => started.delete(child));
  let text = '';
  const ready = Promise.withResolvers<string>();
  const hear = (chunk: Buffer) => {
    text += chunk.toString();
    const url = /Printfloor ready: (http:\S+)/.exec(text)?.[1];
    if (url !== undefined) ready.resolve(url);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  child.once('exit', (code, signal) => ready.reject(new Error(`The hub ended while starting (${code ?? signal}):\n${text}`)));
  const timer = setTimeout(() => ready.reject(new Error(`The hub did not get ready:\n${text}`)), startWithinMs);
  try {
    return { child, url: await ready.promise, output: () => text };
  } catch (error) {
    killGroup(child);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Already gone.
  }
}

function isGone(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function gone(child: ChildProcess): Promise<void> {
  if (!isGone(child)) await once(child, 'exit');
}

export async function startTestHub(options: HubOptions = {}): Promise<TestHub> {
  const data = options.data ?? (await mkdtemp(join(tmpdir(), 'printfloor-hub-')));
  const port = await freePort();
  let running = await launch(data, port, options).catch(async (error: unknown) => {
    if (options.data === undefined) await rm(data, { recursive: true, force: true });
    throw error;
  });
  const readToken = async () => (await readFile(join(data, 'admin-token'), 'utf8')).trim();
  let token = await readToken();
  const kill9 = async () => {
    killGroup(running.child);
    await gone(running.child);
  };
  return {
    data,
    get url() {
      return running.url;
    },
    get token() {
      return token;
    },
    get pid() {
      return running.child.pid ?? 0;
    },
    longestStopMs: async () => (options.loopPath === undefined ? 0 : Number(await readFile(options.loopPath, 'utf8').catch(() => '0'))),
    output: () => running.output(),
    exited: () => isGone(running.child),
    api: async (method, path, body) => {
      const response = await fetch(`${running.url}/api${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: text === '' ? null : JSON.parse(text) };
    },
    ask: (schema, method, path, body) => connectHub(running.url, token)(schema, method, path, body),
    kill9,
    stop: async () => {
      if (isGone(running.child)) return running.child.exitCode;
      running.child.kill('SIGTERM');
      await gone(running.child);
      // Anything it should have taken along.
      killGroup(running.child);
      return running.child.exitCode;
    },
    start: async (again = {}) => {
      await kill9();
      const { program, loopPath } = options;
      running = await launch(data, port, {
        ...again,
        ...(program !== undefined && { program }),
        ...(loopPath !== undefined && { loopPath }),
      });
      token = await readToken();
    },
    waitForExit: async (ms) => {
      const timeout = AbortSignal.timeout(ms);
      if (!isGone(running.child)) await once(running.child, 'exit', { signal: timeout });
      killGroup(running.child);
    },
    clean: async () => {
      await kill9();
      if (options.data === undefined) await rm(data, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
