import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../../../electron/hub/store/open.ts';
import { migrate } from '../../../../electron/hub/store/sqlite/migrate.ts';
import { addJob, makeFolder, noon, openFresh } from '../fresh-store.ts';

const first = { number: 1, name: 'first', statements: ['create table press (name text)'] };
const second = { number: 2, name: 'second', statements: ['alter table press add column speed integer'] };

async function makeDatabase(): Promise<Database.Database> {
  return new Database(join(await makeFolder(), 'some.db'));
}

describe('migrations', () => {
  it('are applied once and in order, and again nothing happens', async () => {
    const database = await makeDatabase();
    migrate(database, noon, [first]);
    migrate(database, noon, [first, second]);
    migrate(database, noon, [first, second]);
    expect(database.prepare('select number, name from migration').all()).toEqual([
      { number: 1, name: 'first' },
      { number: 2, name: 'second' },
    ]);
    database.close();
  });

  it('refuse a database of a newer program', async () => {
    const database = await makeDatabase();
    migrate(database, noon, [first, second]);
    expect(() => migrate(database, noon, [first])).toThrow('newer Printfloor');
    database.close();
  });

  it('refuse a change that is not the one applied', async () => {
    const database = await makeDatabase();
    migrate(database, noon, [first]);
    expect(() => migrate(database, noon, [{ ...first, statements: ['create table press (name text, place text)'] }, second])).toThrow(
      'not the one',
    );
    expect(() => migrate(database, noon, [second])).toThrow('not the one');
    expect(database.prepare('select count(*) as n from migration').get()).toEqual({ n: 1 });
    database.close();
  });

  it('happen whole or not at all', async () => {
    const database = await makeDatabase();
    expect(() => migrate(database, noon, [first, { ...second, statements: [...second.statements, 'create nonsense'] }])).toThrow(
      'nonsense',
    );
    expect(database.prepare("select name from sqlite_master where type = 'table'").all()).toEqual([]);
    database.close();
  });
});

describe('a database that cannot be used', () => {
  it('is told of and left as it is when somebody altered it', async () => {
    const folder = await makeFolder();
    const path = join(folder, 'record.db');
    await (await openFresh(folder)).close();
    const database = new Database(path);
    database.exec("update migration set checksum = 'x'");
    database.close();
    await expect(openStore({ path })).rejects.toThrow('is not the one this Printfloor knows');
  });

  it('is told of and left as it is when it is no database', async () => {
    const path = join(await makeFolder(), 'record.db');
    await writeFile(path, 'a shopping list '.repeat(1000));
    await expect(openStore({ path })).rejects.toThrow('is damaged and was left as it is');
    expect((await readFile(path, 'utf8')).startsWith('a shopping list')).toBe(true);
  });

  it('is told of when pages are missing', async () => {
    const folder = await makeFolder();
    const path = join(folder, 'record.db');
    const store = await openFresh(folder);
    for (let order = 0; order < 50; order += 1) await addJob(store, `${order}`, '1', { title: 'x'.repeat(2000) });
    await store.close();
    await truncate(path, 40_960);
    await expect(openStore({ path })).rejects.toThrow('is damaged');
  });
});
