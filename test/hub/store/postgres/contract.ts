/** What every engine promises, as the tests beside this folder say it: loaded once more, for a record in a database of PostgreSQL. */
import { basename } from 'node:path';
import { describe } from 'vitest';
import type { Connect } from '../../../../electron/hub/store/postgres/client.ts';
import { openPostgres } from '../../../../electron/hub/store/postgres/open.ts';
import { runOn } from '../fresh-store.ts';

/** Each folder has a schema of its own. */
function schemaOf(folder: string): string {
  return `s${Buffer.from(basename(folder)).toString('hex')}`;
}

export function keepContract(name: string, connectTo: (schema: string) => Promise<Connect>, oneSession: boolean): void {
  runOn({ open: async (folder, ports) => openPostgres({ connect: await connectTo(schemaOf(folder)), ports }), oneSession });
  describe(name, async () => {
    await import('../at-hand.test.ts');
    await import('../floor.test.ts');
    await import('../flush.test.ts');
    await import('../history.test.ts');
    await import('../jobs.test.ts');
    await import('../lists.test.ts');
    await import('../queue.test.ts');
  });
}
