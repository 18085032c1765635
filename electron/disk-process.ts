/** Entry of a disk process under Electron: answers disk requests on the port it is given first. The main process ends it. */
import { answerRequest } from './hub/disk/answer.ts';
import { inOneGo } from './hub/disk/in-one-go.ts';
import type { DiskAnswer, DiskRequest } from './hub/disk/protocol.ts';
import { keepHeapSmall } from './hub/small-heap.ts';

keepHeapSmall();
// Ctrl+C in a terminal reaches the whole group; the hub still needs its disks to finish.
process.on('SIGINT', () => undefined);
process.parentPort.once('message', ({ ports }) => {
  const [hub] = ports;
  if (hub === undefined) throw new Error('A disk process was started without a port to the hub');
  const send = inOneGo<DiskAnswer>((answers) => hub.postMessage(answers));
  hub.on('message', ({ data }) => {
    for (const request of data as readonly DiskRequest[]) void answerRequest(request, send);
  });
  hub.start();
});
