/** Entry of a disk process under Electron: answers disk requests on the port it is given first. The main process ends it. */
import { answerRequest } from './hub/disk/answer.ts';
import type { DiskRequest } from './hub/disk/protocol.ts';

// Ctrl+C in a terminal reaches the whole group; the hub still needs its disks to finish.
process.on('SIGINT', () => undefined);
process.parentPort.once('message', ({ ports }) => {
  const [hub] = ports;
  if (hub === undefined) throw new Error('A disk process was started without a port to the hub');
  hub.on('message', ({ data }) => void answerRequest(data as DiskRequest, (answer) => hub.postMessage(answer)));
  hub.start();
});
