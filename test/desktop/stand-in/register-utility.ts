/** Preloaded into the stand-in's utility processes (test doubles): gives them `process.parentPort`, and ends them with the main process. */
import { EventEmitter } from 'node:events';
import type { Relayed } from './relay.ts';

const send = (message: Relayed): void => void process.send?.(message, undefined, undefined, () => undefined);

/** Keeps what comes before `start`, as Electron does. */
class Port extends EventEmitter {
  readonly #id: number;
  #waiting: unknown[] | null = [];

  constructor(id: number) {
    super();
    this.#id = id;
  }

  deliver(data: unknown): void {
    if (this.#waiting === null) this.emit('message', { data, ports: [] });
    else this.#waiting.push(data);
  }

  start(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const data of waiting) this.deliver(data);
  }

  postMessage(data: unknown): void {
    send({ kind: 'port', port: this.#id, data });
  }

  close(): void {
    ports.delete(this.#id);
  }
}

const ports = new Map<number, Port>();
const parentPort = Object.assign(new EventEmitter(), { postMessage: (data: unknown) => send({ kind: 'post', data, ports: [] }) });
Object.defineProperty(process, 'parentPort', { value: parentPort });

process.on('message', (message: Relayed) => {
  if (message.kind === 'port') {
    ports.get(message.port)?.deliver(message.data);
    return;
  }
  const given = message.ports.map((id) => {
    const port = new Port(id);
    ports.set(id, port);
    return port;
  });
  parentPort.emit('message', { data: message.data, ports: given });
});
process.on('disconnect', () => process.exit(1));
