/** What befalls a server of databases, told as a state of the hub or as a sentence before it starts, with nothing lost: each on a real one. */
import { appendFile, chmod, mkdir, open as openFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { makeLog } from '../../../../electron/hub/log.ts';
import { realPorts } from '../../../../electron/hub/ports/real.ts';
import { openStore } from '../../../../electron/hub/store/open.ts';
import { connectTo } from '../../../../electron/hub/store/postgres/client.ts';
import { openPostgres } from '../../../../electron/hub/store/postgres/open.ts';
import { whileAsked } from '../../../../electron/hub/store/record-trouble.ts';
import type { Store } from '../../../../electron/hub/store/store.ts';
import { isRoot, run } from '../../../faults/machine.ts';
import { until } from '../../../until.ts';
import { addJob, addOrdered } from '../fresh-store.ts';
import { findPrograms, type Server, startServer } from './server.ts';

const programs = await findPrograms();

/** One that signs itself, for this name. */
async function certify(folder: string, name: string): Promise<void> {
  const [key, certificate] = [join(folder, `${name}.key`), join(folder, `${name}.crt`)];
  const about = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`];
  await run('openssl', ['req', '-new', '-x509', '-days', '2', '-nodes', ...about, '-out', certificate, '-keyout', key]);
  await chmod(key, 0o600);
}

/** Speaks TLS as `localhost`, and asks the account `locked` for a password. */
const server: Server | null =
  programs === null
    ? null
    : await startServer(programs, {
        flags: ['-c', 'ssl=on', '-c', 'ssl_cert_file=localhost.crt', '-c', 'ssl_key_file=localhost.key'],
        prepare: async (data) => {
          await certify(data, 'localhost');
          const rules = await readFile(join(data, 'pg_hba.conf'), 'utf8');
          await writeFile(join(data, 'pg_hba.conf'), `host all locked 127.0.0.1/32 scram-sha-256\n${rules}`);
        },
      });
afterAll(() => server?.remove());

function real(): Server {
  if (server === null) throw new Error('PostgreSQL is not installed (/usr/lib/postgresql)');
  return server;
}

let schemas = 0;
async function makeSchema(): Promise<string> {
  const schema = `disaster_${++schemas}`;
  await real().say(`create schema ${schema}`);
  return schema;
}

type Opened = { readonly store: Store; readonly told: (string | null)[] };
async function open(url: string): Promise<Opened> {
  const told: (string | null)[] = [];
  const store = await openPostgres({
    connect: connectTo(url),
    ports: realPorts,
    onTrouble: (trouble) => void told.push(trouble?.code ?? null),
  });
  onTestFinished(() => store.close());
  return { store, told };
}

const withOptions = (schema: string, more: string): string =>
  `${real().url()}?options=${encodeURIComponent(`-c search_path=${schema} ${more}`)}`;

it('is not shown where PostgreSQL is not installed', (context) => {
  if (server === null && process.env['CI'] !== undefined) real();
  if (server === null) context.skip('PostgreSQL is not installed (/usr/lib/postgresql): none of its disasters was played');
});

describe.skipIf(server === null)('while the hub works', () => {
  it.skipIf(!isRoot())('its disk is full: told, refused in words, and all that was to be recorded is, once there is room', async () => {
    const small = join(real().folder, 'small');
    await mkdir(small);
    await run('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', small]);
    await real().own(small);
    await real().say(`create tablespace small location '${small}'`);
    const schema = await makeSchema();
    const { store, told } = await open(withOptions(schema, '-c default_tablespace=small'));
    onTestFinished(async () => {
      await store.close();
      await rm(join(small, 'filler'), { force: true });
      await real().say(`drop schema ${schema} cascade`);
      await real().say('drop tablespace small');
      await run('umount', ['-l', small]);
    });
    await addOrdered(store, 'before');
    const filler = await openFile(join(small, 'filler'), 'w');
    const block = Buffer.alloc(64 * 1024, 1);
    let isFull = false;
    while (!isFull)
      isFull = await filler.write(block).then(
        ({ bytesWritten }) => bytesWritten < block.length,
        () => true,
      );
    await filler.close();
    // Pages that are there have room for some of them.
    const own = Array.from({ length: 300 }, (_, at) => addJob(store, `own-${at}`, '1'));
    await until(() => store.trouble()?.code === 'RecordFull', 'it is told');
    await expect(whileAsked(() => addJob(store, 'asked'))).rejects.toMatchObject({
      code: 'NOT_RECORDED',
      message: expect.stringContaining('full'),
    });
    expect((await store.read.jobs({ limit: 10 })).items.length).toBeGreaterThan(0);
    await rm(join(small, 'filler'));
    await Promise.all(own);
    await until(() => store.trouble() === null, 'it is over');
    expect(told).toEqual(['RecordFull', null]);
    const orders = (await store.read.jobs({ limit: 500 })).items.map(({ order }) => order);
    expect(orders.toSorted()).toEqual(['before', ...Array.from({ length: 300 }, (_, at) => `own-${at}`)].toSorted());
  });

  it('a damaged page is met: nothing more is recorded, what can be read is, and the page is left as it is; one that is met at the start is refused', async () => {
    const schema = await makeSchema();
    const { store, told } = await open(real().url(schema));
    const ids = await Promise.all(Array.from({ length: 60 }, (_, at) => addOrdered(store, `${at}`)));
    const damage = async (table: string): Promise<string> => {
      const [{ path }] = (await real().say(`select pg_relation_filepath('${schema}.${table}') as path`)) as [{ path: string }];
      await real().say('checkpoint');
      await real().stop();
      const file = await openFile(join(real().folder, 'data', path), 'r+');
      await file.write(Buffer.alloc(512, 0xa5), 0, 512, 0);
      await file.close();
      await real().start();
      return join(real().folder, 'data', path);
    };
    const page = await damage('event');
    const asDamaged = await readFile(page);
    await expect(store.read.history(ids[0] ?? 0)).rejects.toThrow();
    await until(() => store.trouble()?.code === 'RecordDamaged', 'it is told');
    await expect(whileAsked(() => addJob(store, 'more'))).rejects.toMatchObject({
      code: 'NOT_RECORDED',
      message: expect.stringContaining('damaged'),
    });
    expect(told.at(-1)).toBe('RecordDamaged');
    expect((await store.read.jobs({ limit: 500 })).items).toHaveLength(60);
    expect((await readFile(page)).equals(asDamaged)).toBe(true);
    await store.close();
    await damage('job');
    await expect(openStore({ path: '', url: real().url(schema) })).rejects.toMatchObject({ said: { key: 'refusals.damaged' } });
  });

  it('its password is changed and its session ended: told as away with what the server says, and over with the right one', async () => {
    const schema = await makeSchema();
    await real().say(`create role locked login password 'right'; grant all on schema ${schema} to locked`);
    const url = real().url(schema).replace('printfloor@', 'locked:right@');
    const { store, told } = await open(url);
    await addOrdered(store, '1');
    await real().say("alter role locked password 'other'; select pg_terminate_backend(pid) from pg_stat_activity where usename = 'locked'");
    const own = addOrdered(store, '2');
    await until(() => store.trouble()?.code === 'RecordAway', 'it is told');
    expect(store.trouble()?.raw).toMatch(/28P01/);
    expect(store.trouble()?.raw).not.toContain('right');
    await real().say("alter role locked password 'right'");
    await own;
    expect(told).toEqual(['RecordAway', null]);
    expect((await store.read.counts()).all).toBe(2);
  });
});

describe.skipIf(server === null)('a question that takes long', () => {
  it('is called off on the server when its asker leaves, and others are answered meanwhile', async () => {
    const schema = await makeSchema();
    const { store } = await open(real().url(schema));
    await addOrdered(store, '1');
    await real().say(`alter table ${schema}.security rename to security_kept`);
    await real().say(
      `create view ${schema}.security as select security_kept.* from (select max(x) as most from generate_series(1, 400000000) as n(x)) as slow join ${schema}.security_kept on most > 0`,
    );
    const running = async (): Promise<number> =>
      (await real().say("select 1 from pg_stat_activity where state = 'active' and query like '%security%' and pid <> pg_backend_pid()"))
        .length;
    const leaves = new AbortController();
    const left = expect(store.ask(leaves.signal).security({ limit: 20 })).rejects.toMatchObject({ said: { key: 'refusals.askerLeft' } });
    await until(async () => (await running()) > 0, 'the server works on it');
    expect((await store.ask().jobs({ limit: 5 })).items).toHaveLength(1);
    leaves.abort();
    const begun = performance.now();
    await left;
    await until(async () => (await running()) === 0, 'it was called off');
    expect(performance.now() - begun).toBeLessThan(5000);
    expect((await Promise.all(Array.from({ length: 6 }, () => store.ask().jobs({ limit: 5 })))).flatMap(({ items }) => items)).toHaveLength(
      6,
    );
  });
});

describe.skipIf(server === null)('before the hub works', () => {
  it('the server is not there: told each minute, and the hub begins once it is', async () => {
    const schema = await makeSchema();
    await real().stop();
    const lines: string[] = [];
    const opening = openStore({ path: '', url: real().url(schema), log: makeLog((line) => void lines.push(line)) });
    await until(() => lines.length > 0, 'it is told');
    expect(lines[0]).toMatch(/^RecordAway: "?The server of the database cannot be reached.*ECONNREFUSED/);
    await real().start();
    const store = await opening;
    onTestFinished(() => store.close());
    await addOrdered(store, '1');
    expect(lines).toHaveLength(1);
  });

  it.each([
    ['a wrong password', 'locked_out:wrong@127.0.0.1', 'postgres', '', 'databaseDenied'],
    ['an account it does not know', 'nobody@127.0.0.1', 'postgres', '', 'databaseDenied'],
    ['a database it does not have', 'printfloor@127.0.0.1', 'nowhere', '', 'databaseMissing'],
    ['a certificate that nobody known has signed', 'printfloor@localhost', 'postgres', '?sslmode=verify-full', 'databaseCertificate'],
    [
      'a certificate for another name',
      'printfloor@127.0.0.1',
      'postgres',
      '?sslmode=verify-full&sslrootcert=CERTIFICATE',
      'databaseCertificate',
    ],
  ])('%s is refused at once, with a sentence that tells no password', async (_, who, database, query, key) => {
    await real().say("drop role if exists locked_out; create role locked_out login password 'right'");
    const rules = join(real().folder, 'data', 'pg_hba.conf');
    const before = await readFile(rules, 'utf8');
    await writeFile(rules, `host all locked_out 127.0.0.1/32 scram-sha-256\n${before}`);
    await real().say('select pg_reload_conf()');
    const certificate = encodeURIComponent(join(real().folder, 'data', 'localhost.crt'));
    const url = `postgres://${who}:${real().port}/${database}${query.replace('CERTIFICATE', certificate)}`;
    const refused: unknown = await openStore({ path: '', url }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'CONFLICT', said: { key: `refusals.${key}` } });
    expect(String(refused)).not.toContain('wrong@');
  });

  it('the way is encrypted and its end is who it says, where the address asks for it', async () => {
    const certificate = encodeURIComponent(join(real().folder, 'data', 'localhost.crt'));
    const session = await connectTo(
      `postgres://printfloor@localhost:${real().port}/postgres?sslmode=verify-full&sslrootcert=${certificate}`,
    )();
    onTestFinished(() => session.end());
    const { rows } = await session.ask('select ssl::text as ssl from pg_stat_ssl where pid = pg_backend_pid()', []);
    expect(rows).toEqual([{ ssl: 'true' }]);
  });

  it('a server that encrypts nothing is refused where the address asks for it, and one elsewhere whose address says nothing', async () => {
    if (programs === null) return;
    const plain = await startServer(programs);
    onTestFinished(() => plain.remove());
    await expect(openStore({ path: '', url: `${plain.url()}?sslmode=require` })).rejects.toMatchObject({
      said: { key: 'refusals.databaseInClear' },
    });
    await expect(openStore({ path: '', url: 'postgres://shop:secret@db.shop.test/printfloor' })).rejects.toMatchObject({
      said: { key: 'refusals.databaseUnsaid' },
    });
  });

  it('a record that was opened before at an address that says nothing opens in this version too, and the log says who may read along', async () => {
    if (programs === null) return;
    const elsewhere = await startServer(programs, {
      flags: ['-c', 'listen_addresses=127.0.0.1,127.0.0.2'],
      prepare: async (data) => await appendFile(join(data, 'pg_hba.conf'), 'host all all 127.0.0.2/32 trust\n'),
    });
    onTestFinished(() => elsewhere.remove());
    const url = `postgres://printfloor@127.0.0.2:${elsewhere.port}/postgres`;
    const lines: string[] = [];
    const log = makeLog((line) => lines.push(line));
    await expect(openStore({ path: '', url, log })).rejects.toMatchObject({ said: { key: 'refusals.databaseUnsaid' } });
    const store = await openStore({ path: '', url, log, isFirst: false });
    await store.close();
    expect(lines.join()).toContain('may read along');
  });

  it('a database that keeps text in another encoding is refused, and nothing is made there', async () => {
    await real().say('drop database if exists latin');
    await real().say("create database latin template template0 encoding 'LATIN1' locale_provider libc lc_collate 'C' lc_ctype 'C'");
    const url = real().url().replace('/postgres', '/latin');
    await expect(openStore({ path: '', url })).rejects.toMatchObject({
      said: { key: 'refusals.databaseEncoding', values: { encoding: 'LATIN1' } },
    });
    const session = await connectTo(url)();
    onTestFinished(() => session.end());
    expect((await session.ask("select 1 from pg_tables where schemaname = 'public'", [])).rows).toEqual([]);
  });

  it('every text is sorted by its bytes, however the server sorts its own', async () => {
    const schema = await makeSchema();
    await open(real().url(schema));
    const others = await real().say(
      `select table_name, column_name, collation_name from information_schema.columns where table_schema = '${schema}' and data_type = 'text' and collation_name is distinct from 'C'`,
    );
    expect(others.filter(({ table_name: table }) => table !== 'migration')).toEqual([]);
  });
});
