/** Stand-in (test double) for `app`: life of the program, its folders, one instance. */
import { EventEmitter } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { running } from './processes.ts';

/** An event whose listeners may say no. */
export class StoppableEvent {
  defaultPrevented = false;
  readonly url: string;

  constructor(url = '') {
    this.url = url;
  }

  preventDefault(): void {
    this.defaultPrevented = true;
  }
}

const userData = join(process.env['XDG_CONFIG_HOME'] ?? '', 'printfloor');
const instancePath = join(userData, 'instance.sock');
/** Filled in by windows; app.quit closes them all. */
export const closers = new Set<() => boolean>();
/** What must be ended before the process: the browser. */
export const endings = new Set<() => Promise<void>>();

class App extends EventEmitter {
  readonly isPackaged = false;
  readonly dock = undefined;
  #ending = false;

  whenReady(): Promise<void> {
    return Promise.resolve();
  }

  getPath(_name: 'userData'): string {
    mkdirSync(userData, { recursive: true });
    return userData;
  }

  getVersion(): string {
    return '0.0.0';
  }

  getAppMetrics(): { type: string; serviceName: string; pid: number | undefined }[] {
    return [...running].map(([{ pid }, serviceName]) => ({ type: 'Utility', serviceName, pid }));
  }

  getLocale(): string {
    return 'en-GB';
  }

  /** Electron answers at once, so this must too: whoever can make the socket's folder entry first has it. */
  requestSingleInstanceLock(): boolean {
    const lockPath = join(this.getPath('userData'), 'instance.lock');
    try {
      mkdirSync(lockPath);
    } catch {
      const told = new Promise<void>((done) =>
        connect(instancePath)
          .end('another', () => done())
          .on('error', () => done()),
      );
      endings.add(() => told);
      return false;
    }
    rmSync(instancePath, { force: true });
    process.on('exit', () => rmSync(lockPath, { recursive: true, force: true }));
    createServer((socket) => socket.on('data', () => this.emit('second-instance', new StoppableEvent())))
      .listen(instancePath)
      .unref();
    return true;
  }

  quit(): void {
    if (this.#ending) return;
    const event = new StoppableEvent();
    this.emit('before-quit', event);
    if (event.defaultPrevented) return;
    if ([...closers].some((close) => !close())) return;
    this.exit(0);
  }

  exit(code: number): void {
    this.#ending = true;
    void Promise.all([...endings].map((end) => end())).finally(() => process.exit(code));
  }
}

export const app = new App();
