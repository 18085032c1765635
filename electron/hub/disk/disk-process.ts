/** Entry of a disk process in plain Node: does disk work for one share, and ends when the hub does. */

import { keepOldSmall } from '../small-heap.ts';
import { answerRequest } from './answer.ts';
import { inOneGo } from './in-one-go.ts';
import type { DiskAnswer, DiskRequest } from './protocol.ts';

keepOldSmall();
const send = inOneGo<DiskAnswer>((answers) => {
  if (process.connected) process.send?.([...answers], undefined, undefined, () => undefined);
});

process.on('message', (requests) => {
  for (const request of requests as readonly DiskRequest[]) void answerRequest(request, send);
});
process.on('disconnect', () => process.exit(0));
// The hub decides when to end; a Ctrl+C in the terminal reaches the whole group.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
