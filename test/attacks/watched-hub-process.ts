/** A hub in a process of its own, whose loop and memory are watched: says where it is, and on each message how it has been since the last. */
import { startHub } from '../../electron/hub/hub.ts';
import { watchLoop } from '../loop.ts';

export type FromHub =
  | { readonly kind: 'ready'; readonly url: string; readonly token: string }
  | {
      readonly kind: 'state';
      readonly longestMs: number;
      readonly heapBytes: number;
      readonly sockets: number;
      readonly said: readonly string[];
    };

const [dataPath = '', uiPath = null] = process.argv.slice(2);
const said: string[] = [];
const hub = await startHub({ dataPath, uiPath, port: 0, log: (line) => said.push(line) });
const tell = (message: FromHub): void => void process.send?.(message);
let watch = watchLoop();
process.on('message', (asked) => {
  const { longestMs } = watch.stop();
  if (asked === 'memory') globalThis.gc?.();
  const sockets = process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
  tell({ kind: 'state', longestMs, heapBytes: process.memoryUsage().heapUsed, sockets, said: said.splice(0) });
  watch = watchLoop();
});
process.on('disconnect', () => void hub.stop().then(() => process.exit(0)));
tell({ kind: 'ready', url: hub.url, token: hub.token });
