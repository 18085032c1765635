/** Stands in for `electron/hub/entry.ts` where the built program is tested: what the hub runs beside itself is then what a shop runs, and starts in a fifth of the time. */
import { dirname, join } from 'node:path';
import { builtHub } from '../build/build.mjs';

export function entryPath(entry: string): string {
  return join(dirname(builtHub), 'hub', `${entry}.js`);
}
