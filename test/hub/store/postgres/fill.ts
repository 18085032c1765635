/** A record on a server with the rows of one in a file, as the fill of a big record makes them: every kind of row, and every index. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';
import { realPorts } from '../../../../electron/hub/ports/real.ts';
import { openStore } from '../../../../electron/hub/store/open.ts';
import { connectTo } from '../../../../electron/hub/store/postgres/client.ts';
import { openPostgres } from '../../../../electron/hub/store/postgres/open.ts';
import { hotFolderSettingsSchema } from '../../../../shared/hot-folder.ts';
import { fillRecord } from '../../../bench/big-record/fill.ts';
import { bigTables } from '../../../bench/big-record/rows.ts';

const rowsAtOnce = 1000;
const noon = Date.UTC(2026, 10, 24, 12);

/** `folder`: for the one in a file. What is searched by words is left out: each engine keeps those in its own way. */
export async function fillServer(url: string, folder: string, jobs: number): Promise<void> {
  const path = join(folder, 'record.db');
  const [inFile, there] = [await openStore({ path }), await openPostgres({ connect: connectTo(url), ports: realPorts })];
  for (const store of [inFile, there]) {
    for (const name of ['press-1', 'press-2', 'press-3']) {
      const settings = hotFolderSettingsSchema.parse({ name, path: `/hot/${name}` });
      await store.write((tx) =>
        tx.addHotFolder(settings, { stagingPath: `/hot/.${name}`, markerPath: `/hot/${name}/.marker`, marker: 'm', health: null }),
      );
    }
    await store.close();
  }
  await fillRecord(path, jobs, noon);
  const database = new Database(path, { readonly: true });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("set session_replication_role = 'replica'");
  for (const table of bigTables.filter((name) => name !== 'job_search')) {
    let some: unknown[] = [];
    const write = async (): Promise<void> => {
      await client.query(`insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1) on conflict do nothing`, [
        JSON.stringify(some),
      ]);
      some = [];
    };
    for (const row of database.prepare(`select * from ${table}`).iterate()) if (some.push(row) === rowsAtOnce) await write();
    if (some.length > 0) await write();
  }
  await client.query('analyze');
  await client.end();
  database.close();
}
