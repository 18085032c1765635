/**
 * Starts the built desktop program for a test: always against the stand-in for Electron, and against the real one where its program is here.
 * Both are spoken to in the same way.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as Electron from 'electron';
import { _electron, type Browser, chromium, type Page } from 'playwright-core';
import { installedElectron } from '../../build/electron-binary.ts';
import type { Desktop as WindowDesktop } from '../../shared/desktop.ts';
import { until } from '../until.ts';
import type { Answered, Asked } from './stand-in/control.ts';

declare global {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface adds to the one that is there
  interface Window {
    readonly desktop?: WindowDesktop;
  }
}

const root = join(import.meta.dirname, '../..');
const registerPath = join(import.meta.dirname, 'stand-in/register.ts');

export type Kind = 'stand-in' | 'electron';
export const kinds: readonly Kind[] = installedElectron() === null ? ['stand-in'] : ['stand-in', 'electron'];

/** A machine: its settings folder and its data folder. Several starts may share one. */
export type Machine = { readonly configPath: string; readonly dataPath: string; remove(): void };

export function makeMachine(): Machine {
  const path = mkdtempSync(join(tmpdir(), 'printfloor-desktop-'));
  return {
    configPath: join(path, 'config'),
    dataPath: join(path, 'data'),
    remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }),
  };
}

export type Desktop = {
  /** Runs a function in the main process; it may use nothing but its arguments. */
  evaluate<Result, Arg = undefined>(run: (electron: typeof Electron, arg: Arg) => Result | Promise<Result>, arg?: Arg): Promise<Result>;
  /** The page in the first window. */
  page(): Promise<Page>;
  /** All it printed so far. */
  output(): string;
  readonly process: ChildProcess;
  /** Its exit code. */
  readonly exited: Promise<number | null>;
};

function watch(child: ChildProcess): Pick<Desktop, 'output' | 'exited' | 'process'> {
  let output = '';
  const keep = (data: Buffer): void => {
    output += data.toString();
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const exited = new Promise<number | null>((done) => child.on('exit', done));
  return { process: child, output: () => output, exited };
}

function startStandIn(args: readonly string[], env: NodeJS.ProcessEnv): Desktop {
  const child = spawn(process.execPath, ['--import', registerPath, join(root, 'dist/electron/main.js'), ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const asked = new Map<number, PromiseWithResolvers<unknown>>();
  const address = Promise.withResolvers<string>();
  let browser: Promise<Browser> | null = null;
  let lastId = 0;
  child.on('message', (message: Answered | { readonly browser: string }) => {
    if ('browser' in message) {
      address.resolve(message.browser);
      return;
    }
    const waiting = asked.get(message.id);
    if (message.error === undefined) waiting?.resolve(message.result);
    else waiting?.reject(new Error(message.error));
  });
  child.on('exit', (code) => {
    for (const waiting of asked.values()) waiting.reject(new Error(`The program ended with ${code}`));
  });
  return {
    ...watch(child),
    evaluate(run, arg) {
      lastId += 1;
      const answer = Promise.withResolvers<unknown>();
      asked.set(lastId, answer);
      child.send({ id: lastId, source: run.toString(), arg } satisfies Asked);
      return answer.promise as Promise<Awaited<ReturnType<typeof run>>>;
    },
    async page() {
      browser ??= chromium.connectOverCDP(await address.promise);
      const connected = await browser;
      return until(() => connected.contexts()[0]?.pages()[0], 'the window has a page', 15_000);
    },
  };
}

async function startElectron(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Desktop> {
  const executablePath = installedElectron() ?? '';
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const electron = await _electron.launch({ executablePath, args: [...sandbox, root, ...args], env: env as Record<string, string> });
  return {
    ...watch(electron.process()),
    evaluate: (run, arg) => electron.evaluate(run as never, arg as never),
    page: () => electron.firstWindow(),
  };
}

/** Starts it on this machine with a free port. Whoever opens it ends it. */
export async function openDesktop(
  kind: Kind,
  machine: Machine,
  more: readonly string[] = ['--port', '0'],
  session: NodeJS.ProcessEnv = { SESSIONNAME: 'Console' },
): Promise<Desktop> {
  const args = ['--data', machine.dataPath, ...more];
  const env = { ...process.env, ...session, XDG_CONFIG_HOME: machine.configPath };
  return kind === 'stand-in' ? startStandIn(args, env) : startElectron(args, env);
}

/** Quits as a person would, and answers the exit code. */
export async function quit(desktop: Desktop): Promise<number | null> {
  // The answer may be lost with the process.
  void desktop.evaluate(({ app }) => app.quit()).catch(() => undefined);
  return desktop.exited;
}
