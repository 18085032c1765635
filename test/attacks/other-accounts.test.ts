/** Other accounts of the same computer: what they can read of what the hub keeps, and how they could choose who is let in. */
import { execFile } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  lchownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
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
import { closeDataFolder } from '../../electron/hub/close-data-folder.ts';
import { startHub } from '../../electron/hub/hub.ts';
import { lineOf } from '../../electron/hub/log.ts';
import { makeToken } from '../../electron/hub/tokens.ts';
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
    for (const name of ['hub-id', 'printfloor.sqlite', '.lock']) writeFileSync(join(data, name), name === 'hub-id' ? makeToken() : '');
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

asRoot('a token file that another account made is refused, in words, by the program that starts', async () => {
  mkdirSync(data);
  chmodSync(data, 0o777);
  await others(`printf '${makeToken()}\\n' > ${data}/admin-token`);
  expect(statSync(join(data, 'admin-token')).uid).toBe(nobody);
  await expect(startTestHub({ data })).rejects.toThrow(/admin-token belongs to another account \(user id 65534\).*Delete it/);
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
