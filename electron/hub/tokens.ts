/**
 * The words that open the hub's door. A token is 256 random bits; the hub keeps only its SHA-256, except for the admin's own,
 * which lies in the data folder for the person at this computer. A token is never logged.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { constants } from 'node:fs';
import { link, lstat, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

const tokenForm = /^[A-Za-z0-9_-]{43}$/;

/** Does it look like one of ours? */
export function hasTokenForm(text: string): boolean {
  return tokenForm.test(text);
}

/** 256 random bits in base64url: 43 characters. */
export function makeToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What the hub keeps of a token: its SHA-256 in lower-case hex. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Compares two hashes without telling by the time it takes how much of them is alike. */
export function sameHash(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * The admin token of this data folder, from the file `admin-token` (mode 0600), which is made when it is missing; `beforeMade` is told first, so that none
 * is made without a trace. Throws when the file is there but holds no token: whoever wrote it must look at it.
 */
export async function readOrMakeAdminToken(dataPath: string, beforeMade: () => Promise<void> = async () => undefined): Promise<string> {
  const tokenPath = path.join(dataPath, 'admin-token');
  let token = await readIfThere(tokenPath);
  if (token === null) {
    await beforeMade();
    token = await makeTokenFile(dataPath, tokenPath);
  }
  if (!tokenForm.test(token))
    throw new Error(`${tokenPath} does not hold an admin token. Delete the file, and a new one is made at the next start.`);
  return token;
}

/**
 * The id by which other hubs know this one, from the file `hub-id`, which is made when it is missing. It goes where the data folder goes. No secret.
 * Throws when the file is there but holds no id.
 */
export async function readOrMakeHubId(dataPath: string): Promise<string> {
  const idPath = path.join(dataPath, 'hub-id');
  const id = (await readIfThere(idPath)) ?? (await makeTokenFile(dataPath, idPath));
  if (!tokenForm.test(id))
    throw new Error(`${idPath} does not hold the id of a hub. Put the file back from the last backup, or delete it.`);
  return id;
}

/** Two programs that make it at the same time end up with the same one: the name is given once, and then only read. */
async function makeTokenFile(dataPath: string, tokenPath: string): Promise<string> {
  const draftPath = `${tokenPath}.${randomBytes(6).toString('hex')}`;
  const draft = await open(draftPath, 'wx', 0o600);
  try {
    await draft.writeFile(`${makeToken()}\n`);
    await draft.sync();
  } finally {
    await draft.close();
  }
  try {
    await link(draftPath, tokenPath);
  } catch (error) {
    // exFAT has no links; there the name is given by renaming
    if (!isCode(error, 'EEXIST')) await rename(draftPath, tokenPath);
  }
  await rm(draftPath, { force: true });
  await flushFolder(dataPath);
  return (await readIfThere(tokenPath)) ?? '';
}

const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
/** Longer is no token. */
const mostBytes = 200;

/** What lies there by this very name, closed to others; null when nothing does. @throws Error where it is a link, or no file */
async function readIfThere(filePath: string): Promise<string | null> {
  const named = await lstat(filePath).catch((error: unknown) => {
    if (isCode(error, 'ENOENT')) return null;
    throw error;
  });
  if (named === null) return null;
  const noFile = new Error(
    `${filePath} is ${named.isSymbolicLink() ? 'a link' : 'no file'}. Delete it, and a new one is made at the next start.`,
  );
  if (!named.isFile()) throw noFile;
  const file = await open(filePath, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    if (!(await file.stat()).isFile()) throw noFile;
    await file.chmod(0o600);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(mostBytes), 0, mostBytes, 0);
    return buffer.toString('utf8', 0, bytesRead).trim();
  } finally {
    await file.close();
  }
}

/** Windows cannot flush a folder and needs not. */
async function flushFolder(folderPath: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(folderPath, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
