/** A throw-away PostgreSQL server in a temporary folder, as an account without rights, of Debian's programs. Its words are sorted as people sort them, as a careless admin would set it up. Nothing is forced to disk: what is killed here is the server, not the machine. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { isRoot, lack, run } from '../../../faults/machine.ts';
import { freePort } from '../../../hub-client.ts';
import { until } from '../../../until.ts';

const home = '/usr/lib/postgresql';

/** Folder of the newest programs; null: PostgreSQL is not installed here, and cannot be. */
export async function findPrograms(): Promise<string | null> {
  await lack('pg_ctlcluster', 'postgresql');
  const versions = (await readdir(home).catch(() => [])).map(Number).filter(Number.isFinite);
  return versions.length === 0 ? null : join(home, String(Math.max(...versions)), 'bin');
}

/** The server refuses to run as root. */
async function plainAccount(): Promise<{ uid: number; gid: number } | null> {
  if (!isRoot()) return null;
  const idOf = async (flag: string): Promise<number> => Number(await run('id', [flag, 'postgres']).catch(() => '65534'));
  return { uid: await idOf('-u'), gid: await idOf('-g') };
}

/** `prepare`: before it is started, in its folder of data, which is then its account's. */
export type ServerOptions = { readonly flags?: readonly string[]; readonly prepare?: (data: string) => Promise<void> };

export type Server = {
  readonly port: number;
  /** Of its own, for what it keeps and is made to keep. */
  readonly folder: string;
  /** Gives something in there to its account. */
  own(path: string): Promise<void>;
  /** Of its database; `schema`: where everything is looked for and made. */
  url(schema?: string): string;
  /** Another program: statements said by nobody of ours. */
  say(sql: string): Promise<readonly Record<string, unknown>[]>;
  /** `how`: SIGINT ends it in order, SIGQUIT as a power cut would. */
  stop(how?: 'SIGINT' | 'SIGQUIT'): Promise<void>;
  start(): Promise<void>;
  remove(): Promise<void>;
};

export async function startServer(programs: string, { flags = [], prepare }: ServerOptions = {}): Promise<Server> {
  const account = await plainAccount();
  const folder = await mkdtemp(join(tmpdir(), 'printfloor-postgres-'));
  if (account !== null) await chown(folder, account.uid, account.gid);
  const data = join(folder, 'data');
  const as = { ...(account !== null && account), cwd: folder, stdio: 'ignore' as const };
  const port = await freePort();
  const made = spawn(
    join(programs, 'initdb'),
    [
      '-D',
      data,
      '-U',
      'printfloor',
      '-A',
      'trust',
      '-E',
      'UTF8',
      '--locale=C.UTF-8',
      '--locale-provider=icu',
      '--icu-locale=en',
      '--no-sync',
    ],
    as,
  );
  const [code] = await once(made, 'exit');
  if (code !== 0) throw new Error(`initdb ended with ${code}`);
  const own = async (path: string): Promise<void> => {
    if (account !== null) await chown(path, account.uid, account.gid);
  };
  await prepare?.(data);
  for (const name of prepare === undefined ? [] : await readdir(data)) await own(join(data, name));
  let running: ChildProcess | null = null;
  const url = (schema?: string): string =>
    `postgres://printfloor@127.0.0.1:${port}/postgres${schema === undefined ? '' : `?options=${encodeURIComponent(`-c search_path=${schema}`)}`}`;
  const server: Server = {
    port,
    folder,
    own,
    url,
    say: async (sql) => {
      const client = new pg.Client({ connectionString: url() });
      client.on('error', () => undefined);
      await client.connect();
      try {
        const answers: unknown = await client.query(sql);
        return (Array.isArray(answers) ? answers.at(-1) : answers).rows;
      } finally {
        await client.end();
      }
    },
    start: async () => {
      running = spawn(
        join(programs, 'postgres'),
        ['-D', data, '-p', String(port), '-k', folder, '-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off', ...flags],
        as,
      );
      await until(() => server.say('select 1'), 'the server answers');
    },
    stop: async (how = 'SIGINT') => {
      const ending = running;
      running = null;
      if (ending === null || ending.exitCode !== null) return;
      ending.kill(how);
      await once(ending, 'exit');
    },
    remove: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}
