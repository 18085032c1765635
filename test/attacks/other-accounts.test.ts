/** Other accounts of the same computer: what they can read of what the hub keeps, and how they could choose who is let in. */
import { execFile } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  closeSync,
  fstatSync,
  lchownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { prepareDataFolder } from '../../electron/data-folder.ts';
import { closeDataFolder } from '../../electron/hub/close-data-folder.ts';
import { type RunningHub, startHub } from '../../electron/hub/hub.ts';
import { lineOf } from '../../electron/hub/log.ts';
import { openStore } from '../../electron/hub/store/open.ts';
import { lockData } from '../../electron/hub/store/sqlite/lock.ts';
import { hashToken, makeToken } from '../../electron/hub/tokens.ts';
import type { SecurityEntry } from '../../shared/security.ts';
import { startTestHub } from '../hub-client.ts';

const run = promisify(execFile);
const isRoot = process.geteuid?.() === 0;
/** Without another account there is nobody to attack: needs root, to become one. */
const asRoot = test.skipIf(!isRoot);
const nobody = 65_534;
/** The loosest there is: whatever is made is everybody's, unless whoever makes it says otherwise. */
const underUmask = (umask: string): string[] => ['sh', '-c', `umask ${umask}; exec "$@"`, 'sh'];

let root: string;
let data: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'printfloor-accounts-'));
  // Other accounts may come this far.
  chmodSync(root, 0o755);
  data = join(root, 'data');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const modeOf = (name: string): string => (statSync(join(data, name)).mode & 0o777).toString(8);
const others = async (command: string): Promise<string> =>
  (await run('sh', ['-c', `(${command}) 2>&1 || true`], { uid: nobody, gid: nobody })).stdout;

async function expectClosed(): Promise<void> {
  for (const name of ['archive', 'rejected', 'work']) expect([name, modeOf(name)]).toEqual([name, '700']);
  const files = readdirSync(data).filter((name) => lstatSync(join(data, name)).isFile());
  expect(files).toEqual(expect.arrayContaining(['.lock', 'admin-token', 'hub-id', 'printfloor.sqlite', 'printfloor.sqlite-wal']));
  for (const name of files) expect([name, modeOf(name)]).toEqual([name, '600']);
  expect(modeOf('')).toBe('711');
}

asRoot('with umask 000 nobody else reads what the hub keeps, or lists it; senders and printers come to their folders', async () => {
  const hub = await startTestHub({ data, under: underUmask('000') });
  try {
    await expectClosed();
    expect(await others(`ls ${data}; cat ${data}/printfloor.sqlite ${data}/admin-token; ls ${data}/archive`)).toMatch(
      /^(.*Permission denied\n){4}$/,
    );
    expect(await others(`echo x > ${data}/incoming/order.txt && ls ${data}/hotfolders && echo came`)).toBe('press-1\ncame\n');
    expect(modeOf('hotfolders/.printfloor-staging')).toBe('700');
    expect(hub.output()).toMatch(/Printfloor runs as root/);
    await hub.stop();
  } finally {
    await hub.clean();
  }
});

