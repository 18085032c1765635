/** A watched hub on a fresh data folder, as the fuzzer sees it. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FromHub } from './watched-hub-process.ts';

type State = Extract<FromHub, { readonly kind: 'state' }>;

export type WatchedHub = {
  readonly url: string;
  readonly token: string;
  readonly dataPath: string;
  /** How it has been since the last time it was asked; `memory`: after it has thrown away what nobody needs. */
  readonly state: (memory?: 'memory') => Promise<State>;
  readonly stop: () => Promise<void>;
};

/** `handles`: how many the process may have; `uiPath`: a page for it to hand out. */
export async function startWatchedHub({ handles, uiPath }: { handles?: number; uiPath?: string } = {}): Promise<WatchedHub> {
  const dataPath = await mkdtemp(join(tmpdir(), 'printfloor-attack-'));
  const few = { execPath: '/bin/bash', execArgv: ['-c', `ulimit -n ${handles} && exec "$@"`, 'bash', process.execPath, '--expose-gc'] };
  const child = fork(
    join(import.meta.dirname, 'watched-hub-process.ts'),
    uiPath === undefined ? [dataPath] : [dataPath, uiPath],
    handles === undefined ? { execArgv: ['--expose-gc'] } : few,
  );
  const ended = once(child, 'exit');
  const hear = async <Kind extends FromHub['kind']>(kind: Kind): Promise<Extract<FromHub, { readonly kind: Kind }>> => {
    const [message] = (await Promise.race([once(child, 'message'), ended.then(() => Promise.reject(new Error('the hub ended')))])) as [
      FromHub,
    ];
    if (message.kind !== kind) throw new Error(`the hub said ${message.kind}`);
    return message as Extract<FromHub, { readonly kind: Kind }>;
  };
  const { url, token } = await hear('ready');
  return {
    url,
    token,
    dataPath,
    state: (memory) => {
      child.send(memory ?? 'state');
      return hear('state');
    },
    stop: async () => {
      child.disconnect();
      await ended;
      await rm(dataPath, { recursive: true, force: true });
    },
  };
}
