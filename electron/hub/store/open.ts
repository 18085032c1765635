/** Opens the record. */
import { realPorts } from '../ports/real.ts';
import { openSqlite, type SqliteOptions, type StorePorts } from './sqlite/open.ts';
import type { Store } from './store.ts';

export type { CheckRecord } from './sqlite/open.ts';

import { said } from '../../../shared/words/say.ts';
import { Refusal } from '../parts.ts';

type OpenOptions = Omit<SqliteOptions, 'ports'> & {
  readonly ports?: StorePorts;
  readonly url?: string | null;
  readonly isFirst?: boolean;
};

/**
 * @param options.path the database file, made if it is not there; on a local disk
 * @param options.url of a database on a PostgreSQL server, which then has the record, and no file
 * @param options.isFirst false: it was opened there before, by an earlier version maybe, which let an address in clear pass; a shop that works is not stopped
 * @param options.ports the clock, timers and the flush of its log
 * @param options.checkRecord how a large file is checked while the hub works; left out, it is checked before anything else
 * @param options.log told what is nobody's answer
 * @param options.onTrouble told when nothing can be recorded, and with null when that is over
 * @throws Refusal where the way to a server on another computer would be in clear, and its address does not say that this is meant
 * @throws Error with a sentence for the admin when the file is damaged or was made by another version; it is left as it is.
 */
export async function openStore({ ports = realPorts, url = null, isFirst = true, ...options }: OpenOptions): Promise<Store> {
  if (url !== null) {
    // Loaded where it is used alone: a hub on a file is to stay small.
    const [{ openPostgres }, { connectTo }, { isReadAlong, saysOpenly }] = await Promise.all([
      import('./postgres/open.ts'),
      import('./postgres/client.ts'),
      import('./postgres/read-along.ts'),
    ]);
    const { log } = options;
    if (isFirst && isReadAlong(url) && !saysOpenly(url)) throw new Refusal('CONFLICT', said('refusals.databaseUnsaid'));
    if (log !== undefined && isReadAlong(url))
      log`Whoever listens on the way to the database may read along: add sslmode=verify-full to its address (PRINTFLOOR_DATABASE_URL), or let nobody else onto that network.`;
    return await openPostgres({ connect: connectTo(url), ports, ...options });
  }
  return await openSqlite({ ports, ...options });
}
