/** Where the programs lie that the hub runs beside itself: as sources in their folders, built in the same folders below the hub's own file. */
import { fileURLToPath } from 'node:url';

const isSource = import.meta.url.endsWith('.ts');

export function entryPath(entry: 'disk/disk-process' | 'intake/tickets/ticket-thread' | 'store/sqlite/reading-thread'): string {
  return fileURLToPath(new URL(isSource ? `./${entry}.ts` : `./hub/${entry}.js`, import.meta.url));
}
