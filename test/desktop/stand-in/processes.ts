/** Stand-in (test double) for `utilityProcess` and message ports: real processes of plain Node; ports between them are relayed by the main one. */
import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Relayed } from './relay.ts';

const registerPath = fileURLToPath(new URL('./register-utility.ts', import.meta.url));
let lastPortId = 0;

/** Those running, as app.getAppMetrics tells them. */
export const running = new Map<UtilityProcess, string>();

/** One end of a channel. Handed to another process it only relays. */
export class MessagePortMain extends EventEmitter {
  peer: MessagePortMain | null = null;
  deliver = (data: unknown): void => void this.emit('message', { data, ports: [] });

  postMessage(data: unknown): void {
    this.peer?.deliver(data);
  }

  start(): void {}

  close(): void {
    this.emit('close');
  }
}

export class MessageChannelMain {
  readonly port1 = new MessagePortMain();
  readonly port2 = new MessagePortMain();

  constructor() {
    this.port1.peer = this.port2;
    this.port2.peer = this.port1;
  }
}

class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess;
  readonly #ports = new Map<number, MessagePortMain>();

  constructor(child: ChildProcess) {
    super();
    this.#child = child;
    child.on('message', (message: Relayed) => {
      if (message.kind === 'post') this.emit('message', message.data);
      else this.#ports.get(message.port)?.peer?.deliver(message.data);
    });
    child.on('exit', (code) => this.emit('exit', code ?? 1));
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  postMessage(data: unknown, transfer: readonly MessagePortMain[] = []): void {
    const ports = transfer.map((port) => {
      lastPortId += 1;
      const id = lastPortId;
      this.#ports.set(id, port);
      port.deliver = (later) => this.#send({ kind: 'port', port: id, data: later });
      return id;
    });
    this.#send({ kind: 'post', data, ports });
  }

  kill(): boolean {
    return this.#child.kill('SIGTERM');
  }

  #send(message: Relayed): void {
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }
}

type ForkOptions = { readonly env?: NodeJS.ProcessEnv; readonly serviceName: string };

export const utilityProcess = {
  fork(path: string, args: readonly string[], { env = process.env, serviceName }: ForkOptions): UtilityProcess {
    const stdio = ['ignore', 'inherit', 'inherit', 'ipc'] as const;
    const child = new UtilityProcess(
      fork(path, args, { execArgv: ['--import', registerPath], serialization: 'advanced', stdio: [...stdio], env }),
    );
    running.set(child, serviceName);
    child.on('exit', () => running.delete(child));
    return child;
  },
};
