/** What is left of the old record when a newer program has changed its shape, and what is told when that cannot be kept. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../electron/hub/store/open.ts';
import { need } from '../faults/machine.ts';
import { makeSmallDisk } from '../faults/share.ts';
import { startTestHub } from '../hub-client.ts';
import { contentOf } from './content.ts';
import { unpackFloor } from './pack.ts';

function unpack(): { readonly data: string; readonly path: string } {
  const root = mkdtempSync(join(tmpdir(), 'printfloor-copy-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  unpackFloor(join(import.meta.dirname, 'at-rest.floor'), root);
  return { data: join(root, 'data'), path: join(root, 'data/printfloor.sqlite') };
}

const copiesIn = (data: string) => readdirSync(data).filter((name) => /\.before.*(sqlite|part)$/.test(name));
const openAndClose = async (path: string) => (await openStore({ path })).close();

describe('the copy of the record that is kept before it is changed', () => {
  it('is the record as it was, for its owner only, made once', async () => {
    const { data, path } = unpack();
    const old = contentOf(path);
    await openAndClose(path);
    expect(copiesIn(data)).toEqual(['printfloor.before-2.sqlite']);
    const copy = join(data, 'printfloor.before-2.sqlite');
    expect(statSync(copy).mode & 0o777).toBe(0o600);
    expect(contentOf(copy)).toBe(old);
    expect(contentOf(path)).not.toBe(old);
    await openAndClose(path);
    expect(copiesIn(data)).toEqual(['printfloor.before-2.sqlite']);
  });

  it('opens in the place of the record, as the way back', async () => {
    const { data, path } = unpack();
    const old = contentOf(path);
    await openAndClose(path);
    const renewed = contentOf(path);
    cpSync(join(data, 'printfloor.before-2.sqlite'), path);
    expect(contentOf(path)).toBe(old);
    await openAndClose(path);
    expect(contentOf(path)).toBe(renewed);
    expect(copiesIn(data)).toEqual(['printfloor.before-2-2.sqlite', 'printfloor.before-2.sqlite']);
  });

  it('is never written over, and the last three are kept', async () => {
    const { data, path } = unpack();
    const names = ['before-1', 'before-2', 'before-2-2', 'before-2-10'].map((end) => join(data, `printfloor.${end}.sqlite`));
    for (const name of names) writeFileSync(name, name);
    writeFileSync(join(data, 'printfloor.before.part'), 'half a copy of an earlier start');
    await openAndClose(path);
    expect(copiesIn(data)).toEqual(['printfloor.before-2-10.sqlite', 'printfloor.before-2-11.sqlite', 'printfloor.before-2-2.sqlite']);
    for (const name of names.slice(2)) expect(readFileSync(name, 'utf8')).toBe(name);
  });

  it('is not made of a new record, nor of one of another make, which is left as it is', async () => {
    const { data, path } = unpack();
    await openAndClose(join(data, 'new.sqlite'));
    const record = new Database(path);
    record.prepare("update migration set checksum = 'x'").run();
    record.close();
    const before = contentOf(path);
    await expect(openStore({ path })).rejects.toThrow('is not the one this Printfloor knows');
    expect(contentOf(path)).toBe(before);
    expect(copiesIn(data)).toEqual([]);
  });

  it('is asked for in words when the disk is full; the old floor stays as it was, and goes on when there is room', async (context) => {
    await need(context, { root: true });
    const disk = await makeSmallDisk(8 * 1024 * 1024);
    onTestFinished(disk.clean);
    unpackFloor(join(import.meta.dirname, 'at-rest.floor'), disk.path);
    const data = join(disk.path, 'data');
    const path = join(data, 'printfloor.sqlite');
    const old = contentOf(path);
    const filler = join(disk.path, 'filler');
    const { bavail, bsize } = statfsSync(disk.path);
    // Room for what SQLite needs to open, not for a second record.
    writeFileSync(filler, Buffer.alloc(bavail * bsize - 200_000));
    await expect(startTestHub({ data })).rejects.toThrow(
      /The disk is full: there is no room for the copy .* Nothing was changed.* Make room, then start again\./,
    );
    expect(contentOf(path)).toBe(old);
    expect(copiesIn(data)).toEqual([]);
    rmSync(filler);
    const hub = await startTestHub({ data });
    onTestFinished(hub.clean);
    expect((await hub.api('GET', '/health')).status).toBe(200);
    expect(contentOf(join(data, 'printfloor.before-2.sqlite'))).toBe(old);
  });
});

describe('the places of yesterday', () => {
  it('are frozen with each delivery, of a removed press too, and what waited for a press goes where it was meant to go', async () => {
    const { path } = unpack();
    const before = new Database(path, { readonly: true });
    const sql =
      'select d.id, h.settings, h.staging_path, h.marker_path, h.marker from delivery d join hot_folder h on h.id = d.hot_folder_id order by d.id';
    type Meant = { id: number; settings: string; staging_path: string; marker_path: string; marker: string };
    const meant = before.prepare<[], Meant>(sql).all();
    before.close();
    await openAndClose(path);
    const after = new Database(path, { readonly: true });
    const found = after
      .prepare(
        'select d.id, p.folder_path, p.location, p.staging_path, p.marker_path, p.marker from delivery d join place p on p.id = d.place_id order by d.id',
      )
      .all();
    after.close();
    expect(found).toEqual(
      meant.map(({ settings, ...rest }) => {
        const { path: folder_path, location } = JSON.parse(settings);
        return { ...rest, folder_path, location };
      }),
    );
  });
});
