import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hashToken, makeToken, readOrMakeAdminToken, sameHash } from '../../electron/hub/tokens.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'printfloor-tokens-'));
});
afterEach(() => rm(folder, { recursive: true }));

const modeOf = async (): Promise<number> => (await stat(path.join(folder, 'admin-token'))).mode & 0o777;

test('the admin token is made once, for its owner alone, and then read', async () => {
  const token = await readOrMakeAdminToken(folder);
  expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(await modeOf()).toBe(0o600);
  expect(await readOrMakeAdminToken(folder)).toBe(token);
  expect(await readFile(path.join(folder, 'admin-token'), 'utf8')).toBe(`${token}\n`);
  expect(await readdir(folder)).toEqual(['admin-token']);
});

test('two that make it at once get the same one', async () => {
  const tokens = await Promise.all(Array.from({ length: 8 }, () => readOrMakeAdminToken(folder)));
  expect(new Set(tokens).size).toBe(1);
  expect(await readdir(folder)).toEqual(['admin-token']);
});

test('a file others could read is closed again; one without a token is refused, not replaced', async () => {
  await readOrMakeAdminToken(folder);
  await chmod(path.join(folder, 'admin-token'), 0o644);
  await readOrMakeAdminToken(folder);
  expect(await modeOf()).toBe(0o600);
  await writeFile(path.join(folder, 'admin-token'), 'changeme\n');
  await expect(readOrMakeAdminToken(folder)).rejects.toThrow(/Delete the file/);
});

test('hashes are compared whole', () => {
  const hash = hashToken(makeToken());
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(sameHash(hash, hash)).toBe(true);
  expect(sameHash(hash, hashToken(makeToken()))).toBe(false);
  expect(sameHash(hash, '')).toBe(false);
});
