/**
 * Loaded into a hub's process before the hub: from the moment it answers, the longest stop of its loop is kept in the file `PRINTFLOOR_TEST_LOOP`, ms, over
 * all starts. A process that never answers, such as a disk process, is not watched.
 */
import { subscribe } from 'node:diagnostics_channel';
import { readFileSync, writeFileSync } from 'node:fs';
import { watchLoop } from './loop.ts';

const keptPath = process.env['PRINTFLOOR_TEST_LOOP'];

function readKept(path: string): number {
  try {
    return Number(readFileSync(path, 'utf8'));
  } catch {
    return 0;
  }
}

function keepWatch(path: string): void {
  const keptMs = readKept(path);
  watchLoop((stoodMs) => {
    if (stoodMs > keptMs) writeFileSync(path, String(stoodMs));
  });
}

if (keptPath !== undefined) {
  let watching = false;
  subscribe('tracing:net.server.listen:asyncEnd', () => {
    if (!watching) keepWatch(keptPath);
    watching = true;
  });
}