test('a data folder that an earlier version left open is closed at the start, and opens as ever', async () => {
  const before = process.umask(0);
  try {
    mkdirSync(data);
    for (const name of ['archive', 'rejected', 'work']) mkdirSync(join(data, name));
    const token = makeToken();
    writeFileSync(join(data, 'admin-token'), `${token}\n`, { mode: 0o600 });
    for (const name of ['hub-id', 'printfloor.sqlite', '.lock', 'printfloor.log', 'printfloor.log.before'])
      writeFileSync(join(data, name), name === 'hub-id' ? makeToken() : '');
    expect([modeOf(''), modeOf('archive'), modeOf('printfloor.sqlite')]).toEqual(['777', '777', '666']);
    const hub = await startHub({ dataPath: data, port: 0 });
    try {
      await expectClosed();
      expect(hub.token).toBe(token);
      expect((await fetch(`${hub.url}/api/health`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
    } finally {
      await hub.stop();
    }
  } finally {
    process.umask(before);
  }
});

test('a log that leads to a file elsewhere takes no right away there, and stops no start', async () => {
  mkdirSync(data);
  const elsewhere = join(data, '..', 'read by others');
  writeFileSync(elsewhere, 'whole');
  chmodSync(elsewhere, 0o644);
  symlinkSync(elsewhere, join(data, 'printfloor.log'));
  linkSync(elsewhere, join(data, 'printfloor.log.before'));
  const hub = await startHub({ dataPath: data, port: 0 });
  await hub.stop();
  expect([(statSync(elsewhere).mode & 0o777).toString(8), readFileSync(elsewhere, 'utf8')]).toEqual(['644', 'whole']);
});

asRoot('a token file that another account made is refused, in words, by the program that starts', async () => {
  mkdirSync(data);
  chmodSync(data, 0o777);
  await others(`printf '${makeToken()}\\n' > ${data}/admin-token`);
  expect(statSync(join(data, 'admin-token')).uid).toBe(nobody);
  await expect(startTestHub({ data })).rejects.toThrow(/admin-token belongs to another account \(user id 65534\).*Delete it/);
});

/** A data folder as an earlier version may have left it, with a key of each role in its record. */
async function openDataFolder(): Promise<{ readonly admin: string; readonly station: string }> {
  const [admin, station] = [makeToken(), makeToken()];
  mkdirSync(data);
  const store = await openStore({ path: join(data, 'printfloor.sqlite') });
  await store.write((tx) => tx.addStation('MIS', 'admin', hashToken(admin), Date.now()));
  await store.write((tx) => tx.addStation('Press 1', 'station', hashToken(station), Date.now()));
  await store.close();
  chmodSync(data, 0o777);
  for (const name of readdirSync(data)) chmodSync(join(data, name), 0o666);
  return { admin, station };
}

const told = async ({ url, token }: RunningHub) => {
  const answer = await fetch(`${url}/api/security`, { headers: { authorization: `Bearer ${token}` } });
  const { items } = (await answer.json()) as { items: SecurityEntry[] };
  return items.map(({ kind, about }) => `${kind}: ${about}`);
};

test('a record that others could write opens, with no key to everything that they may have put there, and not in the file they may still hold', async () => {
  const { admin, station } = await openDataFolder();
  const held = openSync(join(data, 'printfloor.sqlite'), 'r+');
  const said: string[] = [];
  // A start that comes to nothing forgets none of it.
  const unlock = lockData(data);
  await expect(startHub({ dataPath: data, port: 0 })).rejects.toThrow(/Another Printfloor/);
  unlock();
  const hub = await startHub({ dataPath: data, port: 0, log: (line) => said.push(line) });
  try {
    await expectClosed();
    const asked = (token: string) => fetch(`${hub.url}/api/jobs`, { headers: { authorization: `Bearer ${token}` } });
    expect([(await asked(admin)).status, (await asked(station)).status]).toEqual([401, 200]);
    expect(await told(hub)).toEqual(expect.arrayContaining([`dataWasOpen: ${data}`, 'tokenRevoked: MIS', 'tokenMade: admin-token']));
    expect(said.filter((line) => line.includes('could write in'))).toEqual([expect.stringContaining('(MIS)')]);
    expect(fstatSync(held).ino).not.toBe(statSync(join(data, 'printfloor.sqlite')).ino);
  } finally {
    closeSync(held);
    await hub.stop();
  }
  const again = await startHub({ dataPath: data, port: 0 });
  expect((await told(again)).filter((line) => line.startsWith('dataWasOpen'))).toHaveLength(1);
  await again.stop();
});

asRoot.each(['printfloor.sqlite', 'printfloor.sqlite-wal', '.lock', 'hub-id', 'archive', 'rejected', 'work'])(
  'in an open data folder another account puts its own %s in the place of ours: refused, in words',
  async (name) => {
    const first = await startHub({ dataPath: data, port: 0 });
    await first.stop();
    chmodSync(data, 0o777);
    rmSync(join(data, name), { recursive: true, force: true });
    await others(`cd ${data}; case ${name} in *[a-z]-id|.lock|printfloor*) echo x > ${name};; *) mkdir ${name};; esac`);
    expect(statSync(join(data, name)).uid).toBe(nobody);
    const start = startHub({ dataPath: data, port: 0 });
    await expect(start).rejects.toThrow(`${join(data, name)} belongs to another account (user id ${nobody})`);
    await expect(start).rejects.toMatchObject({ whatToDo: expect.stringContaining('chown 0 ') });
    // It is no other the next time, though the folder is closed by now.
    await expect(startHub({ dataPath: data, port: 0 })).rejects.toThrow(/belongs to another account/);
  },
);

test('folders on the way to a data folder are nobody else’s, whatever the umask', () => {
  const before = process.umask(0);
  try {
    prepareDataFolder(join(root, 'a', 'b', 'data'));
  } finally {
    process.umask(before);
  }
  expect(['a', 'a/b'].map((name) => (statSync(join(root, name)).mode & 0o777).toString(8))).toEqual(['755', '755']);
});

describe('what could have been chosen by others is refused', () => {
  const said: string[] = [];
  const close = (): void => {
    said.length = 0;
    closeDataFolder(
      data,
      { own: [join(data, 'archive')], shared: [join(data, 'incoming')], files: [join(data, 'printfloor.sqlite')] },
      (words, ...values) => said.push(lineOf(words, ...values)),
    );
  };
  const token = (): string => join(data, 'admin-token');
  beforeEach(() => {
    mkdirSync(data, { mode: 0o700 });
    writeFileSync(token(), `${makeToken()}\n`, { mode: 0o600 });
  });

  test('nothing, where all is as we make it', () => {
    close();
    expect(said.filter((line) => !line.includes('runs as root'))).toEqual([]);
    // What somebody closed on purpose stays closed.
    expect([modeOf(''), modeOf('archive'), modeOf('printfloor.sqlite')]).toEqual(['700', '700', '600']);
  });

  test('a token that is a link', () => {
    unlinkSync(token());
    writeFileSync(join(root, 'elsewhere'), `${makeToken()}\n`, { mode: 0o600 });
    symlinkSync(join(root, 'elsewhere'), token());
    expect(close).toThrow(/is a link/);
  });

  test('a token with another name elsewhere; but not the draft that a crash left beside it', () => {
    linkSync(token(), join(data, 'admin-token.0123456789ab'));
    expect(close).not.toThrow();
    linkSync(token(), join(root, 'elsewhere'));
    expect(close).toThrow(/has another name elsewhere/);
  });

  test('a token that others may write', () => {
    chmodSync(token(), 0o620);
    expect(close).toThrow(/may write .*admin-token/);
  });

  test('a token that is not closed in a folder that others could write', () => {
    chmodSync(token(), 0o644);
    chmodSync(data, 0o775);
    expect(close).toThrow(/is not closed as Printfloor closes it/);
    // Nothing was put right: the next start refuses it as well.
    expect(modeOf('')).toBe('775');
    expect(close).toThrow(/is not closed/);
  });

  test('a record with another name elsewhere; but not with a draft beside it that a crash left', () => {
    const record = join(data, 'printfloor.sqlite');
    writeFileSync(record, '');
    linkSync(record, join(data, 'printfloor.sqlite-anew'));
    expect(close).not.toThrow();
    linkSync(record, join(root, 'elsewhere'));
    expect(close).toThrow(/printfloor\.sqlite has another name elsewhere/);
  });

  test('a link of ours is followed, as where the archive lies on another disk', () => {
    mkdirSync(join(root, 'big'));
    symlinkSync(join(root, 'big'), join(data, 'archive'));
    expect(close).not.toThrow();
    expect((statSync(join(root, 'big')).mode & 0o777).toString(8)).toBe('700');
  });

  asRoot('a link of another account in the place of the incoming folder', () => {
    symlinkSync(root, join(data, 'incoming'));
    lchownSync(join(data, 'incoming'), nobody, nobody);
    expect(close).toThrow(/is a link that another account made/);
  });

  test('a data folder below one in which every account may write; but not below one like /tmp', () => {
    chmodSync(root, 0o777);
    expect(close).toThrow(/Every account may write in /);
    chmodSync(root, 0o1777);
    expect(close).not.toThrow();
  });

  asRoot('a data folder of another account', () => {
    chownSync(data, nobody, nobody);
    expect(close).toThrow(/belongs to another account \(user id 65534\)/);
  });

  asRoot('a link of another account in the place of the record: what it leads to is left alone', () => {
    const victim = join(root, 'victim');
    writeFileSync(victim, 'x', { mode: 0o644 });
    symlinkSync(victim, join(data, 'printfloor.sqlite'));
    lchownSync(join(data, 'printfloor.sqlite'), nobody, nobody);
    expect(close).toThrow(/is a link that another account made/);
    expect((statSync(victim).mode & 0o777).toString(8)).toBe('644');
    expect(readFileSync(victim, 'utf8')).toBe('x');
  });
});
